package view

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

// Fold reduces text to what phrases are compared with: lower-case words without
// accents, one space between them and one at each end. Characters without width
// vanish, and a word that mixes Latin with letters that only look Latin becomes
// the Latin word that a person reads.
func Fold(parts ...string) string {
	f := folder{}
	f.fold(parts)
	return f.b.String()
}

// span says where a folded word stands in the text it was folded from.
type span struct{ folded, part, from, to int32 }

// Folded is folded text that still knows where its words came from.
type Folded struct {
	Words string
	parts []string
	spans []span
}

// FoldKeeping folds like Fold and keeps where each word stands.
func FoldKeeping(parts ...string) Folded {
	f := folder{keep: true}
	f.spans = make([]span, 0, 8+size(parts)/5)
	f.fold(parts)
	return Folded{Words: f.b.String(), parts: parts, spans: f.spans}
}

// Original gives the run of the text that became the folded words from..to.
func (f Folded) Original(from, to int) string {
	first := sort.Search(len(f.spans), func(i int) bool { return int(f.spans[i].folded) > from }) - 1
	last := sort.Search(len(f.spans), func(i int) bool { return int(f.spans[i].folded) >= to }) - 1
	if first < 0 || last < first {
		return ""
	}
	a, b := f.spans[first], f.spans[last]
	if a.part != b.part {
		b = a
	}
	return strings.Join(strings.Fields(f.parts[a.part][a.from:b.to]), " ")
}

// Body is where the second part begins in the folded text, by the space before
// its first word: what comes before is the subject.
func (f Folded) Body() int {
	i := sort.Search(len(f.spans), func(i int) bool { return f.spans[i].part > 0 })
	if i == len(f.spans) {
		return len(f.Words)
	}
	return int(f.spans[i].folded) - 1
}

func (f *folder) fold(parts []string) {
	f.b.Grow(size(parts) + 2)
	f.b.WriteByte(' ')
	for i, part := range parts {
		f.part = i
		f.text(part)
	}
}

// text folds one part. Nearly all words are plain ASCII and are copied; the
// others go letter by letter.
func (f *folder) text(part string) {
	for at := 0; at < len(part); {
		if len(f.word) == 0 {
			end, kinds := at, byte(0)
			for end < len(part) && plainest[part[end]] != 0 {
				kinds |= plainest[part[end]]
				end++
			}
			if end > at && (end == len(part) || part[end] < utf8.RuneSelf) {
				f.copyWord(part[at:end], at, kinds&capital != 0)
				at = end
				continue
			}
			if end == at && part[at] < utf8.RuneSelf { // between words
				at++
				continue
			}
		}
		r, width := utf8.DecodeRuneInString(part[at:])
		f.at = at
		f.add(r)
		at += width
	}
	f.at = len(part)
	f.endWord()
}

// copyWord adds a word of ASCII letters and digits that begins at from.
func (f *folder) copyWord(word string, from int, capitals bool) {
	if f.keep {
		f.stands(from, from+len(word))
	}
	if !capitals {
		f.b.WriteString(word)
		f.b.WriteByte(' ')
		return
	}
	for i := range len(word) {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		f.b.WriteByte(c)
	}
	f.b.WriteByte(' ')
}

// stands notes where the next word stands. Texts are far shorter than 2 GiB.
func (f *folder) stands(from, to int) {
	f.spans = append(f.spans, span{int32(f.b.Len()), int32(f.part), int32(from), int32(to)})
}

// plainest tells the letters and digits of ASCII, and which are capitals.
//
//nolint:gochecknoglobals // a constant table
var plainest = func() (table [256]byte) {
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		table[c] = small
	}
	for c := 'A'; c <= 'Z'; c++ {
		table[c] = capital
	}
	return table
}()

// The kinds of plain letters; digits are small.
const (
	small   = 1
	capital = 2
)

func size(parts []string) (n int) {
	for _, p := range parts {
		n += len(p) + 1
	}
	return n
}

// folder collects one word at a time, because whether a letter is disguised
// depends on its neighbours.
type folder struct {
	b            strings.Builder
	word         []rune
	latin, alien bool
	keep         bool
	part, at     int // where the walk stands
	from         int // where the word began
	spans        []span
}

func (f *folder) add(r rune) {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		f.latin = f.latin || r >= 'a'
		f.word = append(f.word, r)
	case r >= 'A' && r <= 'Z':
		f.latin = true
		f.word = append(f.word, r+'a'-'A')
	case r < utf8.RuneSelf:
		f.endWord()
		return
	case ZeroWidth(r) || unicode.Is(unicode.Mn, r):
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		f.addForeign(r)
	default:
		f.endWord()
		return
	}
	if len(f.word) == 1 {
		f.from = f.at
	}
}

func (f *folder) addForeign(r rune) {
	if base := plain(r); base != "" {
		f.latin = true
		f.word = append(f.word, []rune(base)...)
		return
	}
	f.alien = true
	f.word = append(f.word, unicode.ToLower(r))
}

func (f *folder) endWord() {
	if len(f.word) == 0 {
		return
	}
	if f.keep {
		f.stands(min(f.from, f.at), f.at)
	}
	for _, r := range f.word {
		if f.alien && (f.latin || r >= 0x1D400) {
			r = unicode.ToLower(domain.Latin(r))
		}
		f.b.WriteRune(r)
	}
	f.b.WriteByte(' ')
	f.word, f.latin, f.alien = f.word[:0], false, false
}

// ZeroWidth reports whether a character takes no room on the screen.
func ZeroWidth(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r == 0xAD || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r == 0x034F || r == 0x180E
}

// plain gives the unaccented lower-case letters of a Latin letter, "" for other scripts.
func plain(r rune) string {
	if base, ok := ligatures[r]; ok {
		return base
	}
	if r < 0xC0 || r > 0x1EFF {
		return ""
	}
	return bases()[r]
}

//nolint:gochecknoglobals // a constant table
var ligatures = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'ı': "i", 'đ': "d", 'Đ': "d",
}

// bases holds, for each accented Latin letter, the letter under the accents.
//
//nolint:gochecknoglobals // a constant table, built once
var bases = sync.OnceValue(func() *[0x1F00]string {
	var out [0x1F00]string
	for r := rune(0xC0); r < 0x1F00; r++ {
		if r > 0x24F && r < 0x1E00 {
			continue
		}
		if base := norm.NFD.String(string(r))[0]; base < utf8.RuneSelf {
			out[r] = string(base | 0x20)
		}
	}
	return &out
})

// Around is what stands around a word in the text it was folded from.
type Around struct {
	Part          int  // which of the folded texts
	Before, After byte // the bytes beside the word, 0 at an end of the text
}

// Each goes through the words in order with what stands around each, until
// yield says false.
func (f Folded) Each(yield func(word string, around Around) bool) {
	for i, s := range f.spans {
		end := len(f.Words)
		if i+1 < len(f.spans) {
			end = int(f.spans[i+1].folded)
		}
		text, a := f.parts[s.part], Around{Part: int(s.part)}
		if s.from > 0 {
			a.Before = text[s.from-1]
		}
		if int(s.to) < len(text) {
			a.After = text[s.to]
		}
		if !yield(f.Words[s.folded:end-1], a) {
			return
		}
	}
}
