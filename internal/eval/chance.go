package eval

import (
	"cmp"
	"slices"

	"github.com/bienvu/bienvu/internal/learn"
)

const draws = 1000

// Chance gives the 95 % interval of the AUC of a slice by drawing families, not
// messages, with replacement (a cluster bootstrap): the messages of one campaign
// are no independent witnesses.
func Chance(all []Told, s Slice) (low, high float64) {
	points, families := sorted(all, s)
	if families == 0 {
		return 0, 1
	}
	r, times := learn.Random(1), make([]int, families)
	var seen []float64
	for range draws {
		clear(times)
		for range families {
			times[r.Below(families)]++
		}
		if auc, ok := drawn(points, times); ok {
			seen = append(seen, auc)
		}
	}
	if len(seen) == 0 {
		return 0, 1
	}
	slices.Sort(seen)
	return seen[len(seen)*25/1000], seen[len(seen)*975/1000]
}

// point is a message in the order of scores.
type point struct {
	score  float64
	bad    bool
	family int
}

func sorted(all []Told, s Slice) (points []point, families int) {
	of := map[string]int{}
	for i := range all {
		t := &all[i]
		bad := s.Bad(&t.Sample)
		if !bad && !s.Good(&t.Sample) {
			continue
		}
		k, ok := of[t.Family]
		if !ok {
			k = len(of)
			of[t.Family] = k
		}
		points = append(points, point{t.Score, bad, k})
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(a.score, b.score) })
	return points, len(of)
}

// drawn is the AUC when each family counts so many times; not ok without
// messages of both kinds.
func drawn(points []point, times []int) (auc float64, ok bool) {
	yes, no, sum := 0, 0, 0.0
	for i := 0; i < len(points); {
		j, y, n := i, 0, 0
		for ; j < len(points) && points[j].score == points[i].score; j++ {
			if points[j].bad {
				y += times[points[j].family]
			} else {
				n += times[points[j].family]
			}
		}
		sum += float64(y) * (float64(no) + float64(n)/2)
		yes, no, i = yes+y, no+n, j
	}
	return sum / float64(max(yes, 1)) / float64(max(no, 1)), yes > 0 && no > 0
}
