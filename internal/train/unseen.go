package train

import (
	"fmt"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

// families names the relatives of each item, as the folds keep them together.
func families(items []Item) []string {
	out := make([]string, len(items))
	for i, g := range relatives(items) {
		out[i] = items[g].ID
	}
	return out
}

func (u Unseen) first(n int) Unseen {
	return Unseen{u.Words[:n], u.Trees[:n], u.Kinds[:n], u.Fold[:n]}
}

func (u Unseen) after(n int) Unseen {
	return Unseen{u.Words[n:], u.Trees[n:], u.Kinds[n:], u.Fold[n:]}
}

// nothing is the label of a guest: whose answer is not known, no question learns from.
const nothing = eval.Label("")

// copiesOf reads copies of the items' messages, each into the fold of the one
// that has its ID. They are guests until told gives them their labels back.
func copiesOf(items []Item, fold []int, corpora []eval.Corpus, set *trait.Set) (guests []Item, folds []int) {
	at := map[string]int{}
	for i := range items {
		if items[i].Origin == found {
			at[items[i].ID] = i
		}
	}
	for _, c := range corpora {
		for _, it := range Load(c, set) {
			if i, ok := at[it.ID]; ok {
				it.Label = nothing
				guests, folds = append(guests, it), append(folds, fold[i])
			}
		}
	}
	return guests, folds
}

// asKnown gives guests back what is known of those whose copies they are.
func asKnown(guests, known []eval.Told) []eval.Told {
	by := map[string]*eval.Told{}
	for i := range known {
		by[known[i].ID] = &known[i]
	}
	for i := range guests {
		t := by[guests[i].ID]
		guests[i].Sample, guests[i].Family = t.Sample, t.Family
	}
	return guests
}

// report gathers what was said of the unseen.
func report(items []Item, family []string, u Unseen, m *model.Model) *eval.Report {
	r := &eval.Report{Notes: m.Notes + ".", Told: told(items, family, u, m), Risks: eval.OfModel(m.Risks)}
	said := probabilities(items, u, m)
	for h := range r.Held {
		var others []Item
		var theirs []float64
		for i := range items {
			if eval.Half(items[i].ID) != h {
				others, theirs = append(others, items[i]), append(theirs, said[i])
			}
		}
		r.Held[h] = eval.OfModel(thresholds(others, theirs))
	}
	words := u
	words.Trees = u.Words
	r.Beside = []eval.Variant{{Name: "our words alone", Told: told(items, family, words, m)}}
	return r
}

// told says what the product would have told of items of corpora.
func told(items []Item, family []string, u Unseen, m *model.Model) (out []eval.Told) {
	known := map[string]bool{}
	for _, id := range m.Findings {
		known[id] = true
	}
	for i := range items {
		it := &items[i]
		if it.Origin != found {
			continue
		}
		o := verdict.Opinion{
			Odds: m.Calibration.Slope*u.Trees[i] + m.Calibration.Offset, Bulk: m.Kind.Slope*u.Kinds[i] + m.Kind.Offset,
			Known: known, Bounds: verdict.Bounds{From: 0, To: 1},
		}
		t := judged(it, o)
		if family != nil {
			t.Family = family[i]
		}
		out = append(out, t)
	}
	return out
}

// judged asks the product's own rules, with thresholds that forbid nothing: the
// report holds those of each risk against the score.
func judged(it *Item, o verdict.Opinion) eval.Told {
	j := verdict.Judge(it.findings, o)
	t := eval.Told{Sample: it.Sample, Score: j.Score, Verdict: j.Verdict, May: j.Confident, Leaning: verdict.Legitimate}
	switch {
	case t.Score < 0.5:
	case o.Bulk > 0:
		t.Leaning = verdict.Spam
	default:
		t.Leaning = verdict.Phishing
	}
	return t
}

// measuredApart holds the honest mail of new sources against the malicious of
// the others, and the malicious of new sources against the honest of the others
// and its own.
func measuredApart(rest []eval.Told, apart []Item, sources []string, m *model.Model) []eval.Variant {
	u := Unseen{Words: make([]float64, len(apart)), Trees: make([]float64, len(apart)), Kinds: make([]float64, len(apart)), Fold: make([]int, len(apart))}
	each(len(apart), func(i int) {
		row := model.Extend(apart[i].Row, apart[i].Words, &m.Voices)
		u.Trees[i], u.Kinds[i] = m.Trees.Score(row), m.Kinds.Score(row)
	})
	their := told(apart, families(apart), u, m)
	pick := func(all []eval.Told, l eval.Label) (out []eval.Told) {
		for _, t := range all {
			if t.Label == l {
				out = append(out, t)
			}
		}
		return out
	}
	name := strings.Join(sources, ", ")
	return []eval.Variant{
		{Name: fmt.Sprintf("honest mail of %s against the malicious of the others", name), Told: append(pick(rest, eval.Phish), pick(their, eval.Ham)...)},
		{Name: fmt.Sprintf("malicious mail of %s against the honest of the others", name), Told: append(pick(rest, eval.Ham), pick(their, eval.Phish)...)},
		{Name: fmt.Sprintf("%s alone", name), Told: their},
	}
}
