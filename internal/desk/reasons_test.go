package desk_test

import (
	"regexp"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	findings "github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/reply"
)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// A reason whose sentence fails the tone check holds the whole answer back:
// none of ours may.
func TestReasonsPassTheToneCheck(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(findings.Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		for _, id := range analysis.IDs() {
			sentence := placeholder.ReplaceAllString(words.T(lang, findings.Key(id, "reporter"), nil), "X")
			for _, p := range reply.Lint(lang, sentence) {
				t.Errorf("%s %s: %s: %q in %q", lang, id, p.Rule, p.Quote, sentence)
			}
		}
	}
}
