package mail

import (
	"strings"
	"unicode"
)

// invisible reports whether a character has neither width nor ink.
func invisible(c rune) bool {
	switch c {
	case 0x00ad, 0x034f, 0x061c, 0x180e, 0x200b, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xfeff:
		return true
	}
	return joiner(c)
}

// joiner reports whether a character is one of those that some scripts and
// emoji need between letters: joiners and direction marks. Between the letters
// of ours they are tricks.
func joiner(c rune) bool { return c >= 0x200c && c <= 0x200f }

// dropInvisible removes characters that cannot be seen, and counts the places
// inside words where they stood: only deceit puts them there. The soft hyphen
// is not counted, since some languages break long words with it.
func dropInvisible(s string) (string, int) {
	if !mayHoldInvisible(s) {
		return s, 0
	}
	var b strings.Builder
	b.Grow(len(s))
	count := 0
	last, keep, odd := ' ', rune(0), false
	for _, c := range s {
		if invisible(c) {
			odd = odd || c != 0x00ad
			if joiner(c) {
				keep = c
			}
			continue
		}
		switch {
		case odd && ourLetter(last) && ourLetter(c):
			count++
		case keep != 0 && foreign(last) && foreign(c):
			b.WriteRune(keep)
		}
		keep, odd = 0, false
		b.WriteRune(c)
		last = c
	}
	return b.String(), count
}

// ourLetter is a letter of the scripts whose words have nothing to join:
// Latin, Greek, Cyrillic.
func ourLetter(c rune) bool { return c < 0x0530 && unicode.IsLetter(c) }

// foreign is what may need a joiner: letters of other scripts, and emoji.
func foreign(c rune) bool { return c >= 0x0530 && !unicode.IsSpace(c) }

// mayHoldInvisible is the quick look: the first bytes of those characters.
func mayHoldInvisible(s string) bool {
	for i := 0; i < len(s); i++ {
		for i+8 <= len(s) && (s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7])&0x80 == 0 {
			i += 8
		}
		if i == len(s) {
			break
		}
		switch s[i] {
		case 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xef:
			return true
		}
	}
	return false
}
