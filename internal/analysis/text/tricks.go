package text

import (
	"iter"
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// hiddenEnough is how many hidden letters are more than the line of preview
// text that honest newsletters hide.
const hiddenEnough = 400

// mostTricks limits how much text is searched for tricks, in bytes.
const mostTricks = 256 << 10

// tricks looks for what is hidden between the letters, behind them and below.
func (l *look) tricks() {
	m := l.v.Message
	hidden := l.unseen()
	if letters(hidden) > hiddenEnough {
		l.find("text.hidden", strings.Join(strings.Fields(hidden[:min(len(hidden), 2000)]), " "), nil)
	}
	l.whispers(hidden)
	if gap(m.Plain, m.HTML[:min(len(m.HTML), mostTricks)]) {
		l.find("text.far-below", "", nil)
	}
	shown := m.Subject + "\n" + m.Text
	shown = shown[:min(len(shown), mostTricks)]
	if n, first := spaced(shown); n >= 2 || n == 1 && strings.Contains(m.Subject, first) {
		l.find("text.spaced-words", first, map[string]string{"word": view.Quote(first)})
	}
	if !ascii(m.Subject) || !ascii(m.Plain) || !ascii(l.v.Page.Visible) || !ascii(l.v.From.Name) {
		l.foreign(l.written())
	}
}

// written is the subject and the text as they are written, signs without width
// and all: the text that a person reads no longer holds them.
func (l *look) written() string {
	s := l.v.Message.Subject + "\n" + l.v.Message.Plain + "\n" + l.v.Page.Visible
	return s[:min(len(s), mostTricks)]
}

// foreign looks for tricks with signs beyond ASCII.
func (l *look) foreign(written string) {
	name := l.v.From.Name
	if ascii(written) && ascii(name) {
		return
	}
	split, disguised := scan(written)
	if split >= 2 {
		l.find("text.split-words", "", nil)
	}
	if disguised != "" {
		l.find("text.disguised", disguised, map[string]string{"word": view.Quote(disguised)})
	}
	if word := marked(written); word != "" {
		l.find("text.marked", word, map[string]string{"word": view.Quote(word)})
	}
	if turned(name, written) {
		l.find("text.reversed", "", nil)
	}
	if styled(name)+styled(written) >= 2 {
		l.find("text.styled", "", nil)
	}
}

func ascii(s string) bool {
	return foreignAt(s, 0) == len(s)
}

// foreignAt is where the first byte beyond ASCII stands from i on, the end when
// there is none. Most text has few, so eight are looked at together.
func foreignAt(s string, i int) int {
	for i+8 <= len(s) && (s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7])&0x80 == 0 {
		i += 8
	}
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	return i
}

// foreignWords goes through the words that are not plain ASCII.
func foreignWords(s string) iter.Seq[string] {
	const spaces = " \t\n\v\f\r"
	return func(yield func(string) bool) {
		from := 0
		for at := foreignAt(s, 0); at < len(s); at = foreignAt(s, from) {
			from += strings.LastIndexAny(s[from:at], spaces) + 1
			end := at
			for end < len(s) && strings.IndexByte(spaces, s[end]) < 0 {
				end++
			}
			for word := range strings.FieldsSeq(s[from:end]) {
				if !ascii(word) && !yield(word) {
					return
				}
			}
			from = end
		}
	}
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
	for word := range foreignWords(s) {
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
