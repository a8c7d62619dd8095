package view_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/view"
)

// Words of plain ASCII and others, side by side in every way, with where each
// stands in the text.
func TestFoldKeepsWhereWordsStand(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                 " ",
		"Abc—DEF 9x":       " abc def 9x ",
		"été Ab":           " ete ab ",
		"Abé":              " abe ",
		"ab\u200bc d":      " abc d ",
		"\u200babc, é.":    " abc e ",
		"a\xffb":           " a b ",
		"straße x":         " strasse x ",
		"pаypal (Cyrillic": " paypal cyrillic ",
	} {
		if got := view.Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
		kept := view.FoldKeeping("Subject", text, "end")
		if want := " subject" + want + "end "; kept.Words != want {
			t.Errorf("%q folds to %q, want %q", text, kept.Words, want)
		}
		n := 0
		for word, around := range kept.Each {
			if n++; around.Part == 1 && word == "def" && (around.After != ' ' || kept.Original(13, 16) != "DEF") {
				t.Errorf("%q: %+v, %q", text, around, kept.Original(13, 16))
			}
		}
	}
}
