package learn

// Panel is several Packed that are asked about the same bags. The weights of a
// word stand side by side, so that a word costs one look at the memory however
// many are asked.
type Panel struct {
	each    []Packed
	weights []int8 // of word k and model i at k*len(each)+i
}

// NewPanel puts models of one size together.
func NewPanel(each []Packed) *Panel {
	size := 0
	for i := range each {
		size = max(size, len(each[i].Weights))
	}
	p := &Panel{each: each, weights: make([]int8, size*len(each))}
	for i := range each {
		for k, w := range each[i].Weights {
			p.weights[k*len(each)+i] = w
		}
	}
	return p
}

// Scores gives the log odds of a bag, of each model what its own Score gives.
func (p *Panel) Scores(b Bag) []float64 {
	sums := make([]int32, len(p.each))
	for _, k := range b {
		at := int(k) * len(sums)
		row := p.weights[at : at+len(sums)]
		for i, w := range row {
			sums[i] += int32(w)
		}
	}
	out := make([]float64, len(sums))
	for i, sum := range sums {
		out[i] = p.each[i].odds(sum, len(b))
	}
	return out
}
