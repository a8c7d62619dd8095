package mail

import "strings"

// link keeps one link, within the budget.
func (r *reading) link(l Link) {
	if r.links >= r.budget.Links {
		r.defect("budget.links", "", "more links than we read")
		return
	}
	r.links++
	r.m.Links = append(r.m.Links, l)
}

// textLinks finds the addresses that a client would make clickable in plain
// text: those with a scheme, and those that begin with www.
func (r *reading) textLinks(text string, source LinkSource, part int) {
	for i := 0; i < len(text); {
		length := 0
		switch text[i] | 0x20 {
		case 'h', 'f', 'w':
			if i == 0 || !isAlnum(text[i-1]) {
				length = urlLength(text[i:])
			}
		}
		if length == 0 {
			i++
			continue
		}
		url := text[i : i+length]
		r.link(Link{URL: url, Text: url, Source: source, Part: part})
		i += length
	}
}

// maxURL is as long as any browser takes.
const maxURL = 64 << 10

// urlLength measures the address that s begins with, 0 when there is none.
func urlLength(s string) int {
	start := 0
	for _, prefix := range []string{"http://", "https://", "ftp://", "www."} {
		if hasFold(s, prefix) {
			start = len(prefix)
		}
	}
	if start == 0 {
		return 0
	}
	end := start
	for end < len(s) && end < maxURL && !endsURL(s[end]) {
		end++
	}
	end = start + len(trimURL(s[start:end]))
	if end-start < 2 {
		return 0
	}
	return end
}

func endsURL(c byte) bool {
	return c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f || c == '`' || c == '|'
}

// trimURL removes what belongs to the sentence around: closing punctuation,
// and a closing bracket that nothing in the address opens.
func trimURL(s string) string {
	s = endAtSpace(s)
	var extra [3]int // closing brackets that nothing opens
	for kind, pair := range [3]string{"()", "[]", "{}"} {
		extra[kind] = strings.Count(s, pair[1:]) - strings.Count(s, pair[:1])
	}
	for s != "" {
		last := s[len(s)-1]
		kind := strings.IndexByte(")]}", last)
		if kind >= 0 && extra[kind] <= 0 || kind < 0 && strings.IndexByte(".,;:!?'*_~", last) < 0 {
			return s
		}
		if kind >= 0 {
			extra[kind]--
		}
		s = s[:len(s)-1]
	}
	return s
}

// endAtSpace ends an address at the spaces and closing quotes that are more
// than a byte long.
func endAtSpace(s string) string {
	for _, space := range []string{"\u00a0", "\u3000", "\u202f", "\u00bb", "\u201d", "\u2019"} {
		if cut := strings.Index(s, space); cut >= 0 {
			s = s[:cut]
		}
	}
	return s
}

// calendar finds the links of an iCalendar text (RFC 5545): its lines are
// folded, and line ends inside a value are written \n.
func (r *reading) calendar(text string, part int) {
	text = strings.NewReplacer("\n ", "", "\n\t", "", `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(text)
	r.textLinks(text, LinkCalendar, part)
}

// headerLinks takes the links of the list fields (RFC 2369, RFC 2919).
func (r *reading) headerLinks() {
	for i := range r.m.Header {
		f := &r.m.Header[i]
		if !linksIn(f.Name) {
			continue
		}
		for _, url := range messageIDs(f.Raw) {
			if strings.Contains(url, ":") {
				r.link(Link{URL: url, Text: f.Name, Source: LinkHeader, Part: -1})
			}
		}
	}
}

// linksIn reports whether a field of that name holds links. Few names need more
// than a look at the first letter.
func linksIn(name string) bool {
	if name == "" || len(name) > longestLinkField {
		return false
	}
	switch name[0] | 0x20 {
	case 'a', 'l', 'x':
		return linkFields[strings.ToLower(name)]
	}
	return false
}

const longestLinkField = len("x-list-unsubscribe")

//nolint:gochecknoglobals // a constant table
var linkFields = map[string]bool{
	"list-unsubscribe": true, "list-help": true, "list-subscribe": true, "list-archive": true,
	"list-post": true, "list-owner": true, "archived-at": true, "x-list-unsubscribe": true,
}
