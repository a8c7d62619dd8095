package learn

import (
	"cmp"
	"slices"
)

// Kin gathers relatives: examples that share a key, directly or through others,
// end in one group (union and find, Tarjan, 1975).
type Kin struct {
	parent []int
	byKey  map[string]int
}

// NewKin has n examples, each alone.
func NewKin(n int) *Kin {
	k := &Kin{parent: make([]int, n), byKey: map[string]int{}}
	for i := range k.parent {
		k.parent[i] = i
	}
	return k
}

// Share says that example i has a key; an empty key is none.
func (k *Kin) Share(i int, key string) {
	if key == "" {
		return
	}
	if j, ok := k.byKey[key]; ok {
		k.Join(i, j)
		return
	}
	k.byKey[key] = i
}

// Join says that two examples are relatives.
func (k *Kin) Join(i, j int) {
	a, b := k.root(i), k.root(j)
	k.parent[max(a, b)] = min(a, b)
}

func (k *Kin) root(i int) int {
	for k.parent[i] != i {
		k.parent[i] = k.parent[k.parent[i]]
		i = k.parent[i]
	}
	return i
}

// Groups gives each example's group, as the index of its first member.
func (k *Kin) Groups() []int {
	out := make([]int, len(k.parent))
	for i := range out {
		out[i] = k.root(i)
	}
	return out
}

// Folds gives each example a fold, 0 to n-1. Groups are never divided; the
// largest are placed first, each where its kind (a class and source, say) is
// rarest so far.
func Folds(groups []int, kind []string, n int) []int {
	members := map[int][]int{}
	for i, g := range groups {
		members[g] = append(members[g], i)
	}
	order := make([]int, 0, len(members))
	for g := range members {
		order = append(order, g)
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(members[b]), len(members[a])), cmp.Compare(a, b))
	})
	out, load := make([]int, len(groups)), make([]map[string]int, n)
	for f := range load {
		load[f] = map[string]int{}
	}
	for _, g := range order {
		best := 0
		for f := range load {
			if cmp.Or(cmp.Compare(load[f][kind[g]], load[best][kind[g]]), cmp.Compare(load[f][""], load[best][""])) < 0 {
				best = f
			}
		}
		for _, i := range members[g] {
			out[i] = best
			load[best][kind[i]]++
			load[best][""]++
		}
	}
	return out
}
