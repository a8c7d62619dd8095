package lesson_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// kind is a sort of mail: what it really is, what the shipped judgement makes of
// it on average, which words it uses, and whether its sender is proved.
type kind struct {
	is     verdict.Verdict
	odds   float64
	word   uint32 // the first of twenty that it likes
	sender uint32 // 0 for one who is new each time
	proved bool
}

// The sorts of an invented house. Its honest newsletters look like spam to the
// shipped judgement; the phishing that copies their words comes from elsewhere.
var (
	newsletter = kind{verdict.Legitimate, 1.5, 100, 1, true}
	notice     = kind{verdict.Legitimate, -3, 200, 2, true}
	letter     = kind{verdict.Legitimate, -1, 300, 0, false}
	spam       = kind{verdict.Spam, 2, 400, 0, true}
	phish      = kind{verdict.Phishing, 3, 500, 0, false}
	copied     = kind{verdict.Phishing, 1, 100, 0, false} // words of the newsletter
	usual      = []kind{newsletter, notice, letter, spam, phish, copied}
)

var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// history invents n decisions of kinds in turn. Three persons decide; wrong says
// how often the first of them errs.
func history(n int, seed uint64, wrong float64, kinds ...kind) []lesson.Case {
	r := learn.Random(seed)
	var out []lesson.Case
	for i := range n {
		k := kinds[r.Below(len(kinds))]
		c := k.message(&r, uint32(i))
		c.Act, c.At = fmt.Sprint(i), start.Add(time.Duration(i)*time.Hour)
		if i%3 == 0 && r.Chance() < wrong {
			c.Said = map[verdict.Verdict]verdict.Verdict{verdict.Legitimate: verdict.Phishing, verdict.Phishing: verdict.Legitimate, verdict.Spam: verdict.Legitimate}[c.Said]
		}
		out = append(out, c)
	}
	return out
}

func (k kind) message(r *learn.Random, i uint32) lesson.Case {
	c := lesson.Case{Odds: k.odds + 3*(r.Chance()-0.5), Proved: k.proved, Said: k.is}
	const words = 30
	for range words {
		w := uint32(r.Below(100))
		if r.Chance() < 0.5 {
			w = k.word + uint32(r.Below(20))
		}
		c.Seen = append(c.Seen, learn.Feature{Index: w, Value: float32(1 / math.Sqrt(words))})
	}
	if sender := k.sender; k.proved {
		if sender == 0 {
			sender = 1000 + i
		}
		c.Seen = append(c.Seen, learn.Feature{Index: 1<<31 + sender, Value: 1})
	}
	return c
}

var bounds = verdict.Bounds{From: 0.9, To: 0.1}

// errorsOf counts the true errors of a correction on mail of the same house that
// nobody decided.
func errorsOf(c learn.Correction, kinds ...kind) (alarms, missed, dangerous int) {
	for _, m := range history(2000, 99, 0, kinds...) {
		p := learn.Sigmoid(m.Odds + model.Learned(c, m.Seen, m.Proved))
		switch {
		case m.Said == verdict.Legitimate && p > 0.5:
			alarms++
		case m.Said == verdict.Phishing && p <= bounds.To:
			dangerous++
		case m.Said == verdict.Phishing && p < 0.5:
			missed++
		}
	}
	return alarms, missed, dangerous
}

// The newsletters that looked like spam are understood after some decisions, and
// the phishing that copies them gains nothing.
func TestFalseAlarmsVanish(t *testing.T) {
	t.Parallel()
	l := lesson.Learn(history(240, 1, 0, usual...), bounds, model.Learned)
	if !l.Figures.Adopted() || l.Figures.After.Wrong >= l.Figures.Before.Wrong || l.Figures.Held != 48 {
		t.Fatalf("%+v", l.Figures)
	}
	alarms, _, _ := errorsOf(nil, newsletter)
	alarms2, _, _ := errorsOf(l.Correction, newsletter)
	_, missed, dangerous := errorsOf(nil, usual...)
	_, missed2, dangerous2 := errorsOf(l.Correction, usual...)
	if alarms2*5 > alarms || missed2 > missed || dangerous2 > dangerous {
		t.Errorf("alarms %d, then %d; missed %d, then %d; dangerous %d, then %d", alarms, alarms2, missed, missed2, dangerous, dangerous2)
	}
	t.Logf("alarms %d, then %d; missed %d, then %d; dangerous %d, then %d of 2000", alarms, alarms2, missed, missed2, dangerous, dangerous2)
}

