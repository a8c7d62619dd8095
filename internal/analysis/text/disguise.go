package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spaced counts the words that are written with a sign between all letters, as
// in "v e r i f y" or "p.a.y.m.e.n.t", and gives the first.
func spaced(s string) (n int, first string) {
	for line := range strings.Lines(s) {
		run := 0
		start := 0
		for i := 0; i+1 < len(line); {
			apart := spacer(line[i+1])
			if run == 0 && !apart {
				i++
				continue
			}
			if apart && single(line, i) {
				if run == 0 {
					start = i
				}
				run++
				i += 2
				continue
			}
			if run > 0 && single(line, i) {
				run++
			}
			if run >= leastSpaced {
				if n++; n == 1 {
					first = strings.TrimSpace(line[start:min(i+1, len(line))])
				}
			}
			run = 0
			i++
		}
	}
	return n, first
}

// spacer reports whether a sign stands between the letters of spaced words.
func spacer(c byte) bool { return c == ' ' || c == '.' || c == '-' || c == '_' }

// leastSpaced is how many single letters in a row are more than initials.
const leastSpaced = 5

// single reports whether a small or capital letter stands alone at i.
func single(s string, i int) bool {
	if c := s[i] | 0x20; c < 'a' || c > 'z' {
		return false
	}
	return (i == 0 || !alnum(s[i-1]) && s[i-1] < utf8.RuneSelf) && (i+1 >= len(s) || !alnum(s[i+1]) && s[i+1] < utf8.RuneSelf)
}

// styled counts the words that are written in letters meant for formulas, in
// full-width or in circled letters, where other words are ordinary.
func styled(s string) (n int) {
	for word := range foreignWords(s) {
		odd, wide := 0, false
		for _, r := range word {
			switch {
			case r >= 0x1D400 && r <= 0x1D7FF, r >= 0xFF21 && r <= 0xFF5A, r >= 0x24B6 && r <= 0x24E9, r >= 0x1F110 && r <= 0x1F189:
				odd++
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
				wide = true
			}
		}
		if odd >= 3 && !wide {
			n++
		}
	}
	return n
}

// turned reports whether a sign that turns the direction of writing around
// stands in one of the texts, and no script that needs one in any.
func turned(texts ...string) bool {
	if !slices.ContainsFunc(texts, turns) {
		return false
	}
	for _, s := range texts {
		for _, r := range s {
			if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) {
				return false
			}
		}
	}
	return true
}

// turns reports whether one of the signs U+202D, U+202E, U+2066 and U+2067
// stands in a text. All begin with the same byte.
func turns(s string) bool {
	for {
		at := strings.IndexByte(s, "\u202d"[0])
		if at < 0 || len(s) < at+len("\u202d") {
			return false
		}
		switch s[at : at+len("\u202d")] {
		case "\u202d", "\u202e", "\u2066", "\u2067":
			return true
		}
		s = s[at+1:]
	}
}

// The size of a gap that hides what comes after it, and of what comes.
const (
	gapLines    = 40
	afterTheGap = 200
)

// gap reports whether much text follows after a long empty space: out of sight,
// for filters to read.
func gap(plain, html string) bool {
	if at := emptyLines(plain); at >= 0 && letters(plain[at:]) >= afterTheGap {
		return true
	}
	at := breaks(html)
	return at >= 0 && letters(strip(html[at:])) >= afterTheGap
}

// emptyLines gives where the text goes on after gapLines empty lines, -1 for nowhere.
func emptyLines(text string) int {
	empty, at := 0, 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			empty++
		} else {
			if empty >= gapLines {
				return at
			}
			empty = 0
		}
		at += len(line)
	}
	return -1
}

// breaks gives where the page goes on after gapLines line breaks in a row, -1
// for nowhere.
func breaks(html string) int {
	run, at := 0, 0
	for {
		next := strings.IndexByte(html[at:], '<')
		if next < 0 {
			return -1
		}
		between := html[at : at+next]
		if strings.TrimSpace(strings.ReplaceAll(between, "&nbsp;", "")) != "" {
			if run >= gapLines {
				return at
			}
			run = 0
		}
		at += next
		end := strings.IndexByte(html[at:], '>')
		if end < 0 {
			return -1
		}
		if tag := strings.ToLower(html[at+1 : at+min(end, 4)]); strings.HasPrefix(tag, "br") {
			run++
		}
		at += end + 1
	}
}

// strip leaves the text between the tags.
func strip(html string) string {
	var b strings.Builder
	for html != "" && b.Len() < 4*afterTheGap {
		text, rest, _ := strings.Cut(html, "<")
		b.WriteString(text)
		_, html, _ = strings.Cut(rest, ">")
	}
	return b.String()
}
