package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// said prints the confusion: what was said of each label, and in brackets what
// would have been told alone.
func (r *Report) said(w io.Writer) {
	type pair struct {
		l Label
		v verdict.Verdict
	}
	all, alone := map[pair]int{}, map[pair]int{}
	for i := range r.Told {
		t := &r.Told[i]
		p := pair{t.Label, t.Verdict}
		all[p]++
		alone[p] += truly(t.Alone(r.Bounds()))
	}
	names := []string{"label", "n"}
	for _, v := range verdict.All() {
		names = append(names, string(v))
	}
	out := columns(names...)
	for _, l := range append(Labels(), Torture) {
		n, row := 0, []string{string(l), ""}
		for _, v := range verdict.All() {
			n += all[pair{l, v}]
			row = append(row, fmt.Sprintf("%d (%d)", all[pair{l, v}], alone[pair{l, v}]))
		}
		if row[1] = number(n); n > 0 {
			out.add(row...)
		}
	}
	out.print(w, fmt.Sprintf("What was said (in brackets: alone, at a risk of %s)", fineShare(r.Bounds().Share)))
}

// parts prints the decisions by where mail comes from, its language and its year.
func (r *Report) parts(w io.Writer) {
	r.by(w, "source", func(t *Told) string {
		if kind, _, _ := strings.Cut(t.Source, ":"); kind == "gh" || kind == "template" {
			return kind + ":…"
		}
		return t.Source
	})
	r.by(w, "language", func(t *Told) string { return t.Lang })
	r.by(w, "year", func(t *Told) string { return t.Date[:min(4, len(t.Date))] })
}

func (r *Report) by(w io.Writer, what string, key func(*Told) string) {
	groups := map[string]*tally{}
	for i := range r.Told {
		k := key(&r.Told[i])
		if groups[k] == nil {
			groups[k] = &tally{}
		}
		groups[k].add(&r.Told[i], r.Bounds())
	}
	t := columns(what, "malicious", "told dangerous", "**told safe**", "legitimate", "told safe", "**told dangerous**")
	for _, k := range keysOf(groups) {
		if c := groups[k]; c.bad+c.good > 0 {
			t.add(cmp.Or(k, "?"), number(c.bad), partOf(c.badDanger, c.bad), number(c.badSafe), number(c.good), partOf(c.goodSafe, c.good), number(c.goodDanger))
		}
	}
	t.print(w, fmt.Sprintf("By %s (told alone, at a risk of %s)", what, fineShare(r.Bounds().Share)))
}

func keysOf(m map[string]*tally) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// bins of the reliability table, as usual since Guo and others (2017).
const bins = 15

// reliability prints how often what was said with some probability came true.
func reliability(w io.Writer, told []Told) {
	var n, bad [bins]int
	var sum [bins]float64
	for _, s := range scores(told, All()) {
		k := min(int(s.Score*bins), bins-1)
		n[k]++
		sum[k] += s.Score
		bad[k] += truly(s.True)
	}
	t := columns("probability", "n", "said", "came true (95 %)")
	for k := range bins {
		if n[k] > 0 {
			t.add(fmt.Sprintf("%.3f–%.3f", float64(k)/bins, float64(k+1)/bins), number(n[k]), shareOf(sum[k]/float64(n[k])), shareWithin(bad[k], n[k]))
		}
	}
	t.print(w, fmt.Sprintf("Reliability; ECE %.4f", learn.ECE(scores(told, All()), bins)))
}

// byHand prints how well phishing, advertising and legitimate are told apart, by
// the labels of a person who read each message.
func (r *Report) byHand(w io.Writer) error {
	labels, err := HandLabels()
	if err != nil {
		return err
	}
	c, n := Confusion{}, 0
	for i := range r.Told {
		if truth, ok := labels[r.Told[i].ID]; ok {
			c[[2]verdict.Verdict{truth, r.Told[i].Leaning}]++
			n++
		}
	}
	three := []verdict.Verdict{verdict.Phishing, verdict.Spam, verdict.Legitimate}
	t := columns("read by a person", "said phishing", "said spam", "said legitimate", "F1")
	for _, v := range three {
		row := []string{string(v)}
		for _, said := range three {
			row = append(row, number(c[[2]verdict.Verdict{v, said}]))
		}
		t.add(append(row, fmt.Sprintf("%.3f", c.F1(v)))...)
	}
	if n > 0 {
		t.print(w, fmt.Sprintf("Of %d read by hand: macro F1 %.3f", n, c.MacroF1()))
	}
	return nil
}
