package train

import (
	"fmt"
	"io"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

// Options says what a training does.
type Options struct {
	Corpora []eval.Corpus
	Without []string // sources that are left out, such as "phishing_pot"
}

// Run trains a model and prints what it is worth on messages whose relatives it
// did not see.
func Run(w io.Writer, o Options) (*model.Model, error) {
	findings := Usable(analysis.IDs())
	items, err := gather(o, trait.NewSet(findings))
	if err != nil {
		return nil, err
	}
	fold := assign(items)
	s := trainStages(items, fold)
	u := cross(items, fold, s)
	m := fit(items, s, u, findings, trait.NewSet(nil).Names)
	fmt.Fprintln(w, m.Notes)
	Report(w, items, u, m)
	return m, m.Ready()
}

// gather loads corpora, our own texts, and makes twins of what is honest.
func gather(o Options, set *trait.Set) ([]Item, error) {
	var items []Item
	for _, c := range o.Corpora {
		c.Samples = slices.DeleteFunc(slices.Clone(c.Samples), func(s eval.Sample) bool {
			return s.Label == eval.Torture || s.Label == eval.Simulation || slices.Contains(o.Without, s.Source)
		})
		items = append(items, Load(c, set)...)
	}
	if len(items) == 0 {
		return nil, fmt.Errorf("train: there is no message in the corpora")
	}
	read(items)
	texts, err := Own(set)
	if err != nil {
		return nil, err
	}
	items = append(items, texts...)
	return append(items, Augment(items, set)...), nil
}

// Report prints the figures that matter.
func Report(w io.Writer, items []Item, u Unseen, m *model.Model) {
	said := make([]float64, len(items))
	for i := range said {
		said[i] = m.Calibration.Of(u.Trees[i])
	}
	for _, slice := range Slices() {
		var all []learn.Scored
		for i := range items {
			if it := &items[i]; it.Origin == found && (slice.Bad(&it.Sample) || slice.Good(&it.Sample)) {
				all = append(all, learn.Scored{Score: said[i], True: slice.Bad(&it.Sample)})
			}
		}
		slice.Print(w, all)
	}
}
