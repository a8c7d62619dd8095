package reply_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

const fewestSentences = 120

func sentencesIn(t *testing.T, file string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) < fewestSentences {
		t.Errorf("%s: only %d sentences", file, len(lines))
	}
	return lines
}

func TestEveryBadSentenceIsFlagged(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "fr"} {
		for _, s := range sentencesIn(t, "bad."+lang+".txt") {
			if len(reply.Lint(lang, s)) == 0 {
				t.Errorf("%s: nothing wrong with %q", lang, s)
			}
		}
	}
}

func TestEveryGoodSentencePasses(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "fr"} {
		for _, s := range sentencesIn(t, "good."+lang+".txt") {
			for _, p := range reply.Lint(lang, s) {
				t.Errorf("%s: %s at %q in %q", lang, p.Rule, p.Quote, s)
			}
		}
	}
}

// TestOurOwnSentences holds every sentence of the catalogue to the same rules:
// what advises a colleague must not itself blame or confuse.
func TestOurOwnSentences(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			if strings.HasPrefix(key, "reply.why.") || strings.HasPrefix(key, "reply.fix.") || strings.HasSuffix(key, ".phishing.known") {
				continue // they quote what they warn of, or follow the explanation
			}
			for _, p := range reply.Lint(lang, c.T(lang, key, nil)) {
				t.Errorf("%s %s: %s at %q", lang, key, p.Rule, p.Quote)
			}
		}
	}
}
