package reply

import (
	"regexp"
	"strings"
	"unicode"
)

var quotations = regexp.MustCompile(`“[^“”]*”|«[^«»]*»|[^\s“”«»]*\[[.@]\][^\s“”«»]*`)

// citations are the runs of characters in which a text cites the reported
// message: what stands between quotation marks, as in "It pushes you to click:
// “click here”", and addresses made unclickable. These are its sender's
// words, shown as a warning, so how we speak does not bind them; what makes a
// link or an address live does. A run counts only where a reason cites the
// same words: nobody's own words hide between quotation marks.
func citations(text []rune, reasons []string) []span {
	cited := map[string]bool{}
	for _, reason := range reasons {
		for _, q := range quotations.FindAllString(reason, -1) {
			cited[bareWords(q)] = true
		}
	}
	if len(cited) == 0 {
		return nil
	}
	var found []span
	whole := string(text)
	for _, m := range quotations.FindAllStringIndex(whole, -1) {
		if q := whole[m[0]:m[1]]; cited[bareWords(q)] {
			start := len([]rune(whole[:m[0]]))
			found = append(found, span{start, start + len([]rune(q))})
		}
	}
	return found
}

// bareWords are the letters and digits alone: between a reason and its letter
// only spaces and marks change.
func bareWords(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// cited reports whether a run lies in a citation.
func (c *checker) cited(start, end int) bool {
	for _, s := range c.citations {
		if s.start <= start && end <= s.end {
			return true
		}
	}
	return false
}
