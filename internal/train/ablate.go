package train

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ablate measures the engine without each part of it: the trees grow again
// without its measures and findings. What a part alone knows is lost then; what
// others know as well is not.
func ablate(items []Item, family []string, fold []int, s stages, m *model.Model) (out []eval.Variant) {
	names, q := trait.NewSet(m.Findings).Names, isItBad(items, m.Findings)
	for _, group := range append(groups(names), "words") {
		less := without(items, group)
		u := crossWithout(less, fold, s, q, func(k int) bool {
			return k >= len(names) && group == "words" || k < len(names) && groupOf(names[k]) == group
		})
		own := *m
		own.Calibration = learn.Calibrate(scored(less, u.Trees, parted), nil)
		out = append(out, eval.Variant{Name: "without " + group, Told: told(less, family, u, &own)})
	}
	return out
}

func groupOf(name string) string {
	group, _, _ := strings.Cut(name, ".")
	return group
}

func groups(names []string) (out []string) {
	for _, name := range names {
		if g := groupOf(name); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// without gives the items without the findings of a group.
func without(items []Item, group string) []Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].findings = slices.DeleteFunc(slices.Clone(out[i].findings), func(f verdict.Finding) bool { return groupOf(f.ID) == group })
	}
	return out
}

// crossWithout is cross for the first question alone, blind to some columns.
func crossWithout(items []Item, fold []int, s stages, q question, drop func(column int) bool) Unseen {
	u := Unseen{Trees: make([]float64, len(items)), Kinds: make([]float64, len(items)), Fold: fold}
	blind := func(row []float32) []float32 {
		for k := range row {
			if drop(k) {
				row[k] = 0
			}
		}
		return row
	}
	each(folds, func(f int) {
		t := table(items, fold, s, f, q)
		for _, row := range t.Rows {
			blind(row)
		}
		trees := learn.TrainForest(t, boosting)
		for i := range items {
			if fold[i] == f {
				u.Trees[i] = trees.Score(blind(model.Extend(items[i].Row, items[i].Words, s[[2]int{f, f}])))
			}
		}
	})
	return u
}
