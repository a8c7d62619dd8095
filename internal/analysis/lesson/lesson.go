// Package lesson learns from what people of a team decided, and says whether
// that is worth anything.
//
// What it learns is small: a correction (package learn) of the shipped
// judgement, which sees words, findings and proved senders. It is made of the
// older decisions and tried on the newer ones, as in life; then it must be
// better there, surely, and no more dangerous, or nothing changes. Only
// decisions of people are given to it: what a mail says of itself, and what the
// product answered alone, teach it nothing.
package lesson

import (
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Case is one decided message.
type Case struct {
	Seen   []learn.Feature // what a correction sees of it
	Odds   float64         // log odds that it is not legitimate, without any correction
	Proved bool            // its sender is
	Said   verdict.Verdict // phishing, spam or legitimate; others are passed over
	Act    string          // names the decision: what it answered besides has the same name
	At     time.Time       // of the decision
}

// Move is how much a correction moves the log odds of a case: model.Learned.
type Move func(c learn.Correction, seen []learn.Feature, proved bool) float64

// Lesson is what was learned, and its worth.
type Lesson struct {
	Correction learn.Correction // nil unless it was adopted
	Figures    Figures
}

// The rule by which a lesson is adopted, and what it is made of.
const (
	Least    = 50   // decisions; fewer teach nothing
	most     = 3000 // the newest that are used
	heldBack = 5    // one in five, the newest, are for trying
	sure     = 0.9  // share of redrawn trials in which it must be better
	muddle   = 0.38 // share of messages on the wrong side from which on nothing was understood
	trials   = 400  // how often the trial is redrawn (Efron, 1979)
	ridge    = 2.0  // see learn.TrainCorrection: a weight of ±0.7 is nothing unusual
	passes   = 20
	common   = 2 // decisions that must share a feature before it can be learned
)

// Learn makes a lesson of decided cases. The bounds are those between which a
// person looks, for what counts as a dangerous error.
func Learn(all []Case, b verdict.Bounds, move Move) Lesson {
	acts := group(all)
	f := Figures{Decisions: len(acts)}
	if len(acts) < Least {
		f.Why = TooFew
		return Lesson{Figures: f}
	}
	older, newer := acts[:len(acts)-len(acts)/heldBack], acts[len(acts)-len(acts)/heldBack:]
	t := trial{bounds: b, move: move, with: train(older)}
	f.try(t, newer)
	if f.Why != Better {
		return Lesson{Figures: f}
	}
	return Lesson{Correction: train(acts), Figures: f}
}

// Try says how a correction that is in use does on the newest decisions.
func Try(c learn.Correction, all []Case, b verdict.Bounds, move Move) Figures {
	acts := group(all)
	f := Figures{Decisions: len(acts)}
	if len(acts) < Least {
		f.Why = TooFew
		return f
	}
	f.try(trial{bounds: b, move: move, with: c}, acts[len(acts)-len(acts)/heldBack:])
	return f
}

// act is one decision with all cases that it answered.
type act []Case

// group gathers the cases of each decision, the oldest decision first.
func group(all []Case) []act {
	where := map[string]int{}
	var out []act
	for _, c := range all {
		if c.Said != verdict.Phishing && c.Said != verdict.Spam && c.Said != verdict.Legitimate {
			continue
		}
		i, known := where[c.Act]
		if !known {
			i = len(out)
			where[c.Act], out = i, append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	slices.SortStableFunc(out, func(a, b act) int { return a[0].At.Compare(b[0].At) })
	return out[max(0, len(out)-most):]
}

// train makes a correction of decisions. Each counts as one, however many cases
// it answered; what only one of them shows is no rule.
func train(acts []act) learn.Correction {
	shared := map[uint32]int{}
	for _, a := range acts {
		mine := map[uint32]bool{}
		for _, c := range a {
			for _, x := range c.Seen {
				mine[x.Index] = true
			}
		}
		for i := range mine {
			shared[i]++
		}
	}
	var examples []learn.Explained
	for _, a := range acts {
		for _, c := range a {
			seen := slices.DeleteFunc(slices.Clone(c.Seen), func(x learn.Feature) bool { return shared[x.Index] < common })
			examples = append(examples, learn.Explained{Features: seen, Offset: c.Odds, True: c.bad(), Weight: 1 / float64(len(a))})
		}
	}
	return learn.TrainCorrection(examples, ridge, passes, uint64(len(examples)))
}

// bad reports whether the message was found to be something else than it said.
func (c Case) bad() bool { return c.Said != verdict.Legitimate }
