package learn

// Grove is a Forest laid out to be asked quickly: all its steps in one run of
// memory, the two that follow a question side by side, and on each the change of
// value that Explain credits. It answers exactly as its Forest does.
type Grove struct {
	bias  float64
	start float64 // the bias and what every tree is worth at its root
	roots []int32
	steps []step
}

// step is a Node in sixteen bytes, four of them in a line of the cache.
type step struct {
	feature int32   // -1 for a leaf
	cut     float32 // of a leaf: its value
	above   int32   // where it goes on above the cut, at above+1 up to it
	change  float32 // value less that of the step before
}

// Grove lays a forest out; later changes of the forest do not show in it.
func (f *Forest) Grove() *Grove {
	g := &Grove{bias: f.Bias, start: f.Bias}
	for _, t := range f.Trees {
		g.start += float64(t[0].Value)
		at := g.room(1)
		g.roots = append(g.roots, at)
		g.plant(t, 0, at)
	}
	return g
}

// room makes room for n steps and tells where.
func (g *Grove) room(n int) int32 {
	at := len(g.steps)
	g.steps = append(g.steps, make([]step, n)...)
	return int32(at)
}

// plant lays out a node and what is below it.
func (g *Grove) plant(t Tree, node, at int32) {
	n := &t[node]
	s := step{feature: n.Feature, cut: n.Cut, change: g.steps[at].change}
	if n.Feature < 0 {
		s.cut = n.Value
		g.steps[at] = s
		return
	}
	s.above = g.room(2)
	g.steps[at] = s
	g.steps[s.above].change = t[n.Right].Value - n.Value
	g.steps[s.above+1].change = t[n.Left].Value - n.Value
	g.plant(t, n.Right, s.above)
	g.plant(t, n.Left, s.above+1)
}

// Score gives the log odds of a row, as Forest.Score does.
func (g *Grove) Score(row []float32) float64 {
	z := g.bias
	for _, at := range g.roots {
		s := &g.steps[at]
		for s.feature >= 0 {
			s = &g.steps[s.next(row)]
		}
		z += float64(s.cut)
	}
	return z
}

func (s *step) next(row []float32) int32 {
	// added rather than jumped: which way it goes is hard to guess
	up := int32(0)
	if row[s.feature] <= s.cut {
		up = 1
	}
	return s.above + up
}

// Explain says how much each feature moved the score, as Forest.Explain does.
func (g *Grove) Explain(row []float32, shares []float64) (rest float64) {
	for _, at := range g.roots {
		s := &g.steps[at]
		for s.feature >= 0 {
			to := &g.steps[s.next(row)]
			shares[s.feature] += float64(to.change)
			s = to
		}
	}
	return g.start
}
