package analysis_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/i18n"
)

// jargon is what a reporter's sentence may not hold.
var jargon = regexp.MustCompile(`(?i)\b(spf|dkim|dmarc|arc|url|uri|html|header|en-tête|domain|domaine|spoof\w*|payload|hash|macro|script|phish\w*|hameçonnage|mime|ip|host|hôte|simply|just|only a|juste|simplement|il suffit)\b`)

var placeholder = regexp.MustCompile(`\{\w+\}`)

func TestEveryFindingIsSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(sentences.Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		for _, id := range analysis.IDs() {
			for _, reader := range []string{"expert", "reporter"} {
				if !c.Has(lang, sentences.Key(id, reader)) {
					t.Errorf("%s: no sentence for the %s of %s", lang, reader, id)
				}
			}
			said := placeholder.ReplaceAllString(c.T(lang, sentences.Key(id, "reporter"), nil), "X")
			if word := jargon.FindString(said); word != "" {
				t.Errorf("%s %s: %q is jargon or belittles: %s", lang, id, word, said)
			}
			if n := len(strings.Fields(said)); n > 20 {
				t.Errorf("%s %s: %d words, at most 20: %s", lang, id, n, said)
			}
		}
	}
}

// TestNoSentenceIsLeftOver makes sure that sentences go when their finding goes.
func TestNoSentenceIsLeftOver(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(sentences.Locale())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, id := range analysis.IDs() {
		known[sentences.Key(id, "expert")], known[sentences.Key(id, "reporter")] = true, true
	}
	m, err := model.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, intent := range m.Intents {
		known["intent."+intent] = true
	}
	for _, demand := range m.Demands {
		known["asks."+demand] = true
	}
	known["words.presses"] = true
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			if !known[key] {
				t.Errorf("%s: %s belongs to no finding and no aim", lang, key)
			}
		}
	}
}
