package learn

import "math"

// Feature is one number of a sparse example.
type Feature struct {
	Index uint32
	Value float32
}

// Correction is a small logistic regression on top of scores that something
// else gave: it learns only what they leave unexplained. A feature that is not
// in the map weighs nothing. There is no bias: each correction must be tied to
// something that can be seen in the example.
type Correction map[uint32]float32

// Score is what the correction adds to the log odds.
func (c Correction) Score(f []Feature) float64 {
	sum := 0.0
	for _, x := range f {
		sum += float64(c[x.Index]) * float64(x.Value)
	}
	return sum
}

// Explained is one example whose log odds are known already, in part.
type Explained struct {
	Features []Feature
	Offset   float64 // log odds that were given without the correction
	True     bool
	Weight   float64 // 1 for an ordinary example
}

// TrainCorrection fits a correction: the least logistic loss plus half of ridge
// times the squared weights. Each weight is thus believed to be near zero, with
// a variance of 1/ridge, until the examples say otherwise: a few move little.
//
// It is dual coordinate ascent (Yu, Huang and Lin, 2011): each step solves one
// example exactly, so there is no rate to choose, and it ends where every
// example pulls with its weight times the probability of its being wrong.
func TrainCorrection(examples []Explained, ridge float64, passes int, seed uint64) Correction {
	c, pull := Correction{}, make([]float64, len(examples))
	r := Random(seed)
	for range passes {
		for _, i := range r.Shuffled(len(examples)) {
			e := examples[i]
			sign, norm := 2*truth(e.True)-1, 0.0
			for _, x := range e.Features {
				norm += float64(x.Value) * float64(x.Value)
			}
			margin := sign * (c.Score(e.Features) + e.Offset)
			next := balance(pull[i], margin, norm/ridge, e.Weight)
			step := sign * (next - pull[i]) / ridge
			pull[i] = next
			for _, x := range e.Features {
				c[x.Index] += float32(step * float64(x.Value))
			}
		}
	}
	return c
}

// balance finds the pull p for which p = weight·σ(-(margin + (p-before)·give)):
// the left side rises with p and the right side falls, so halving finds it.
func balance(before, margin, give, weight float64) float64 {
	low, high := 0.0, weight
	for range 40 {
		p := (low + high) / 2
		if p < weight*Sigmoid(-(margin+(p-before)*give)) {
			low = p
		} else {
			high = p
		}
	}
	return (low + high) / 2
}

// LogLoss is how much a truth surprises who gave these log odds, in nats.
func LogLoss(odds float64, yes bool) float64 {
	if yes {
		odds = -odds
	}
	if odds > 30 {
		return odds
	}
	return math.Log1p(math.Exp(odds))
}
