package view

import (
	"strings"
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
	f.b.Grow(size(parts) + 2)
	f.b.WriteByte(' ')
	for _, part := range parts {
		for _, r := range part {
			f.add(r)
		}
		f.endWord()
	}
	return f.b.String()
}

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
	case ZeroWidth(r) || unicode.Is(unicode.Mn, r):
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		f.addForeign(r)
	default:
		f.endWord()
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
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'ı':
		return "i"
	case 'đ', 'Đ':
		return "d"
	}
	if r < 0xC0 || r > 0x24F && (r < 0x1E00 || r > 0x1EFF) {
		return ""
	}
	var in [4]byte
	out := norm.NFD.Bytes(in[:utf8.EncodeRune(in[:], r)])
	if len(out) == 0 || out[0] >= utf8.RuneSelf {
		return ""
	}
	return string(out[0] | 0x20)
}
