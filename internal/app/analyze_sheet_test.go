package app

import (
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Where the probability would do, the page does not say that it falls short.
func TestUnshown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		j    verdict.Judgement
		want bool
	}{
		{verdict.Judgement{Verdict: verdict.Phishing, Score: 0.9999}, true},
		{verdict.Judgement{Verdict: verdict.Legitimate, Score: 0.0001}, true},
		{verdict.Judgement{Verdict: verdict.Phishing, Score: 0.9999, Confident: true}, false},
		{verdict.Judgement{Verdict: verdict.Spam, Score: 0.61}, false},
		{verdict.Judgement{Verdict: verdict.Unsure, Score: 0.9999}, false},
	} {
		if got := unshown(analysis.Result{Judgement: c.j}); got != c.want {
			t.Errorf("%+v: %t", c.j, got)
		}
	}
}
