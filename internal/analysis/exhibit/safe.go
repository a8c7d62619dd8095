package exhibit

import (
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

// longest is how many characters of a text are shown.
const longest = 90

// Safe makes a foreign text fit to be shown: one short line, without characters
// that steer, hide or reorder, and with no address that works.
func Safe(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text[:min(len(text), 16*longest)], ""))
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = tame(w)
	}
	return shortened(strings.Join(words, " "), longest)
}

// tame defangs a word that could be an address.
func tame(word string) string {
	if strings.Contains(word, "[.]") || !addressLike(word) {
		return word
	}
	return domain.Defang(word)
}

// addressLike reports whether somebody could take a word for an address: it
// holds an @, a scheme, or a dot between letters.
func addressLike(word string) bool {
	if strings.ContainsAny(word, "@") || strings.Contains(word, "://") {
		return true
	}
	runes := []rune(word)
	for i := 1; i+1 < len(runes); i++ {
		if dot := runes[i] == '.' || runes[i] == '。' || runes[i] == '．'; dot && named(runes[i-1]) && named(runes[i+1]) {
			return strings.ContainsFunc(word, unicode.IsLetter)
		}
	}
	return false
}

func named(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// shortened cuts a text to at most n characters.
func shortened(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return strings.TrimRight(string(runes[:n-1]), " ") + "…"
	}
	return text
}
