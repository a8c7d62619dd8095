package mail

import "strings"

// maxAddresses is how many mailboxes of one field we read.
const maxAddresses = 10_000

// ParseAddresses reads an address list (RFC 5322 section 3.4) as it is written
// in a raw header value, and forgives what clients forgive: missing
// brackets, semicolons between addresses, names after the address, encoded
// words around everything. A mailbox without
// a readable address has Addr "".
func ParseAddresses(raw string) []Address {
	list := splitAddresses(raw)
	if !strings.Contains(raw, "@") && strings.Contains(raw, "=?") {
		list = splitAddresses(decodeWords(raw)) // the whole value was encoded
	}
	var out []Address
	for _, item := range list {
		if a := parseMailbox(item); a != (Address{}) && len(out) < maxAddresses {
			out = join(out, a)
		}
	}
	return out
}

// join adds a to the list. A mailbox without an address before one that has
// one is the first half of its name: 'Gift, Inc. <a@b.example>' lacks quotes.
func join(list []Address, a Address) []Address {
	if n := len(list); n > 0 && list[n-1].Addr == "" && a.Addr != "" && len(list[n-1].Name) < maxName {
		name := list[n-1].Name
		if a.Name != "" {
			name += ", " + a.Name
		}
		list[n-1] = Address{Name: name, Addr: a.Addr}
		return list
	}
	return append(list, a)
}

// maxName is how long a name may grow by joining.
const maxName = 1000

// ParseAddress reads one mailbox: the first that ParseAddresses finds.
func ParseAddress(raw string) Address {
	if list := ParseAddresses(raw); len(list) > 0 {
		return list[0]
	}
	return Address{}
}

// splitAddresses cuts a list at its commas and semicolons, outside quotes and
// comments, and drops the names of groups ("Team: a, b;"). Quotes that are
// never closed count as none.
func splitAddresses(raw string) []string {
	items, closed := cutAddresses(raw, addressScanner{})
	if !closed {
		items, _ = cutAddresses(raw, addressScanner{noQuotes: true})
	}
	return items
}

func cutAddresses(raw string, s addressScanner) (items []string, closed bool) {
	start, address := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\\':
			i++
		case (c == ',' || c == ';') && s.outside():
			items = append(items, raw[start:i])
			start, address, s.angle = i+1, false, false
		case c == ':' && s.outside() && !s.angle && !address:
			start = i + 1
		default:
			address = address || c == '@'
			s.see(c)
		}
	}
	return append(items, raw[min(start, len(raw)):]), s.outside()
}

// addressScanner knows whether a place is inside quotes, a comment or brackets.
// A comma ends brackets too: the closing one is missing more often than a
// comma stands in an address.
type addressScanner struct {
	quoted, angle, noQuotes bool
	comment                 int
}

func (s *addressScanner) outside() bool { return !s.quoted && (s.comment == 0 || s.noQuotes) }

func (s *addressScanner) see(c byte) {
	switch {
	case c == '"' && s.comment == 0:
		s.quoted = !s.quoted && !s.noQuotes
	case s.quoted:
	case c == '(':
		s.comment++
	case c == ')' && s.comment > 0:
		s.comment--
	case c == '<' && s.comment == 0:
		s.angle = true
	case c == '>':
		s.angle = false
	}
}

// parseMailbox reads one mailbox.
func parseMailbox(item string) Address {
	item = strings.TrimSpace(item)
	if open := lastAngle(item); open >= 0 {
		addr, after, _ := strings.Cut(item[open+1:], ">")
		name := displayName(item[:open])
		if name == "" {
			name = displayName(strings.Trim(stripParens(after), " "))
		}
		return Address{Name: name, Addr: cleanAddr(addr)}
	}
	if !strings.Contains(item, "@") {
		return Address{Name: displayName(item)}
	}
	bare := strings.TrimSpace(stripComments(item))
	words := strings.Fields(bare)
	for i, word := range words {
		if strings.Contains(word, "@") {
			rest := append(append([]string{}, words[:i]...), words[i+1:]...)
			name := strings.TrimSpace(strings.Join(rest, " "))
			if name == "" {
				name = comment(item)
			}
			return Address{Name: displayName(name), Addr: cleanAddr(word)}
		}
	}
	return Address{Name: displayName(item)}
}

// lastAngle finds the bracket that opens the address: the last one that is not
// in quotes, since a name may hold brackets to deceive.
func lastAngle(s string) int {
	quoted, at := false, -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '<' && !quoted:
			at = i
		}
	}
	if at < 0 && quoted {
		return strings.LastIndexByte(s, '<') // the quote was never closed
	}
	return at
}

// displayName removes quotes and decodes encoded words, in quotes too: that is
// against RFC 2047, and common.
func displayName(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) {
		value, rest := quotedString(s)
		s = value + rest
	} else if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	s = strings.Join(strings.Fields(decodeWords(s)), " ")
	return strings.Trim(s, `"'`)
}

// cleanAddr brings an addr-spec to local@domain; "" when it is none. A source
// route ("@relay:user@host") is dropped.
func cleanAddr(s string) string {
	s = strings.TrimSpace(stripComments(s))
	if hasFold(s, "mailto:") {
		s = s[len("mailto:"):]
	}
	if strings.HasPrefix(s, "@") {
		_, s, _ = strings.Cut(s, ":")
	}
	if strings.Contains(s, "=?") {
		s = decodeWords(s)
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 {
		return ""
	}
	domain := strings.Trim(strings.Join(strings.Fields(s[at+1:]), ""), `<>"',;.`)
	local := strings.Trim(strings.TrimSpace(s[:at]), `<>',;`)
	if !strings.HasPrefix(local, `"`) || !strings.ContainsAny(local, " ,;<>()@") {
		local = strings.Join(strings.Fields(strings.Trim(local, `"`)), "")
	}
	if local == "" || domain == "" {
		return ""
	}
	return local + "@" + strings.ToLower(domain)
}

// comment gives the text of the last (comment): old mailers write the name
// behind the address in one.
func comment(s string) string {
	text := ""
	for open := strings.IndexByte(s, '('); open >= 0; open = strings.IndexByte(s, '(') {
		length := commentLength(s[open:])
		text = s[open+1 : open+length]
		s = s[open+length:]
	}
	return strings.TrimSuffix(text, ")")
}

func stripParens(s string) string { return strings.Trim(strings.TrimSpace(s), "()") }
