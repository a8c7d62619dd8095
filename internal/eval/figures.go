package eval

import (
	"fmt"
	"io"

	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Report is everything that was said of some messages, to be measured.
type Report struct {
	Notes   string      // what was judged, and by which model
	Told    []Told      // by the whole engine
	Risks   []Bounds    // the thresholds of the product, the smallest risk first
	Held    [2][]Bounds // those chosen without the messages of one Half; empty where they were not chosen on this mail
	Raw     []Told      // the same mail as it came, when Told is the neutralised copy
	Without []Variant   // by the engine without a part of it
	Beside  []Variant   // by other engines, of the same mail
	Apart   []Variant   // of mail whose kind was not trained on
}

// Variant is what was said by something else, or of other mail.
type Variant struct {
	Name string
	Told []Told
}

// risk is the share of wrong decisions by which the product decides where
// nobody chose.
const risk = 0.005

// Bounds gives the thresholds of the usual risk.
func (r *Report) Bounds() Bounds { return at(r.Risks, risk) }

func at(risks []Bounds, share float64) Bounds {
	b := Bounds{Share: share, From: 2, To: -1}
	for i, one := range risks {
		if i == 0 || one.Share <= share*1.0001 {
			b = one
		}
	}
	return b
}

// Brief prints the figures that a training is judged by.
func (r *Report) Brief(w io.Writer) error {
	fmt.Fprintln(w, r.Notes)
	slicesOf(w, "Malicious against legitimate", r.Told)
	r.risks(w)
	for _, v := range r.Apart {
		slicesOf(w, "Not trained on: "+v.Name, v.Told)
	}
	return r.byHand(w)
}

// Print prints the whole comparison.
func (r *Report) Print(w io.Writer) error {
	if err := r.Brief(w); err != nil {
		return err
	}
	r.said(w)
	r.parts(w)
	reliability(w, r.Told)
	if len(r.Raw) > 0 {
		slicesOf(w, "As it came, by the same models of the same folds", r.Raw)
		r.agreement(w)
	}
	compared(w, "Other engines, and ours on the same messages", r.beside())
	if len(r.Without) > 0 {
		compared(w, "What each part contributes", append([]Variant{{"everything", r.Told}}, r.Without...))
	}
	return nil
}

// slicesOf prints what the scores are worth, whatever thresholds are used.
func slicesOf(w io.Writer, title string, told []Told) {
	t := columns("part", "malicious", "legitimate", "AUC", "95 %", "found at 1 % false alarms", "alone at 0.5 %", "held out (wrong)", "alone at 0.2 %", "held out (wrong)", "ECE")
	for _, s := range Slices() {
		all := scores(told, s)
		bad, good := count2(all)
		if bad == 0 || good == 0 {
			continue
		}
		low, high := Chance(told, s)
		t.add(s.Name, number(bad), number(good), four(learn.AUC(all)), between(low, high), shareOf(learn.Found(all, 0.01)),
			shareOf(learn.BestTriage(all, 0.005).Alone), heldOut(told, s, 0.005),
			shareOf(learn.BestTriage(all, 0.002).Alone), heldOut(told, s, 0.002), four(learn.ECE(all, bins)))
	}
	t.print(w, title)
}

func count2(all []learn.Scored) (bad, good int) {
	for _, s := range all {
		if s.True {
			bad++
		}
	}
	return bad, len(all) - bad
}

// heldOut chooses thresholds on one half and applies them to the other, both
// ways: the share decided, and the malicious and legitimate decided wrongly.
func heldOut(told []Told, s Slice, risk float64) string {
	var half [2][]Told
	for i := range told {
		h := Half(told[i].ID)
		half[h] = append(half[h], told[i])
	}
	n, alone, missed, alarmed := 0, 0, 0, 0
	for h := range half {
		t := learn.BestTriage(scores(half[1-h], s), risk)
		for _, one := range scores(half[h], s) {
			n++
			switch {
			case one.Score >= t.From:
				alone++
				alarmed += truly(!one.True)
			case one.Score < t.To:
				alone++
				missed += truly(one.True)
			}
		}
	}
	return fmt.Sprintf("%s (%d+%d)", partOf(alone, n), missed, alarmed)
}

// tally counts what was told alone of the two classes.
type tally struct {
	bad, good             int
	badDanger, badSafe    int
	goodDanger, goodSafe  int
	badPosted, goodPosted int // told advertising
}

func (c *tally) add(t *Told, b Bounds) {
	bad := t.Label == Phish
	if !bad && t.Label != Ham {
		return
	}
	all, danger, safe, advert := &c.good, &c.goodDanger, &c.goodSafe, &c.goodPosted
	if bad {
		all, danger, safe, advert = &c.bad, &c.badDanger, &c.badSafe, &c.badPosted
	}
	*all++
	switch {
	case !t.Alone(b):
	case t.Verdict == verdict.Phishing:
		*danger++
	case t.Verdict == verdict.Spam:
		*advert++
	case t.Verdict == verdict.Legitimate:
		*safe++
	}
}

func (c *tally) alone() int {
	return c.badDanger + c.badSafe + c.badPosted + c.goodDanger + c.goodSafe + c.goodPosted
}

// risks prints what the product would have told alone, by its own thresholds and
// guards, for each risk that an organisation may choose.
func (r *Report) risks(w io.Writer) {
	t := columns("risk", "from", "to", "alone", "malicious told dangerous", "advertising", "**safe** (95 %)", "legitimate told safe", "advertising", "**dangerous** (95 %)")
	row := func(name string, b Bounds, of func(*Told) Bounds) {
		var c tally
		for i := range r.Told {
			c.add(&r.Told[i], of(&r.Told[i]))
		}
		t.add(name, four(b.From), four(b.To), partOf(c.alone(), c.bad+c.good), partOf(c.badDanger, c.bad), countOf(c.badPosted, c.bad),
			withInterval(c.badSafe, c.bad), partOf(c.goodSafe, c.good), countOf(c.goodPosted, c.good), withInterval(c.goodDanger, c.good))
	}
	for _, b := range r.Risks {
		row(fineShare(b.Share), b, func(*Told) Bounds { return b })
		if len(r.Held[0]) > 0 {
			row("… held out", b, func(t *Told) Bounds { return at(r.Held[Half(t.ID)], b.Share) })
		}
	}
	t.print(w, "Told without a person, by the product's own thresholds and guards")
}

func truly(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
