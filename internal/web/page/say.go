package page

import (
	"strings"

	"github.com/bienvu/bienvu/internal/verdict"
)

// subject is what a message calls itself, harmless, or "(no subject)".
func subject(f Frame, s string) string {
	if s = strings.TrimSpace(brief(s)); s == "" {
		return f.T("no-subject")
	}
	return s
}

// mineKey says what became of one's own report.
func mineKey(r Report) string {
	switch {
	case r.Verdict.Valid() && r.Verdict != verdict.Unsure:
		return string(r.Verdict)
	case r.Question:
		return "question"
	}
	return "unsure"
}

// effectOf says what a report changed for others, "" when it changed nothing
// that can be told.
func effectOf(f Frame, r Report) string {
	if r.Verdict != verdict.Phishing {
		return ""
	}
	e := r.Effect
	switch {
	case e.Removed > 0:
		return f.T("effect.removed", "n", e.Removed)
	case e.First && e.Protected > 0:
		return f.T("effect.first-protected", "n", e.Protected)
	case e.Protected > 0:
		return f.T("effect.protected", "n", e.Protected)
	case e.First:
		return f.T("effect.first")
	}
	return ""
}

// Sureness says in words how sure a verdict is, by the probability that the
// message is not genuine.
func (f Frame) Sureness(v verdict.Verdict, score float64) string {
	sure := score
	switch v {
	case verdict.Phishing, verdict.Spam:
	case verdict.Legitimate:
		sure = 1 - score
	case verdict.Simulation:
		sure = 1 // proved, or it would not be called one
	case verdict.Unsure:
		return f.T("sure.open")
	}
	switch {
	case sure >= 0.98:
		return f.T("sure.almost")
	case sure >= 0.9:
		return f.T("sure.very")
	case sure >= 0.7:
		return f.T("sure.rather")
	}
	return f.T("sure.open")
}

// The log odds from which a finding moved much, and clearly.
const (
	movedMuch    = 1.5
	movedClearly = 0.5
)

// weigh says in words what a finding did: how strongly, and for which side.
func weigh(f Frame, r Reason) string {
	switch r.Class {
	case verdict.Bulk, verdict.Exercise, verdict.Neutral:
		return f.T("weight." + string(r.Class))
	case verdict.Danger, verdict.Trust:
	}
	side, w := "danger", r.Moved
	if w < 0 {
		side, w = "trust", -w
	}
	switch {
	case w == 0:
		return f.T("weight.none")
	case w >= movedMuch:
		return f.T("weight." + side + ".strong")
	case w >= movedClearly:
		return f.T("weight." + side + ".clear")
	}
	return f.T("weight." + side + ".faint")
}

// verdictWord says a verdict, or that nobody has one yet.
func verdictWord(f Frame, v verdict.Verdict) string {
	if !v.Valid() {
		return f.T("verdict.none")
	}
	return f.T("verdict." + string(v))
}

// acted says what a person did, in their own order.
func acted(f Frame, acts []Act) string {
	said := make([]string, len(acts))
	for i, a := range acts {
		said[i] = f.T("acted." + string(a))
	}
	return strings.Join(said, ", ")
}
