package learn_test

import (
	"math"
	"slices"
	"testing"

	"github.com/bienvu/bienvu/internal/learn"
)

// trained is a forest fitted to rows that have something to find in them, and
// those rows.
func trained() (*learn.Forest, [][]float32) {
	r := learn.Random(7)
	var t learn.Table
	for range 400 {
		row := make([]float32, 6)
		for k := range row {
			row[k] = float32(r.Chance())
		}
		t.Rows = append(t.Rows, row)
		t.True = append(t.True, row[0]*row[1] > row[2]/2)
		t.Weight = append(t.Weight, 1)
	}
	return learn.TrainForest(t, learn.Boosting{Trees: 60, Leaves: 8, Rate: 0.1, Least: 1, Ridge: 1, Rows: 0.8, Features: 0.8, Seed: 3}), t.Rows
}

// A grove answers to the last bit as its forest, also to what is no number.
func TestGrove(t *testing.T) {
	t.Parallel()
	f, rows := trained()
	g := f.Grove()
	nan := float32(math.NaN())
	rows = append(rows, []float32{nan, nan, nan, nan, nan, nan}, make([]float32, 6))
	told := map[float64]bool{}
	for _, row := range rows {
		if got, want := g.Score(row), f.Score(row); got != want {
			t.Fatalf("Score(%v) = %v, want %v", row, got, want)
		}
		got, want := make([]float64, 6), make([]float64, 6)
		gotRest, wantRest := g.Explain(row, got), f.Explain(row, want)
		if gotRest != wantRest || !slices.Equal(got, want) {
			t.Fatalf("Explain(%v) = %v %v, want %v %v", row, gotRest, got, wantRest, want)
		}
		told[f.Score(row)] = true
	}
	if len(told) < 20 {
		t.Fatalf("the forest tells only %d scores apart", len(told))
	}
}
