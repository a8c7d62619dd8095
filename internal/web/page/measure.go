package page

import (
	"math"
	"strconv"

	"github.com/bienvu/bienvu/internal/verdict"
)

// The line of a probability is drawn in log odds: a hundredth means much near
// its ends and little in the middle. Beyond scaleEnd nothing is told apart.
const (
	scaleEnd   = 7.0 // log odds: 99.9 %
	scaleWidth = 300.0
	scaleEdge  = 8.0
)

// onScale is where a probability stands on the line.
func onScale(p float64) float64 {
	p = min(max(p, 0), 1) // thresholds that nothing reaches lie beyond
	at := min(max(math.Log(p/(1-p))/scaleEnd, -1), 1)
	return scaleWidth/2 + at*(scaleWidth/2-scaleEdge)
}

// zones part the line: safe up to one threshold, a person between, dangerous
// from the other.
type zones struct{ Left, Safe, Danger, Right float64 }

func zonesOf(e Evidence) (zones, bool) {
	if e.From <= 0 || e.From < e.To {
		return zones{}, false
	}
	return zones{scaleEdge, onScale(e.To), onScale(e.From), scaleWidth - scaleEdge}, true
}

// ticks is the path of the two thresholds.
func (z zones) ticks() string { return "M" + px(z.Safe) + " 5v16M" + px(z.Danger) + " 5v16" }

// scaleTitle says the line in a sentence.
func scaleTitle(f Frame, e Evidence) string { return f.T("evidence.scale", "share", f.Chance(e.Score)) }

// Chance writes a probability. Nothing is certain, so it is never 0 or 100 %.
func (f Frame) Chance(p float64) string {
	return f.T("share", "percent", strconv.Itoa(min(max(int(math.Round(100*p)), 1), 99)))
}

// doubt says why a person looks: the probability lies between the thresholds, or
// what can be shown falls short of what the probability says.
func doubt(f Frame, e Evidence) string {
	switch {
	case e.From > 0 && e.Score >= e.From && (e.Verdict == verdict.Phishing || e.Verdict == verdict.Spam):
		return f.T("evidence.person-danger")
	case e.From > 0 && e.Score <= e.To && e.Verdict == verdict.Legitimate:
		return f.T("evidence.person-safe")
	}
	return f.T("evidence.person")
}

// barHalf is the room that a bar has on its side.
const barHalf = 32.0

// mostMoved is the most that one of the findings moved.
func mostMoved(all []Reason) float64 {
	most := 0.0
	for _, r := range all {
		most = max(most, math.Abs(r.Moved))
	}
	return most
}

// barOf lays out the bar of what a finding moved, where the most is known; the
// side is "" where nothing moved.
func barOf(moved, most float64) (x, width float64, side string) {
	if moved == 0 || most == 0 {
		return 0, 0, ""
	}
	width = max(barHalf*math.Abs(moved)/most, 1.5)
	if moved > 0 {
		return barHalf, width, "danger"
	}
	return barHalf - width, width, "trust"
}
