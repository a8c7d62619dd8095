package forward

import (
	"regexp"
	"strings"
)

// address is an address as people see it; the domain may be international.
var address = regexp.MustCompile(`[^\s<>"'\[\]();,:|]+@[^\s<>"'\[\]();,:|]+`)

const maxMailboxes = 500

// ParseMailbox reads what a client writes after From: a name, an address, or
// both, in angle or square brackets, with or without "mailto:".
func ParseMailbox(s string) Mailbox {
	at := address.FindStringIndex(s)
	if at == nil {
		return Mailbox{Name: cleanName(s)}
	}
	m := Mailbox{Addr: strings.TrimRight(s[at[0]:at[1]], ".*")}
	name := s[:at[0]]
	if strings.Trim(name, ` "'<[(*`) == "" { // addr (Name)
		if _, rest, ok := strings.Cut(s[at[1]:], "("); ok {
			name, _, _ = strings.Cut(rest, ")")
		}
	}
	m.Name = cleanName(name)
	if strings.EqualFold(m.Name, m.Addr) {
		m.Name = ""
	}
	return m
}

func cleanName(s string) string {
	s = strings.TrimSpace(s)
	for _, end := range []string{"mailto:", "<", "[", "("} {
		s = strings.TrimSpace(strings.TrimSuffix(s, end))
	}
	return strings.TrimSpace(strings.Trim(s, `"'*<>[] `))
}

// ParseMailboxes reads a list, separated by commas or semicolons that stand
// outside quotes and brackets.
func ParseMailboxes(s string) []Mailbox {
	var out []Mailbox
	for _, part := range splitList(s) {
		if m := ParseMailbox(part); (m.Name != "" || m.Addr != "") && len(out) < maxMailboxes {
			out = append(out, m)
		}
	}
	return out
}

func splitList(s string) []string {
	semicolons := strings.Contains(s, ";")
	var out []string
	start, quoted, angle := 0, false, false
	for i := range len(s) {
		switch s[i] {
		case '"':
			quoted = !quoted
		case '<':
			angle = true
		case '>':
			angle = false
		case ';', ',':
			if !quoted && !angle && (s[i] == ';' || !semicolons) {
				out = append(out, s[start:i])
				start = i + 1
			}
		}
	}
	return append(out, s[start:])
}
