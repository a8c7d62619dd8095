package desk_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	said "github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/reply"
)

// A reason whose sentence fails the tone check holds the whole answer back:
// none of ours may.
func TestReasonsPassTheToneCheck(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(said.Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		for _, id := range analysis.IDs() {
			sentence := strings.NewReplacer("{", "", "}", "").Replace(words.T(lang, said.Key(id, "reporter"), nil))
			for _, p := range reply.Lint(lang, sentence) {
				t.Errorf("%s %s: %s: %q in %q", lang, id, p.Rule, p.Quote, sentence)
			}
		}
	}
}
