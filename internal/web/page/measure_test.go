package page

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/verdict"
)

func TestTheScaleKeepsItsOrderAndItsEdges(t *testing.T) {
	t.Parallel()
	last := 0.0
	for _, p := range []float64{0, 1e-9, 0.01, 0.1, 0.5, 0.86, 0.99, 1} {
		at := onScale(p)
		if at < last || at < scaleEdge || at > scaleWidth-scaleEdge {
			t.Errorf("%v stands at %v after %v", p, at, last)
		}
		last = at
	}
	if onScale(0.5) != scaleWidth/2 {
		t.Errorf("even odds stand at %v", onScale(0.5))
	}
	if _, ok := zonesOf(Evidence{}); ok {
		t.Error("zones without thresholds")
	}
	if z, ok := zonesOf(Evidence{From: 2, To: -1}); !ok || z.Danger != z.Right || z.Safe != z.Left {
		t.Errorf("where nothing is answered alone, a person looks all along the line: %+v", z)
	}
}

func TestBarsPointToTheirSide(t *testing.T) {
	t.Parallel()
	for moved, want := range map[float64]string{0: "", 2: "danger", -2: "trust", 1e-9: "danger"} {
		x, w, side := barOf(moved, 2)
		if side != want || side != "" && (w <= 0 || x < 0 || x+w > 2*barHalf) {
			t.Errorf("%v: %v wide at %v, %q", moved, w, x, side)
		}
	}
	if most := mostMoved([]Reason{{Moved: 1}, {Moved: -3}}); most != 3 {
		t.Errorf("the most is %v", most)
	}
}

// The page does not call "not sure enough" what its own line shows as sure.
func TestWhyAPersonLooks(t *testing.T) {
	t.Parallel()
	f := frame(t, "en", nil)
	at := func(v verdict.Verdict, score float64) string {
		return doubt(f, Evidence{Verdict: v, Score: score, From: 0.9, To: 0.1})
	}
	plain, danger, safe := f.T("evidence.person"), f.T("evidence.person-danger"), f.T("evidence.person-safe")
	for _, c := range [][2]string{
		{at(verdict.Phishing, 0.8), plain}, {at(verdict.Legitimate, 0.2), plain}, {at(verdict.Unsure, 0.99), plain},
		{at(verdict.Spam, 0.95), danger}, {at(verdict.Legitimate, 0.05), safe},
		{doubt(f, Evidence{Score: 1, Verdict: verdict.Phishing}), plain},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, not %q", c[0], c[1])
		}
	}
	if at(verdict.Phishing, 0.9) != danger || at(verdict.Legitimate, 0.1) != safe {
		t.Error("a threshold itself is enough")
	}
}

// A quote is cut at its end, and letters without width stand in the text or in
// the quote: it is found all the same.
func TestQuotesAreFoundInWhatAPersonReads(t *testing.T) {
	t.Parallel()
	for text, quote := range map[string]string{
		"Your account will be closed":     "your account will…",
		"ver\u200bify your acc\u00adount": "verify  your account",
		"verify your account":             "ver\u200bify your acc\u00adount",
	} {
		out, _ := Segments(text, []Mark{{Pin: 1, Quote: quote}}, 1000)
		marked := ""
		for _, s := range out {
			if len(s.Pins) > 0 {
				marked += s.Text
			}
		}
		if marked == "" || !Stands(text, quote) {
			t.Errorf("%q is not found in %q", quote, text)
		}
	}
	if Stands("a text", "another") || Stands("a text", " ") {
		t.Error("found what is not there")
	}
}

// Overlapping marks share the words between them.
func TestMarksMayOverlap(t *testing.T) {
	t.Parallel()
	out, _ := Segments("pay now or lose it", []Mark{{1, "pay now or"}, {2, "now or lose"}}, 100)
	var said []string
	for _, s := range out {
		said = append(said, s.Text+"/"+pinned("", s.Pins))
	}
	if got := strings.Join(said, "|"); got != "pay /1|now or/1 2| lose/2| it/" {
		t.Error(got)
	}
}
