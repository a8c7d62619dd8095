package phrase

import "strings"

// starts holds the first three letters of all phrases, the space after a short
// word counted: most words of a text begin no phrase, and are passed over.
type starts struct {
	seen  [letters*letters*letters/64 + 1]uint64
	every bool // there is a phrase that is not known by its first letters
}

// add notes a phrase, which begins with the space before its first word.
func (s *starts) add(phrase string) {
	if key, ok := key(strings.TrimPrefix(phrase, " ")); ok && phrase[0] == ' ' {
		s.seen[key/64] |= 1 << (key % 64)
		return
	}
	s.every = true
}

// none reports whether no phrase begins with the words of text.
func (s *starts) none(text string) bool {
	key, ok := key(text)
	return ok && !s.every && s.seen[key/64]&(1<<(key%64)) == 0
}

func key(text string) (int, bool) {
	if len(text) < 3 {
		return 0, false
	}
	a, b, c := int(index[text[0]]), int(index[text[1]]), int(index[text[2]])
	return (a*letters+b)*letters + c, a|b|c >= 0
}
