package learn_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/learn"
)

// Asked together, models answer what each answers alone.
func TestAPanelAnswersWhatEachAnswers(t *testing.T) {
	t.Parallel()
	each := []learn.Packed{
		{Bias: 0.5, Step: 0.25, Weights: []int8{1, -2, 3, 127}},
		{Bias: -1, Step: 0.5, Weights: []int8{-128, 5, 0, 7}},
		{Bias: 2, Step: 1, Weights: []int8{0, 0, 9, -9}},
	}
	panel := learn.NewPanel(each)
	for _, bag := range []learn.Bag{nil, {0}, {1, 3}, {0, 1, 2, 3}} {
		for i, got := range panel.Scores(bag) {
			if want := each[i].Score(bag); got != want {
				t.Errorf("bag %v, model %d: %v, want %v", bag, i, got, want)
			}
		}
	}
}
