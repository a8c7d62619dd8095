package text

import (
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// hiddenEnough is how many hidden letters are more than the line of preview
// text that honest newsletters hide.
const hiddenEnough = 400

// tricks looks for what is hidden between the letters.
func (l *look) tricks() {
	if n := letters(l.v.Page.Hidden); n > hiddenEnough {
		l.find("text.hidden", strings.Join(strings.Fields(l.v.Page.Hidden), " "), nil)
	}
	shown := l.v.Message.Subject + "\n" + l.v.Message.Text
	if ascii(shown) {
		return
	}
	split, disguised := scan(shown)
	if split >= 2 {
		l.find("text.split-words", "", nil)
	}
	if disguised != "" {
		l.find("text.disguised", disguised, map[string]string{"word": view.Quote(disguised)})
	}
	if i := strings.IndexRune(shown, '\u202e'); i >= 0 {
		l.find("text.reversed", "", nil)
	}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// scan counts the words that are cut by characters without width, and finds the
// first word that is spelled with letters that only look Latin.
func scan(s string) (split int, disguised string) {
	for word := range strings.FieldsSeq(s) {
		if ascii(word) {
			continue
		}
		if cut(word) {
			split++
		}
		if disguised == "" && len(word) < 100 && strings.Count(word, ".") == 0 && domain.Disguised(word) && letters(word) > 3 {
			disguised = word
		}
	}
	return split, disguised
}

// cut reports whether a character without width stands between two letters of
// the Latin alphabet. Joiners belong to the spelling of other scripts, and the
// soft hyphen to that of German.
func cut(word string) bool {
	before, gap := false, false
	for _, r := range word {
		latin := r < 0x250 && unicode.IsLetter(r)
		if gap && before && latin {
			return true
		}
		if view.ZeroWidth(r) && r != 0xAD {
			gap = true
			continue
		}
		before, gap = latin, false
	}
	return false
}
