package mail

import (
	"sort"
	"strconv"
	"strings"
)

// parseParams reads "type/subtype; name=value; …" (RFC 2045, with the
// continuations and charsets of RFC 2231), as forgivingly as mail clients do:
// what cannot be read is skipped. Names and the leading value are lower case.
func parseParams(value string) (string, map[string]string) {
	head, rest, _ := strings.Cut(value, ";")
	params := map[string]string{}
	var pieces []paramPiece
	for rest != "" && len(params)+len(pieces) < maxParams {
		var name, text string
		name, text, rest = nextParam(rest)
		if name == "" {
			continue
		}
		if star := strings.IndexByte(name, '*'); star > 0 {
			pieces = append(pieces, newPiece(name[:star], name[star+1:], text))
		} else if _, twice := params[name]; !twice {
			params[name] = text
		}
	}
	joinPieces(params, pieces)
	head = strings.ToLower(strings.TrimSpace(stripComments(head)))
	return head, params
}

// maxParams is far more than any real field has.
const maxParams = 200

// nextParam reads one name=value and gives what follows the next semicolon.
func nextParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, " \t;")
	end := strings.IndexAny(s, "=;")
	if end < 0 || s[end] == ';' {
		if end < 0 {
			return "", "", ""
		}
		return "", "", s[end+1:]
	}
	name = strings.ToLower(strings.TrimSpace(s[:end]))
	s = strings.TrimLeft(s[end+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		value, s = quotedString(s)
		if semi := strings.IndexByte(s, ';'); semi >= 0 {
			return name, value, s[semi+1:]
		}
		return name, value, ""
	}
	value, rest, _ = strings.Cut(s, ";")
	return name, strings.TrimSpace(value), rest
}

// quotedString reads a quoted string that s begins with; an unclosed one runs
// to the end. A backslash quotes only a quote or a backslash: Windows paths in
// file names are more common than other quoted pairs.
func quotedString(s string) (value, rest string) {
	if end := strings.IndexAny(s[1:], `"\`); end >= 0 && s[1+end] == '"' {
		return s[1 : 1+end], s[end+2:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// paramPiece is one "name*2*=text" of RFC 2231.
type paramPiece struct {
	name    string
	index   int
	encoded bool
	text    string
}

func newPiece(name, suffix, text string) paramPiece {
	p := paramPiece{name: name, text: text}
	if rest, ok := strings.CutSuffix(suffix, "*"); ok || suffix == "" {
		p.encoded, suffix = true, rest
	}
	if n, err := strconv.Atoi(suffix); err == nil {
		p.index = n
	}
	return p
}

// joinPieces puts the pieces of each parameter together in their order; the
// result wins over a plain parameter of that name (RFC 2231 is the newer form).
func joinPieces(params map[string]string, pieces []paramPiece) {
	sort.SliceStable(pieces, func(i, j int) bool {
		if pieces[i].name != pieces[j].name {
			return pieces[i].name < pieces[j].name
		}
		return pieces[i].index < pieces[j].index
	})
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && pieces[n].name == pieces[0].name {
			n++
		}
		params[pieces[0].name] = joinOne(pieces[:n])
		pieces = pieces[n:]
	}
}

func joinOne(pieces []paramPiece) string {
	charset := ""
	var b strings.Builder
	for i, p := range pieces {
		text := p.text
		if p.encoded && i == 0 {
			if parts := strings.SplitN(text, "'", 3); len(parts) == 3 {
				charset, text = parts[0], parts[2]
			}
		}
		if p.encoded {
			text = percentDecode(text)
		}
		b.WriteString(text)
	}
	text, _ := decodeText([]byte(b.String()), charset)
	return text
}

// percentDecode undoes %XX; a percent sign that begins none stays.
func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi < 16 && lo < 16 {
				b = append(b, hi<<4|lo)
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// unhex gives the value of a hexadecimal digit, 255 for anything else.
func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// stripComments removes (comments), nested ones too; an unclosed one runs to
// the end.
func stripComments(s string) string {
	if !strings.Contains(s, "(") {
		return s
	}
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (quoted || depth > 0):
			if depth == 0 {
				b.WriteString(s[i : i+2])
			}
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
			b.WriteByte(c)
		case c == '(' && !quoted:
			depth++
		case c == ')' && !quoted && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}
