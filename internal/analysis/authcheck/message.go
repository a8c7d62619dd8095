package authcheck

import (
	"bytes"
	"strings"
)

// message is a mail as signatures see it: fields with their exact bytes.
type message struct {
	fields []field
	body   []byte // CRLF line ends

	hashes map[canonical][]byte // of the whole canonical body, once computed
}

// field is one header field. raw ends in CRLF and holds the folding.
type field struct {
	name string // lower case, no space
	raw  string
}

// value is what follows the colon, folding kept.
func (f field) value() string {
	_, v, _ := strings.Cut(f.raw, ":")
	return v
}

// Limits of a header that is looked at; what lies beyond is not signed for us.
const (
	maxFields      = 2000
	maxHeaderBytes = 1 << 20
)

// split takes a mail apart. Bare line feeds count as line ends: mails that were
// saved to a file have lost their CRs, and their signatures are still good.
func split(raw []byte) *message {
	raw = crlf(raw)
	head, body, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if bytes.HasPrefix(raw, []byte("\r\n")) {
		head, body, found = nil, raw[2:], true
	}
	if found {
		head = raw[:len(head)+min(2, len(raw)-len(head))]
	}
	if len(head) > maxHeaderBytes {
		head = head[:maxHeaderBytes]
	}
	return &message{fields: fields(string(head)), body: body, hashes: map[canonical][]byte{}}
}

// crlf makes bare LF into CRLF; a bare CR is left alone.
func crlf(raw []byte) []byte {
	bare := bytes.Count(raw, []byte("\n")) - bytes.Count(raw, []byte("\r\n"))
	if bare == 0 {
		return raw
	}
	out := make([]byte, 0, len(raw)+bare)
	for i, c := range raw {
		if c == '\n' && (i == 0 || raw[i-1] != '\r') {
			out = append(out, '\r')
		}
		out = append(out, c)
	}
	return out
}

// fields reads the header section. A line that is neither a field nor a
// continuation is passed over. A field is put together once it is whole: adding
// line by line copies it each time, and a header may be one field of a quarter
// of a million lines.
func fields(head string) []field {
	var out []field
	var lines []string // of the field that is being read
	end := func() {
		if len(lines) > 0 {
			name, _, _ := strings.Cut(lines[0], ":")
			out = append(out, field{name: strings.ToLower(strings.TrimRight(name, " \t")), raw: strings.Join(lines, "")})
			lines = lines[:0]
		}
	}
	for line := range strings.SplitAfterSeq(head, "\r\n") {
		if line == "" || len(out) > maxFields {
			break
		}
		switch folded := line[0] == ' ' || line[0] == '\t'; {
		case folded && len(lines) > 0:
			lines = append(lines, line)
		case !folded && strings.Contains(line, ":"):
			end()
			lines = append(lines, line)
		}
	}
	end()
	return out
}

// named gives the fields of one name, the topmost first.
func (m *message) named(name string) []field {
	var out []field
	for _, f := range m.fields {
		if f.name == name {
			out = append(out, f)
		}
	}
	return out
}
