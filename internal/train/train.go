package train

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Options says what a training does.
type Options struct {
	Corpora []eval.Corpus
	Without []string // sources that are left out, such as "phishing_pot"
	Apart   []string // sources that are not trained on, and measured apart: how it does on mail of a new kind
}

// Run trains a model and prints what it is worth on messages whose relatives it
// did not see.
func Run(w io.Writer, o Options) (*model.Model, error) {
	items, err := gather(o, trait.NewSet(Usable(analysis.IDs())))
	if err != nil {
		return nil, err
	}
	findings := narrow(items)
	items, apart := part(items, o.Apart)
	fold := assign(items)
	s := trainStages(items, fold)
	u := cross(items, fold, s)
	m := fit(items, s, u, findings, trait.NewSet(nil).Names)
	fmt.Fprintln(w, m.Notes)
	Report(w, items, probabilities(items, u, m))
	decisions(w, items, u, m)
	if err := kinds(w, items, u, m); err != nil {
		return nil, err
	}
	if err := m.Ready(); err != nil || len(apart) == 0 {
		return m, err
	}
	fmt.Fprintf(w, "\nNot trained on %v, its honest mail against the malicious of the others, and its own:\n", o.Apart)
	reportApart(w, items, apart, u, m)
	return m, nil
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
		if (f.Class == verdict.Danger || f.Class == verdict.Trust) && Usable([]string{f.ID}) != nil && !slices.Contains(learned, f.ID) {
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

// reportApart measures the honest mail of new sources against the malicious of
// the others, and the malicious of new sources against that honest mail.
func reportApart(w io.Writer, items, apart []Item, u Unseen, m *model.Model) {
	said := scored(items, probabilities(items, u, m), parted)
	said = slices.DeleteFunc(said, func(s learn.Scored) bool { return !s.True })
	var own []learn.Scored
	for i := range apart {
		it := &apart[i]
		bad, ok := parted(it)
		if !ok || it.Origin != found {
			continue
		}
		row := model.Extend(it.Row, it.Words, &m.Voices)
		p := learn.Sigmoid(m.Calibration.Slope*m.Trees.Score(row) + m.Calibration.Offset + unlearned(it, m.Findings))
		own = append(own, learn.Scored{Score: p, True: bad})
		if !bad {
			said = append(said, own[len(own)-1])
		}
	}
	Slice{Name: "apart"}.Print(w, said)
	Slice{Name: "own"}.Print(w, own)
}

// Report prints the figures that matter.
func Report(w io.Writer, items []Item, said []float64) {
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

// decisions prints what would have been told of the unseen without a person.
func decisions(w io.Writer, items []Item, u Unseen, m *model.Model) {
	said := probabilities(items, u, m)
	for _, r := range m.Risks {
		var n, danger, safe [2]int
		for i := range items {
			it := &items[i]
			bad, ok := parted(it)
			if !ok || it.Origin != found {
				continue
			}
			k := 0
			if bad {
				k = 1
			}
			n[k]++
			if said[i] >= r.From && verdict.Evident(it.findings) {
				danger[k]++
			} else if said[i] <= r.To && verdict.Unalarming(it.findings) {
				safe[k]++
			}
		}
		fmt.Fprintf(w, "risk %.2f %%: alone %.1f %%; malicious told dangerous %.1f %%, told safe %d (%.2f %%); legitimate told safe %.1f %%, told dangerous %d (%.2f %%)\n",
			100*r.Share, share(danger[0]+danger[1]+safe[0]+safe[1], n[0]+n[1]), share(danger[1], n[1]), safe[1], share(safe[1], n[1]),
			share(safe[0], n[0]), danger[0], share(danger[0], n[0]))
	}
}

func share(k, n int) float64 { return 100 * float64(k) / float64(n) }

// kinds prints how well the unseen are told apart into phishing, spam and
// legitimate, by the labels of a person who read them.
func kinds(w io.Writer, items []Item, u Unseen, m *model.Model) error {
	labels, err := eval.HandLabels()
	if err != nil {
		return err
	}
	said, c := probabilities(items, u, m), eval.Confusion{}
	for i := range items {
		truth, ok := labels[items[i].ID]
		if !ok || items[i].Origin != found {
			continue
		}
		v := verdict.Legitimate
		switch {
		case said[i] < 0.5:
		case m.Kind.Of(u.Kinds[i]) > 0.5:
			v = verdict.Spam
		default:
			v = verdict.Phishing
		}
		c[[2]verdict.Verdict{truth, v}]++
	}
	fmt.Fprintf(w, "of 400 read by hand: macro F1 %.3f; F1 of phishing %.3f, spam %.3f, legitimate %.3f; %v\n",
		c.MacroF1(), c.F1(verdict.Phishing), c.F1(verdict.Spam), c.F1(verdict.Legitimate), c)
	return nil
}
