package learn_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/learn"
)

// Asked together, models answer what each answers alone, however many they are
// and however long the text is.
func TestAPanelAnswersWhatEachAnswers(t *testing.T) {
	t.Parallel()
	random := learn.Random(7)
	var bags []learn.Bag
	for _, n := range []int{0, 1, 256, 257, 258, 1000} {
		bag := make(learn.Bag, n)
		for i := range bag {
			bag[i] = uint32(i)
		}
		bags = append(bags, bag)
	}
	for _, models := range []int{1, 7, 8, 9, 17} {
		each := make([]learn.Packed, models)
		for i := range each {
			each[i] = learn.Packed{Bias: float32(i), Step: 0.25, Weights: make([]int8, 1024)}
			for k := range each[i].Weights {
				each[i].Weights[k] = int8(random.Below(256) - 128)
				if i == 0 {
					each[i].Weights[k] = 127 // the largest sums
				}
			}
		}
		panel := learn.NewPanel(each)
		for _, bag := range bags {
			for i, got := range panel.Scores(bag) {
				if want := each[i].Score(bag); got != want {
					t.Errorf("%d words, model %d of %d: %v, want %v", len(bag), i, models, got, want)
				}
			}
		}
	}
}
