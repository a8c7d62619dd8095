package phrase

import "strings"

// starts holds how phrases begin: their first three letters, and their first
// words. Most words of a text begin no phrase, and are passed over; the rest of
// the memory is far too large to be asked about each of them. It may say too
// often that a phrase begins, and never too seldom.
type starts struct {
	three triples
	cut   triples // of the phrases that may end within their first word
	alone marks   // words that are a phrase, or that one goes on after within the next
	first marks   // words that begin phrases of more words
	pairs marks   // first words of those, with the second
	every bool    // there is a phrase that is not known by its first letters
}

// add notes a phrase, which begins with the space before its first word.
func (s *starts) add(phrase string) {
	bare, ok := strings.CutPrefix(phrase, " ")
	if !ok || !s.three.add(bare) {
		s.every = true
		return
	}
	one, size := word(bare)
	if size == len(bare) { // no space ends it
		s.cut.add(bare)
		return
	}
	rest := bare[size+1:]
	if two, size := word(rest); size < len(rest) {
		s.first.add(one)
		s.pairs.add(pair(one, two))
		return
	}
	s.alone.add(one)
}

// none reports whether no phrase begins with the words of text, and how long
// the first word is.
func (s *starts) none(text string) (size int, none bool) {
	if s.every {
		return 0, false
	}
	if s.three.none(text) {
		size = strings.IndexByte(text, ' ')
		return size, size >= 0
	}
	one, size := word(text)
	if size == len(text) || s.alone.has(one) || !s.cut.none(text) {
		return size, false
	}
	if s.first.has(one) {
		two, _ := word(text[size+1:])
		return size, !s.pairs.has(pair(one, two))
	}
	return size, true
}

// word hashes the word that text begins with (FNV-1a) and gives its length.
func word(text string) (h uint32, size int) {
	h = 2166136261
	for size < len(text) && text[size] != ' ' {
		h = (h ^ uint32(text[size])) * 16777619
		size++
	}
	return h, size
}

func pair(one, two uint32) uint32 { return one*31 + two }

// marks is a set of hashes, of which some are taken for others.
type marks [1 << 16 / 64]uint64

func (m *marks) add(h uint32) {
	h ^= h >> 16
	m[h&0xffff>>6] |= 1 << (h & 63)
}

func (m *marks) has(h uint32) bool {
	h ^= h >> 16
	return m[h&0xffff>>6]&(1<<(h&63)) != 0
}

// triples is a set of three letters each, the space after a short word counted.
type triples [letters*letters*letters/64 + 1]uint64

// add is false for a text that has no three letters of the alphabet.
func (t *triples) add(text string) bool {
	key, ok := key(text)
	if ok {
		t[key/64] |= 1 << (key % 64)
	}
	return ok
}

func (t *triples) none(text string) bool {
	key, ok := key(text)
	return ok && t[key/64]&(1<<(key%64)) == 0
}

func key(text string) (int, bool) {
	if len(text) < 3 {
		return 0, false
	}
	a, b, c := int(index[text[0]]), int(index[text[1]]), int(index[text[2]])
	return (a*letters+b)*letters + c, a|b|c >= 0
}
