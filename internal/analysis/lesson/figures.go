package lesson

import (
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Why is what became of a lesson.
type Why string

// What may become of a lesson.
const (
	TooFew    Why = "too-few"   // decisions to learn from
	NotSure   Why = "not-sure"  // it is no better, or that may be luck
	Dangerous Why = "dangerous" // it would call more phishing safe
	Better    Why = "better"    // adopted
)

// Figures are what a lesson is worth, on decisions that it had not seen. The
// shipped judgement comes first, then the same with the lesson.
type Figures struct {
	Decisions int     `json:"decisions"` // in all
	Held      int     `json:"held"`      // of those, held back for the trial
	Why       Why     `json:"why"`
	Sure      float64 `json:"sure"` // share of redrawn trials in which the loss was less
	Before    Errors  `json:"before"`
	After     Errors  `json:"after"`
}

// Adopted reports whether the lesson was good enough.
func (f Figures) Adopted() bool { return f.Why == Better }

// Errors are the mistakes of a judgement in a trial.
type Errors struct {
	Loss      float64 `json:"loss"`      // mean logarithmic loss of a decision, in nats
	Wrong     int     `json:"wrong"`     // messages on the wrong side of even
	Dangerous int     `json:"dangerous"` // phishing that would be called safe without a person
	Alarms    int     `json:"alarms"`    // legitimate mail that would be called dangerous without a person
}

// trial holds a correction against decisions.
type trial struct {
	bounds verdict.Bounds
	move   Move
	with   learn.Correction
}

// try measures, and judges by the rule: less loss in nine of ten redrawn trials,
// and not one dangerous error more. Decisions that even then are guessed hardly
// better than by a coin contradict each other: there is nothing to learn.
func (f *Figures) try(t trial, acts []act) {
	f.Held = len(acts)
	gains := make([]float64, len(acts))
	for i, a := range acts {
		before, after := 0.0, 0.0
		for _, c := range a {
			odds := c.Odds + t.move(t.with, c.Seen, c.Proved)
			before += learn.LogLoss(c.Odds, c.bad()) / float64(len(a))
			after += learn.LogLoss(odds, c.bad()) / float64(len(a))
			f.Before.count(c, c.Odds, t.bounds)
			f.After.count(c, odds, t.bounds)
		}
		gains[i] = before - after
		f.Before.Loss += before / float64(len(acts))
		f.After.Loss += after / float64(len(acts))
	}
	f.Sure = redraw(gains)
	switch {
	case f.After.Dangerous > f.Before.Dangerous:
		f.Why = Dangerous
	case f.Sure < sure, float64(f.After.Wrong) > muddle*float64(messages(acts)):
		f.Why = NotSure
	default:
		f.Why = Better
	}
}

// messages counts the messages of a trial.
func messages(acts []act) (n int) {
	for _, a := range acts {
		n += len(a)
	}
	return n
}

// count adds a message to the errors.
func (e *Errors) count(c Case, odds float64, b verdict.Bounds) {
	p := learn.Sigmoid(odds)
	if (p >= 0.5) != c.bad() {
		e.Wrong++
	}
	if c.Said == verdict.Phishing && p <= b.To {
		e.Dangerous++
	}
	if !c.bad() && p >= b.From {
		e.Alarms++
	}
}

// redraw is the share of redrawn trials whose gains add up to more than nothing.
func redraw(gains []float64) float64 {
	r, better := learn.Random(uint64(len(gains))), 0
	for range trials {
		sum := 0.0
		for range gains {
			sum += gains[r.Below(len(gains))]
		}
		if sum > 0 {
			better++
		}
	}
	return float64(better) / trials
}
