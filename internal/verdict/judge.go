package verdict

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// The constants of adding up, in natural log odds but for the probabilities.
const (
	leaningBad     = 0.60 // probability from which we lean to dangerous, and ask a person
	leaningGood    = 0.25 // probability up to which we lean to harmless, and ask a person
	spamFrom       = 0.80 // probability of advertising from which we answer alone
	strong         = 2.0  // weight of a danger that alone keeps us from saying "safe"
	evident        = 0.5  // sum of dangers that can be shown, from which we say "dangerous" alone
	mostReasons    = 3
	noticeable     = 0.5 // weight below which a finding is no reason to show
	provedExercise = "exercise.proved"
	decidedSpam    = "house.decided-spam" // a person of the team called this sender's mail advertising
)

// Judge adds up the opinion of the model and the findings that it does not
// know: their weights are log odds, so they add. A verdict is confident only
// beyond the bounds of the opinion, and "legitimate" never beside a plain
// danger; everything else a person sees. Each finding is told how much it moved
// the sum.
func Judge(findings []Finding, o Opinion) Judgement {
	all := slices.Clone(findings)
	odds := o.Odds
	for i := range all {
		all[i].Moved = all[i].moves(o)
		if !o.Known[all[i].ID] {
			odds += all[i].Moved
		}
	}
	credit(all, o)
	slices.SortStableFunc(all, heavier)
	j := Judgement{Score: sigmoid(odds), Findings: all, Intent: o.Intent, Asks: o.Asks, Presses: o.Presses}
	j.Verdict, j.Confident = decide(all, j.Score, sigmoid(o.Bulk), o.Bounds)
	j.Reasons = reasons(all, j.Verdict)
	return j
}

func sigmoid(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }

// moves is how much a finding changes the log odds of malice.
func (f Finding) moves(o Opinion) float64 {
	switch {
	case o.Known[f.ID]:
		return o.Shares[f.ID]
	case f.Class == Danger, f.Class == Trust && f.Proof:
		return f.Weight
	}
	return 0 // what anybody can type earns no trust, unless the model learned what it is worth
}

// credit shares what the measures of a group moved among the findings of that
// group that say the same thing, by their weights: "the links do not fit the
// sender" is seen by both.
func credit(all []Finding, o Opinion) {
	sum := map[string]float64{}
	for _, f := range all {
		if moved := o.Groups[f.group()]; f.Weight*moved > 0 {
			sum[f.group()] += math.Abs(f.Weight)
		}
	}
	for i, f := range all {
		if moved := o.Groups[f.group()]; f.Weight*moved > 0 && (f.Class == Danger || f.Class == Trust) {
			all[i].Moved += moved * math.Abs(f.Weight) / sum[f.group()]
		}
	}
}

// group is the first word of a finding's ID: the part of the message it is about.
func (f Finding) group() string {
	group, _, _ := strings.Cut(f.ID, ".")
	return group
}

// heavier sorts what moved the sum most to the front; among equals, what its
// table holds for heavier.
func heavier(a, b Finding) int {
	return cmp.Or(cmp.Compare(math.Abs(b.Moved), math.Abs(a.Moved)), cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)))
}

// decide says what the sum means, and whether we may say so alone.
func decide(all []Finding, score, spam float64, b Bounds) (v Verdict, confident bool) {
	hold, exercised, unwanted := false, false, false
	for _, f := range all {
		hold = hold || f.Hold
		exercised = exercised || f.ID == provedExercise
		unwanted = unwanted || f.ID == decidedSpam
	}
	switch {
	case exercised:
		return Simulation, !hold
	case hold:
		return Unsure, false
	case score >= leaningBad && spam > 0.5 && Unalarming(all):
		return Spam, score >= b.From && spam >= spamFrom && (Evident(all) || bulky(all))
	case score >= leaningBad:
		return Phishing, score >= b.From && Evident(all)
	case score > leaningGood, unwanted:
		return Unsure, false // never "harmless" against what a person decided
	}
	return Legitimate, score <= b.To && Unalarming(all)
}

// Evident reports whether there is a danger that a person can be shown: more
// than the sound of the words, the topic, and what honest advertising does too.
// Without one nothing is called dangerous without a person, however sure the
// model is.
func Evident(all []Finding) bool {
	sum := 0.0
	for _, f := range all {
		if f.Class == Danger && !f.Common && !f.Topic && f.group() != wordsGroup {
			sum += f.Weight
		}
	}
	return sum >= evident
}

// Unalarming reports whether no danger is so plain that it alone keeps us from
// calling a message safe, however sure the model is.
func Unalarming(all []Finding) bool {
	return !slices.ContainsFunc(all, func(f Finding) bool { return f.Class == Danger && f.Weight >= strong })
}

// wordsGroup is the group of what the model makes of the words.
const wordsGroup = "words"

// bulky reports whether something marks a mass mailing.
func bulky(all []Finding) bool {
	return slices.ContainsFunc(all, func(f Finding) bool { return f.Class == Bulk && f.Weight >= noticeable })
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
	case f.Class == Danger && f.Moved < 0:
		return false // here it did not speak for danger
	}
	return f.Place.Spot != InWhole && !hiddenFields[f.Place.Name]
}

// hiddenFields are header fields that mail programs do not show.
//
//nolint:gochecknoglobals // a constant table
var hiddenFields = map[string]bool{"Message-ID": true, "Return-Path": true, "Received": true, "Precedence": true}
