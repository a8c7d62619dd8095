package desk

import (
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/verdict"
)

// TestHeed: what a person decided before stands alone only on the very same
// bytes, and "phishing" on the same letter with the same dangers. Otherwise it
// at most keeps the product from contradicting it.
func TestHeed(t *testing.T) {
	t.Parallel()
	twin, like := similar.Likeness{Score: 1, Same: true, Twin: true}, similar.Likeness{Score: 0.9, Same: true}
	for name, c := range map[string]struct {
		before    ruling
		verdict   verdict.Verdict // what comes of a message that the product is sure is legitimate
		confident bool
	}{
		"nothing":                     {ruling{}, verdict.Legitimate, true},
		"the same bytes":              {ruling{Ruling: cases.Ruling{Verdict: verdict.Spam, Same: true}}, verdict.Spam, true},
		"the same letter":             {ruling{Ruling: cases.Ruling{Verdict: verdict.Phishing}, like: twin, danger: true}, verdict.Phishing, true},
		"the same letter, other risk": {ruling{Ruling: cases.Ruling{Verdict: verdict.Phishing}, like: twin}, verdict.Legitimate, false},
		"a like one":                  {ruling{Ruling: cases.Ruling{Verdict: verdict.Phishing}, like: like, danger: true}, verdict.Legitimate, false},
		"milder, the same letter":     {ruling{Ruling: cases.Ruling{Verdict: verdict.Spam}, like: twin, danger: true}, verdict.Legitimate, true},
		"milder, the same sender":     {ruling{Ruling: cases.Ruling{Verdict: verdict.Spam, Sender: true}, like: like}, verdict.Legitimate, false},
		"a like one, the same word":   {ruling{Ruling: cases.Ruling{Verdict: verdict.Legitimate, Sender: true}, like: like}, verdict.Legitimate, true},
	} {
		r := analysis.Result{Judgement: verdict.Judgement{Verdict: verdict.Legitimate, Confident: true}}
		heed(&r, c.before)
		if r.Verdict != c.verdict || r.Confident != c.confident {
			t.Errorf("%s: %s, confident %t", name, r.Verdict, r.Confident)
		}
	}
}
