package learn

import (
	"math"
	"slices"
)

// Table is the examples of a Forest.
type Table struct {
	Rows   [][]float32
	True   []bool
	Weight []float64
	Rise   []int8 // by feature: 1 when more of it may only raise the score, -1 only lower it, 0 for either
}

// Boosting says how a Forest is trained.
type Boosting struct {
	Trees    int
	Leaves   int     // at most, in one tree
	Rate     float64 // how much of each tree is taken
	Least    float64 // weight (of second derivatives) that a leaf must rest on
	Ridge    float64 // L2 penalty on the values of leaves
	Rows     float64 // share of the rows that each tree sees
	Features float64 // share of the features that each tree sees
	Seed     uint64
}

const bins = 32 // values of a feature are told apart up to this many steps

// booster is a training under way.
type booster struct {
	Boosting
	table   Table
	cuts    [][]float32 // by feature: the values between bins
	binned  [][]uint8   // by feature, by row
	score   []float64
	g, h    []float64 // first and second derivative by row
	random  Random
	columns []int // features that this tree sees
}

// TrainForest fits a forest to a table.
func TrainForest(t Table, how Boosting) *Forest {
	b := &booster{Boosting: how, table: t, random: Random(how.Seed)}
	b.bin()
	f := &Forest{Bias: b.prior()}
	b.score = make([]float64, len(t.Rows))
	for i := range b.score {
		b.score[i] = f.Bias
	}
	b.g, b.h = make([]float64, len(t.Rows)), make([]float64, len(t.Rows))
	for range how.Trees {
		f.Trees = append(f.Trees, b.tree())
	}
	return f
}

func (b *booster) prior() float64 {
	yes, all := 0.0, 0.0
	for i, w := range b.table.Weight {
		all += w
		yes += w * truth(b.table.True[i])
	}
	return Logit(yes/all, 5)
}

// bin sorts the values of each feature into bins.
func (b *booster) bin() {
	if len(b.table.Rows) == 0 {
		return
	}
	d := len(b.table.Rows[0])
	b.cuts, b.binned = make([][]float32, d), make([][]uint8, d)
	values := make([]float32, len(b.table.Rows))
	for k := range d {
		for i, row := range b.table.Rows {
			values[i] = row[k]
		}
		b.cuts[k] = cutsOf(values)
		b.binned[k] = make([]uint8, len(values))
		for i, row := range b.table.Rows {
			n, _ := slices.BinarySearch(b.cuts[k], row[k])
			b.binned[k][i] = uint8(n)
		}
	}
}

// cutsOf chooses cuts between the distinct values, evenly by rank: a row is in
// the bin of the first cut that is not below its value.
func cutsOf(values []float32) []float32 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	distinct := slices.Compact(slices.Clone(sorted))
	if len(distinct) <= bins {
		return middles(distinct)
	}
	var picked []float32
	for i := range bins {
		picked = append(picked, sorted[i*(len(sorted)-1)/(bins-1)])
	}
	picked = slices.Compact(picked)
	if len(picked) < bins/2 { // most rows share one value: spread over the rest
		for i := range bins / 2 {
			picked = append(picked, distinct[i*(len(distinct)-1)/(bins/2-1)])
		}
		slices.Sort(picked)
		picked = slices.Compact(picked)
	}
	return middles(picked)
}

func middles(v []float32) []float32 {
	var out []float32
	for i := 1; i < len(v); i++ {
		out = append(out, (v[i-1]+v[i])/2)
	}
	return out
}

// derive computes the derivatives of the log loss.
func (b *booster) derive() {
	for i, z := range b.score {
		p := Sigmoid(z)
		b.g[i] = b.table.Weight[i] * (p - truth(b.table.True[i]))
		b.h[i] = b.table.Weight[i] * math.Max(p*(1-p), 1e-6)
	}
}