// Where the shipped judgement is right already, nothing is adopted, or nothing
// is lost by it.
func TestWhatIsRightStays(t *testing.T) {
	t.Parallel()
	adopted := 0
	for seed := range uint64(10) {
		kinds := []kind{{verdict.Legitimate, -3, 200, 2, true}, {verdict.Legitimate, -2, 300, 0, false}, {verdict.Phishing, 3, 500, 0, false}}
		l := lesson.Learn(history(200, seed, 0, kinds...), bounds, model.Learned)
		if l.Figures.Adopted() {
			adopted++
		}
		_, missed, dangerous := errorsOf(nil, kinds...)
		if _, missed2, dangerous2 := errorsOf(l.Correction, kinds...); missed2 > missed || dangerous2 > dangerous {
			t.Errorf("%d: missed %d, then %d; dangerous %d, then %d", seed, missed, missed2, dangerous, dangerous2)
		}
	}
	t.Logf("adopted %d of 10", adopted)
}

// One of three responders errs in a tenth, a third, all of their decisions. The
// lesson is still worth having on the truth, or is not adopted.
func TestAResponderWhoErrsDoesNoHarm(t *testing.T) {
	t.Parallel()
	alarms, missed, dangerous := errorsOf(nil, usual...)
	for _, wrong := range []float64{0.1, 0.3, 1} {
		for seed := range uint64(5) {
			l := lesson.Learn(history(300, seed, wrong, usual...), bounds, model.Learned)
			alarms2, missed2, dangerous2 := errorsOf(l.Correction, usual...)
			t.Logf("wrong %.1f: %s, alarms %d, then %d; missed %d, then %d; dangerous %d, then %d", wrong, l.Figures.Why, alarms, alarms2, missed, missed2, dangerous, dangerous2)
			if dangerous2 > dangerous || alarms2 > alarms || missed2 > missed+missed/10 {
				t.Errorf("%.1f of the decisions of one: alarms %d, then %d; missed %d, then %d; dangerous %d, then %d", wrong, alarms, alarms2, missed, missed2, dangerous, dangerous2)
			}
		}
	}
}

// Somebody who decides at random, or the opposite of what is, teaches nothing.
func TestNonsenseIsNotAdopted(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		all := history(300, seed, 0, usual...)
		r := learn.Random(seed + 50)
		for i := range all {
			all[i].Said = []verdict.Verdict{verdict.Legitimate, verdict.Phishing}[r.Below(2)]
		}
		if l := lesson.Learn(all, bounds, model.Learned); l.Figures.Adopted() {
			t.Errorf("%d: %+v", seed, l.Figures)
		}
	}
}

// A lesson by which newer phishing would be called safe is not adopted, however
// much better it is otherwise.
func TestMoreDangerIsNotAdopted(t *testing.T) {
	t.Parallel()
	quiet := kind{verdict.Legitimate, -0.5, 100, 1, true}
	all := history(200, 3, 0, quiet, phish)
	taken := kind{verdict.Phishing, -0.5, 100, 1, true} // the mailbox of that sender was taken over
	r := learn.Random(8)
	for i := range 2 {
		c := taken.message(&r, 0)
		c.Odds, c.Act, c.At = -0.5, fmt.Sprint("taken", i), start.Add(1000*time.Hour)
		all = append(all, c)
	}
	l := lesson.Learn(all, verdict.Bounds{From: 0.9, To: 0.3}, model.Learned)
	if l.Figures.Why != lesson.Dangerous || l.Correction != nil {
		t.Errorf("%+v", l.Figures)
	}
}

// One decision that answered forty cases is one decision.
func TestADecisionCountsOnce(t *testing.T) {
	t.Parallel()
	all := history(60, 2, 0, usual...)
	for i := range all {
		all[i].Act = fmt.Sprint(i / 20)
	}
	if l := lesson.Learn(all, bounds, model.Learned); l.Figures.Why != lesson.TooFew || l.Figures.Decisions != 3 {
		t.Errorf("%+v", l.Figures)
	}
}
