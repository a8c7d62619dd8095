package words

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/learn"
)

// Each feature once, in order, and nothing of the bag before.
func TestBagger(t *testing.T) {
	t.Parallel()
	var b bagger
	for round := range uint32(3) {
		var all []uint32
		for i := range uint32(500) {
			all = append(all, mix(i%400+1000*round))
		}
		b.add(all)
		b.addPairs(all[:10])
		for i := 1; i < 10; i++ {
			all = append(all, pair(all[i-1], all[i]))
		}
		for i := range all {
			all[i] %= Size
		}
		slices.Sort(all)
		if diff := cmp.Diff(learn.Bag(slices.Compact(all)), b.bag()); diff != "" {
			t.Errorf("round %d: %s", round, diff)
		}
	}
}
