package learn_test

import (
	"math"
	"testing"

	"github.com/bienvu/bienvu/internal/learn"
)

// one makes examples that share a feature, each with odds of its own.
func one(n int, index uint32, yes bool, offset float64) []learn.Explained {
	var out []learn.Explained
	for range n {
		out = append(out, learn.Explained{Features: []learn.Feature{{Index: index, Value: 1}}, True: yes, Offset: offset, Weight: 1})
	}
	return out
}

// At the optimum the weight times the ridge is the sum of the pulls; for one
// feature that can be worked out by hand.
func TestCorrectionFindsTheOptimum(t *testing.T) {
	t.Parallel()
	const n, offset, ridge = 10, 3.0, 2.0
	w := float64(learn.TrainCorrection(one(n, 7, false, offset), ridge, 50, 1)[7])
	if got := ridge * w; math.Abs(got+n*learn.Sigmoid(w+offset)) > 1e-3 || w >= 0 {
		t.Errorf("weight %f is not where the pulls balance (%f)", w, got)
	}
}

// What the scores explain already is not learned again, few examples move
// little, and what nobody saw stays as it was.
func TestCorrectionLearnsOnlyTheResidual(t *testing.T) {
	t.Parallel()
	c := learn.TrainCorrection(append(one(50, 1, true, 6), append(one(1, 2, true, -2), one(50, 3, true, -2)...)...), 2, 50, 1)
	if c[1] > 0.15 {
		t.Errorf("what was known moved by %f", c[1])
	}
	if c[2] > 0.6 || c[3] < 2 {
		t.Errorf("one example moved %f, fifty %f", c[2], c[3])
	}
	if got := c.Score([]learn.Feature{{Index: 9, Value: 1}}); got != 0 {
		t.Errorf("an unknown feature weighs %f", got)
	}
}

func TestLogLoss(t *testing.T) {
	t.Parallel()
	for odds, want := range map[float64]float64{0: math.Ln2, 100: 100, -100: 0, 2: math.Log1p(math.Exp(2))} {
		if got := learn.LogLoss(odds, false); math.Abs(got-want) > 1e-9 {
			t.Errorf("of %f: %f, want %f", odds, got, want)
		}
	}
}
