package verdict

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// The constants of adding up, all in natural log odds but for the thresholds.
const (
	prior     = -1.0 // how likely malice is in reported mail, before anything is known of it
	mostBad   = 6.0  // what one group of findings (link, text, …) may add at most: its findings overlap
	mostGood  = 4.0  // what one group may take away at most
	bulkPrior = -1.2 // how likely advertising is among mail that is not malicious

	phishingFrom   = 0.95 // score from which we answer alone that a message is dangerous
	legitimateTo   = 0.04 // score up to which we answer alone that a message is safe
	leaningBad     = 0.60 // score from which we lean to dangerous, and ask a person
	leaningGood    = 0.25 // score up to which we lean to harmless, and ask a person
	spamFrom       = 0.90 // probability of advertising from which we answer alone
	leaningSpam    = 0.50
	dangerBorne    = 2.0 // sum of danger up to which trust may outweigh it without a person
	strong         = 1.5 // weight of a finding that alone keeps us from saying "safe"
	trustNeeded    = 2.0 // trust that "safe" must rest on, not on mere absence of danger
	groupsNeeded   = 2   // groups that must speak for danger …
	enoughAlone    = 3.5 // … unless one finding alone is this heavy
	graveNeeded    = 1.5 // danger that must be left when what advertising does too is taken away
	mostReasons    = 3
	noticeable     = 0.5 // weight below which a finding is no reason to show
	provedExercise = "exercise.proved"
)

// tally is what the findings come to.
type tally struct {
	odds      float64            // log odds of malice
	bulk      float64            // log odds of advertising among the harmless
	danger    float64            // sum of what speaks for malice
	grave     float64            // that sum without what is common in advertising
	trust     float64            // sum of what speaks for legitimate, positive
	heaviest  float64            // the heaviest single danger
	bad       map[string]float64 // danger by group
	good      map[string]float64 // trust by group, negative
	hold      bool
	exercised bool
}

// Judge adds findings up. The sum of weights is the log odds of malice; a
// verdict is confident only beyond two thresholds, and only on enough evidence:
// danger that shows in more than one place, or safety that rests on something
// positive. Everything else a person sees.
func Judge(findings []Finding) Judgement {
	all := slices.Clone(findings)
	slices.SortStableFunc(all, heavier)
	t := add(all)
	j := Judgement{Score: 1 / (1 + math.Exp(-t.odds)), Findings: all}
	j.Verdict, j.Confident = t.decide(j.Score)
	j.Reasons = reasons(all, j.Verdict)
	return j
}

func heavier(a, b Finding) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) }

func add(all []Finding) tally {
	t := tally{bulk: bulkPrior, bad: map[string]float64{}, good: map[string]float64{}}
	for _, f := range all {
		t.hold = t.hold || f.Hold
		group, _, _ := strings.Cut(f.ID, ".")
		switch f.Class {
		case Danger:
			t.bad[group] += f.Weight
			t.danger += f.Weight
			if !f.Common {
				t.grave += f.Weight
			}
			t.heaviest = max(t.heaviest, f.Weight)
		case Trust:
			t.good[group] += f.Weight
		case Bulk:
			t.bulk += f.Weight
		case Exercise:
			t.exercised = t.exercised || f.ID == provedExercise
		case Neutral:
		}
	}
	t.sum()
	return t
}

// sum adds the groups up, each within its cap. Groups are added in a fixed
// order, so that the same findings give the same last digit.
func (t *tally) sum() {
	t.odds = prior
	for _, group := range sorted(t.bad) {
		t.odds += min(t.bad[group], mostBad)
	}
	for _, group := range sorted(t.good) {
		t.odds += max(t.good[group], -mostGood)
		t.trust -= t.good[group]
	}
}

func sorted(m map[string]float64) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// decide says what the tally means, and whether we may say so alone.
func (t *tally) decide(score float64) (v Verdict, confident bool) {
	spam := 1 / (1 + math.Exp(-t.bulk))
	switch {
	case t.exercised:
		return Simulation, !t.hold
	case t.hold, t.heaviest < noticeable && t.trust < noticeable:
		return Unsure, false
	case score >= leaningBad:
		return Phishing, score >= phishingFrom && t.badEnough()
	case score > leaningGood:
		return Unsure, false
	case spam >= leaningSpam:
		return Spam, spam >= spamFrom && score <= legitimateTo && t.heaviest < strong
	}
	return Legitimate, score <= legitimateTo && t.heaviest < strong && t.danger <= dangerBorne && t.trust >= trustNeeded
}

// badEnough reports whether danger shows in more than one place, or plainly,
// and goes beyond the rush and the counted links that advertising has as well.
func (t *tally) badEnough() bool {
	return t.grave >= graveNeeded && (len(t.bad) >= groupsNeeded || t.heaviest >= enoughAlone)
}

// reasons chooses what moved the decision and what a reporter can see. For
// something harmless these are the proof of who sent it, then what looked odd.
// One proof is enough: they all say the same.
func reasons(all []Finding, v Verdict) []Finding {
	var out []Finding
	proved := false
	for _, class := range speakingFor(v) {
		for _, f := range all {
			if len(out) == mostReasons {
				return out
			}
			if f.Class != class || !visible(f) || f.Proof && proved {
				continue
			}
			out, proved = append(out, f), proved || f.Proof
		}
	}
	return out
}

// speakingFor lists the classes whose findings explain a verdict, the first first.
func speakingFor(v Verdict) []Class {
	switch v {
	case Phishing:
		return []Class{Danger}
	case Spam:
		return []Class{Bulk}
	case Legitimate:
		return []Class{Trust, Danger}
	case Simulation:
		return []Class{Danger} // the clues of a fake are what an exercise teaches, not how we know it
	case Unsure:
	}
	return []Class{Danger, Trust}
}

// visible reports whether a reporter may be given the finding as a reason: they
// can see it for themselves, and it would not teach them to trust what anybody
// can type (plain words, a list's marks, a known name).
func visible(f Finding) bool {
	switch {
	case f.Topic, f.Class == Trust && !f.Proof:
		return false
	case !f.Proof && math.Abs(f.Weight) < noticeable:
		return false
	}
	return f.Place.Spot != InWhole && !hiddenFields[f.Place.Name]
}

// hiddenFields are header fields that mail programs do not show.
//
//nolint:gochecknoglobals // a constant table
var hiddenFields = map[string]bool{"Message-ID": true, "Return-Path": true, "Received": true, "Precedence": true}
