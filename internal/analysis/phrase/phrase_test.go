package phrase_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// Phrases are found wherever they stand among words that begin none, those of
// one letter and those that end in the middle of a word, too.
func TestFindPassesOverOtherWords(t *testing.T) {
	t.Parallel()
	const list = "pay now\nto pay\nnow\nheir*\n"
	for _, c := range []struct {
		lists, text string
		want        []string
	}{
		{list, "Pay now", []string{"pay now", "now"}},
		{list, "we ask you to pay now, heirlooms", []string{"to pay", "pay now", "now", "heir"}},
		{list, "pa pay no to topay known", nil},
		{list, "n", nil},
		{list, "pay пять now", []string{"now"}},
		{list + "a b\nx\n", "c a b x", []string{"a b", "x"}},
		{list + "нет\n", "to pay нет", []string{"to pay"}},
	} {
		m, err := phrase.Load(fstest.MapFS{"g.txt": {Data: []byte(c.lists)}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range m.Find(view.Fold(c.text))["g"] {
			got = append(got, h.Phrase)
			if folded := view.Fold(c.text); folded[h.From:h.To] != h.Phrase {
				t.Errorf("%q: %q stands at %q", c.text, h.Phrase, folded[h.From:h.To])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q holds %q, want %q", c.text, got, c.want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	m, err := phrase.Load(fstest.MapFS{"g.txt": {Data: []byte("pay now\nto pay\nyour account is closed\nheir*\nlast chance\n")}})
	if err != nil {
		b.Fatal(err)
	}
	text := ""
	for range 50 {
		text += "your invoice of this month is in the file that we sent to all heirs, please pay it in the next days "
	}
	text = view.Fold(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(m.Find(text)) == 0 {
			b.Fatal("nothing is found")
		}
	}
}
