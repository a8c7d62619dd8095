package reply

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
)

var (
	schemes  = regexp.MustCompile(`(?i)\b(?:https?|ftps?)(?:\s*:\s*/)`)
	dotted   = regexp.MustCompile(`[\pL\pN][\pL\pN_-]*(?:\.[\pL\pN_-]+)+`)
	foreign  = regexp.MustCompile(`([\w-])[。．｡]([\w-])`) // the full stops that browsers take for dots (UTS 46)
	linkHead = regexp.MustCompile(`(?i)\b(?:(https?|ftps?|mailto|tel|javascript|data|file)(:)|(www)(\.))([^\s<>"])`)
	prefixes = regexp.MustCompile(`(?i)^\s*(?:(?:re|fw|fwd|tr|rép|rv|wg|aw)(?:\[\d+\])?\s*:\s*)+`)
)

// maxSubject keeps what we quote on about one line, in characters.
const maxSubject = 90

// defang makes addresses in text that came from outside unclickable:
// "hxxp" for "http", "[.]" for the dots of a domain, "[:]" after "tel" and
// whatever else the tone check takes for a link: else a subject of somebody's
// choice could keep our answer back.
func defang(s string) string {
	s = foreign.ReplaceAllString(s, "$1[.]$2")
	s = schemes.ReplaceAllStringFunc(s, func(m string) string {
		return strings.Replace(strings.Replace(m, "tt", "xx", 1), "TT", "XX", 1)
	})
	s = dotted.ReplaceAllStringFunc(s, func(m string) string {
		if !looksLikeDomain(m) {
			return m
		}
		return strings.ReplaceAll(m, ".", "[.]")
	})
	for range 2 { // a match takes the first letter of the next
		s = linkHead.ReplaceAllString(s, "$1$3[$2$4]$5")
	}
	return s
}

// looksLikeDomain tells evil.com from document.pdf: by the registry's list,
// and every name kept for examples. Four numbers are an address as well.
func looksLikeDomain(s string) bool {
	s = strings.ToLower(strings.Trim(s, "."))
	last := s[strings.LastIndexByte(s, '.')+1:]
	if last == "" || !strings.Contains(s, ".") {
		return false
	}
	if strings.Trim(s, "0123456789.") == "" {
		return strings.Count(s, ".") == 3
	}
	switch last {
	case "example", "test", "invalid", "onion", "local":
		return true
	}
	suffix, icann := publicsuffix.PublicSuffix(s)
	return icann || strings.Contains(suffix, ".")
}

// quotable is a subject without its prefixes, on one line, unclickable.
func quotable(subject string) string {
	s := defang(prefixes.ReplaceAllString(clean(subject), ""))
	s = strings.NewReplacer("“", "", "”", "", "«", "", "»", "").Replace(s)
	s = clean(s)
	if r := []rune(s); len(r) > maxSubject {
		s = strings.TrimSpace(string(r[:maxSubject])) + "…"
	}
	return s
}
