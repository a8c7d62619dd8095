package domain

import (
	"strings"
	"unicode"
)

// Name is the name that somebody goes by, ready to be compared with hosts.
type Name struct {
	Shown string // a host that the name itself shows, such as "example.org" of "Example.org Support"
	Org   bool   // it speaks for an organisation: an office, a kind of company, or a host stand in it

	all   []string // its words but the little ones, folded
	core  []string // those that tell it from others
	slugs []string // the ways in which it would be written as one label, the fullest first
	short string   // its initials, "" when there are fewer than two
}

// mostName limits how much of a name is read, in bytes.
const mostName = 200

// ReadName reads a display name. What stands after "via" is who sends it.
func ReadName(raw string) Name {
	if len(raw) > mostName {
		raw = raw[:mostName]
	}
	lower := strings.ToLower(raw)
	if _, after, found := strings.Cut(lower, " via "); found {
		raw, lower = raw[len(raw)-min(len(after), len(raw)):], after
	}
	n := Name{Org: camel(raw)}
	for field := range strings.FieldsSeq(raw) {
		if host := shownHost(field); host != "" {
			n.Shown, n.Org = host, true
			break
		}
	}
	n.take(split(lower))
	if len(without(n.all, words().offices)) == 0 {
		return Name{Org: n.Org} // an office of anybody
	}
	return n
}

// shownHost gives the host that a word of a name is, "" when it is none: not
// the initial and surname of "R.Hughes".
func shownHost(word string) string {
	word = strings.Trim(word, "()[]<>,;:\"'|-–.")
	host := strings.ToLower(word)
	if strings.Contains(word, "@") || !ascii(word) || !Real(host) || len(Label(host)) < 2 {
		return ""
	}
	if end := word[strings.LastIndexByte(word, '.')+1:]; end != strings.ToLower(end) && word != strings.ToUpper(word) {
		return ""
	}
	return host
}

// NameOf takes the name of a host's owner from its registrable domain.
func NameOf(host string) Name {
	if host == "" || IP(host) {
		return Name{}
	}
	n := Name{Shown: Org(host), Org: true}
	n.take(nil)
	return n
}

// Empty reports whether nothing is left that tells it from others.
func (n Name) Empty() bool { return len(n.core) == 0 }

// Single reports whether the name is one word.
func (n Name) Single() bool { return len(n.all) == 1 }

func (n *Name) take(said []string) {
	l := words()
	if n.Shown != "" {
		said = split(Label(Unicode(n.Shown)))
	}
	initials := make([]byte, 0, len(said))
	for _, w := range said {
		initials = append(initials, w[0])
		n.Org = n.Org || l.kinds[w] || l.offices[w]
		if !l.little[w] {
			n.all = append(n.all, w)
		}
	}
	n.core = without(n.all, l.offices, l.kinds)
	if len(n.core) == 0 {
		n.core = without(n.all, l.offices)
	}
	if len(n.core) == 0 {
		n.core = n.all
	}
	n.slugs = distinct(strings.Join(said, ""), strings.Join(unled(said, l.little), ""), strings.Join(n.all, ""), strings.Join(without(n.all, l.offices), ""), strings.Join(n.core, ""))
	if len(said) >= 2 {
		n.short = string(initials)
	}
}

// unled leaves out the little words that a name begins with: an article.
func unled(list []string, little map[string]bool) []string {
	for len(list) > 0 && little[list[0]] {
		list = list[1:]
	}
	return list
}

func without(list []string, sets ...map[string]bool) []string {
	var out []string
next:
	for _, w := range list {
		for _, set := range sets {
			if set[w] {
				continue next
			}
		}
		out = append(out, w)
	}
	return out
}

func distinct(list ...string) []string {
	var out []string
next:
	for _, s := range list {
		for _, had := range out {
			if had == s {
				continue next
			}
		}
		if len(s) >= 2 {
			out = append(out, s)
		}
	}
	return out
}

// split gives the words of a text in plain lower-case letters and digits.
func split(text string) []string {
	return strings.FieldsFunc(flatten(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// flatten writes text in plain lower-case Latin letters where it can.
func flatten(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch r {
		case 'ß':
			b.WriteString("ss")
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		default:
			b.WriteRune(unicode.ToLower(Latin(r)))
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// camel reports whether a word changes from small to capital letters inside,
// as trade names do and persons' names hardly.
func camel(name string) bool {
	small := 0
	for _, r := range name {
		switch {
		case unicode.IsLower(r):
			small++
		case unicode.IsUpper(r) && small >= 3:
			return true
		default:
			small = 0
		}
	}
	return false
}
