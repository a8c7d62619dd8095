package train

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

const folds = 5

func bad(it *Item) bool { return it.Label == eval.Phish }

// judgedKind reports whether an item is of one of the two classes that the model parts.
func judgedKind(it *Item) bool { return it.Label == eval.Phish || it.Label == eval.Ham }

// weight says how much an item counts: a large source must not drown the others.
func weight(it *Item) float64 {
	switch {
	case it.Made:
		return MadeWeight
	case it.Own:
		return OwnWeight
	case it.Source == "spamassassin":
		return 0.3
	case strings.HasPrefix(it.Source, "list:"):
		return 0.4
	case it.Source == "phishing_pot":
		return 0.6
	}
	return 1
}

// assign gives each item its fold.
func assign(items []Item) []int {
	kin := learn.NewKin(len(items))
	kind := make([]string, len(items))
	for i := range items {
		for _, k := range items[i].Keys {
			kin.Share(i, k)
		}
		family, _, _ := strings.Cut(items[i].Source, ":")
		kind[i] = string(items[i].Label) + " " + family
	}
	campaigns(items, kin)
	return learn.Folds(kin.Groups(), kind, folds)
}

// campaigns joins the messages of one campaign: those of one band that are alike.
func campaigns(items []Item, kin *learn.Kin) {
	bands := map[int64][]int{}
	for i := range items {
		if items[i].print.Empty() || items[i].Made {
			continue
		}
		for _, b := range items[i].print.Bands() {
			for _, j := range bands[b] {
				if similar.Compare(items[i].print, items[j].print).Same {
					kin.Join(i, j)
					break
				}
			}
			if len(bands[b]) < 20 {
				bands[b] = append(bands[b], i)
			}
		}
	}
}

// wordModel trains the first stage on the folds that keep allows.
func wordModel(items []Item, fold []int, keep func(int) bool) *learn.Linear {
	var examples []learn.Example
	for i := range items {
		it := &items[i]
		if it.Made || it.Source == "synthetic:twin" || !judgedKind(it) || !keep(fold[i]) {
			continue
		}
		examples = append(examples, learn.Example{Bag: it.Words.All, True: bad(it), Weight: weight(it)})
		if len(it.Words.Windows) > 1 {
			for _, w := range it.Words.Windows[:min(3, len(it.Words.Windows))] {
				examples = append(examples, learn.Example{Bag: w, True: bad(it), Weight: weight(it) * 0.15})
			}
		}
	}
	return learn.TrainLinear(examples, learn.LinearTraining{Size: words.Size, Epochs: 6, Rate: 0.3, Ridge: 1e-6, Seed: 1})
}

// What a made mail counts.
var MadeWeight, OwnWeight = 0.3, 0.5

// Extra is the number of columns that the word model adds to a row.
const Extra = 5

func extended(it *Item, m *learn.Linear) []float32 {
	row := slices.Clone([]float32(it.Row))
	most, least := -20.0, 20.0
	for _, w := range it.Words.Windows {
		s := m.Score(w)
		most, least = max(most, s), min(least, s)
	}
	if len(it.Words.Windows) == 0 {
		most, least = 0, 0
	}
	n := float32(it.Words.Count)
	return append(row, float32(m.Score(it.Words.All)), float32(m.Score(it.Words.Subject)), float32(most), float32(least), (float32(it.Words.Mine)+float32(it.Words.Theirs))/(n+1))
}

// Cross is the scores of items by a model that never saw their relatives.
type Cross struct {
	Words, Score []float64 // log odds by item
}

// Params are what is tried.
type Params struct{ Boost learn.Boosting }

// DefaultParams is a start.
func DefaultParams() Params {
	return Params{Boost: learn.Boosting{Trees: 250, Leaves: 8, Rate: 0.08, Least: 2, Ridge: 3, Rows: 0.7, Features: 0.3, Seed: 7}}
}

func cross(items []Item, fold []int, p Params, rise []int8) Cross {
	pairs := map[[2]int]*learn.Linear{}
	type job struct{ a, b int }
	var jobs []job
	for a := range folds {
		for b := a; b < folds; b++ {
			jobs = append(jobs, job{a, b})
		}
	}
	models := make([]*learn.Linear, len(jobs))
	each(len(jobs), func(i int) {
		models[i] = wordModel(items, fold, func(f int) bool { return f != jobs[i].a && f != jobs[i].b })
	})
	for i, j := range jobs {
		pairs[[2]int{j.a, j.b}], pairs[[2]int{j.b, j.a}] = models[i], models[i]
	}
	out := Cross{Words: make([]float64, len(items)), Score: make([]float64, len(items))}
	each(folds, func(f int) {
		var t learn.Table
		for i := range items {
			if it := &items[i]; fold[i] != f && judgedKind(it) {
				t.Rows = append(t.Rows, extended(it, pairs[[2]int{f, fold[i]}]))
				t.True = append(t.True, bad(it))
				t.Weight = append(t.Weight, weight(it))
			}
		}
		t.Rise = rise
		forest := learn.TrainForest(t, p.Boost)
		for i := range items {
			if fold[i] == f {
				m := pairs[[2]int{f, f}]
				out.Words[i] = m.Score(items[i].Words.All)
				out.Score[i] = forest.Score(extended(&items[i], m))
			}
		}
	})
	return out
}
