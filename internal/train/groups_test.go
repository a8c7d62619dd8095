package train

import (
	"fmt"
	"sort"
	"testing"

	"github.com/bienvu/bienvu/internal/learn"
)

func TestGroups(t *testing.T) {
	items := loadAll(t)
	kin := learn.NewKin(len(items))
	for i := range items {
		for _, k := range items[i].Keys {
			kin.Share(i, k)
		}
	}
	campaigns(items, kin)
	m := map[int]map[string]int{}
	n := map[int]int{}
	for i, g := range kin.Groups() {
		if m[g] == nil {
			m[g] = map[string]int{}
		}
		m[g][string(items[i].Label)+" "+items[i].Source]++
		n[g]++
	}
	var gs []int
	for g := range n {
		gs = append(gs, g)
	}
	sort.Slice(gs, func(a, b int) bool { return n[gs[a]] > n[gs[b]] })
	fmt.Println(len(gs), "groups")
	for _, g := range gs[:25] {
		fmt.Println(n[g], m[g])
	}
}
