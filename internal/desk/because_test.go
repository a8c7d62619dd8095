package desk_test

import (
	"testing"

	findings "github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// What made a genuine mail look odd is never told as a reason to trust it.
func TestBecause(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(findings.Locale())
	if err != nil {
		t.Fatal(err)
	}
	j := verdict.Judgement{Reasons: []verdict.Finding{{ID: "house.own", Class: verdict.Trust}, {ID: "link.ip", Class: verdict.Danger}}}
	for v, want := range map[verdict.Verdict][2]int{verdict.Legitimate: {1, 1}, verdict.Phishing: {2, 0}} {
		j.Verdict = v
		in := reply.Input{Lang: "en"}
		desk.Because(words, &in, j)
		if got := [2]int{len(in.Reasons), len(in.Doubts)}; got != want {
			t.Errorf("%s: %d reasons and %d doubts, want %v", v, got[0], got[1], want)
		}
	}
}
