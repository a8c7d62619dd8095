package language

import "testing"

// Every word of the lists is found with its languages, whatever its neighbours
// in the table, and a word that only looks like one is not.
func TestLexiconKnowsItsWords(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"the": "en", "vous": "fr", "und": "de", "hesabiniz": "tr", "ktere": "cs"} {
		found, mark, rest := next(" " + word + " next ")
		if found != word || rest != " next " {
			t.Errorf("%q is read as %q, %q", word, found, rest)
		}
		for i, lang := range order {
			if has := words.of(word, mark)>>i&1 == 1; has != (lang == want) {
				t.Errorf("%q is of %s: %v", word, lang, has)
			}
		}
		if _, mark, _ := next(word + "q"); words.of(word+"q", mark) != 0 {
			t.Errorf("%qq is known", word)
		}
	}
	if word, _, rest := next("  "); word != "" || rest != "" {
		t.Errorf("nothing is read as %q, %q", word, rest)
	}
}

func BenchmarkOf(b *testing.B) {
	text := ""
	for range 50 {
		text += " please find the invoice of this month in the file that we sent you "
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Of(text, "") != "en" {
			b.Fatal("it is English")
		}
	}
}
