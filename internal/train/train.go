package train

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Options says what a training does.
type Options struct {
	Corpora []eval.Corpus
	Without []string      // sources that are left out, such as "phishing_pot"
	Apart   []string      // sources that are not trained on, and measured apart: how it does on mail of a new kind
	Raw     []eval.Corpus // the same mail as it came, judged by what was trained without its relatives
	Ablate  bool          // measure what each part contributes, too
}

// Run trains a model, and reports what was said of messages by models that did
// not see their relatives.
func Run(o Options) (*model.Model, *eval.Report, error) {
	items, err := gather(o, trait.NewSet(Usable(analysis.IDs())))
	if err != nil {
		return nil, nil, err
	}
	findings := narrow(items)
	items, apart := part(items, o.Apart)
	fold, family := assign(items), families(items)
	guests, guestFold := copiesOf(items, fold, o.Raw, trait.NewSet(findings))
	s := trainStages(items, fold)
	q := isItBad(items, findings)
	u := cross(slices.Concat(items, guests), slices.Concat(fold, guestFold), s, q)
	mine := u.first(len(items))
	m := fit(items, s, mine, q, findings, trait.NewSet(nil).Names)
	if err := m.Ready(); err != nil {
		return nil, nil, err
	}
	r := report(items, family, mine, m)
	r.Raw = asKnown(told(guests, nil, u.after(len(items)), m), r.Told)
	if len(apart) > 0 {
		r.Apart = measuredApart(r.Told, apart, o.Apart, m)
	}
	if o.Ablate {
		r.Without = ablate(items, family, fold, s, m)
	}
	return m, r, nil
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
	if err := read(items); err != nil {
		return nil, err
	}
	texts, err := Own(set)
	if err != nil {
		return nil, err
	}
	items = append(items, texts...)
	return slices.Concat(items, Augment(items, set), Pad(items, texts, set)), nil
}

// seenOften is in how many messages of the corpora a finding must be made for
// its weight to be learned. The others keep the weight of their tables.
const seenOften = 25

// narrow keeps, in the rows of items, the findings that were made often enough.
func narrow(items []Item) (kept []string) {
	seen := map[string]int{}
	for i := range items {
		if items[i].Origin == found {
			for _, f := range items[i].findings {
				seen[f.ID]++
			}
		}
	}
	for _, id := range Usable(analysis.IDs()) {
		if seen[id] >= seenOften {
			kept = append(kept, id)
		}
	}
	set := trait.NewSet(kept)
	for i := range items {
		items[i].Row = set.Narrow(items[i].Row, items[i].findings)
	}
	return kept
}

// unlearned is what the findings of an item that were not learned add.
func unlearned(it *Item, learned []string) (sum float64) {
	for _, f := range it.findings {
		if (f.Class == verdict.Danger || f.Class == verdict.Trust && f.Proof) && Usable([]string{f.ID}) != nil && !slices.Contains(learned, f.ID) {
			sum += f.Weight
		}
	}
	return sum
}

// part takes the sources out that are measured apart.
func part(items []Item, sources []string) (rest, apart []Item) {
	for i := range items {
		if slices.ContainsFunc(sources, func(p string) bool { return strings.HasPrefix(items[i].Source, p) }) {
			apart = append(apart, items[i])
		} else {
			rest = append(rest, items[i])
		}
	}
	return rest, apart
}
