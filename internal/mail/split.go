package mail

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// trimStart removes what stands before the header without belonging to it: a
// byte order mark, empty lines, and the "From " line of an mbox.
func trimStart(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	raw = bytes.TrimLeft(raw, "\r\n")
	for bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) {
		_, rest, found := bytes.Cut(raw, []byte("\n"))
		if !found {
			return raw
		}
		raw = rest
	}
	return raw
}

// oldMac turns the line ends of input that has only bare carriage returns.
func oldMac(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}

// headerSplitter cuts a header section into its fields.
type headerSplitter struct {
	fields Header
	defect func(id, note string)
	limit  int // bytes of header that are kept
	used   int
	over   bool
	usual  int    // fields that room is made for
	line   []byte // name and value of the field at hand
}

// usualFields is as many fields as most messages have, and fewFields as most parts.
const (
	usualFields = 40
	fewFields   = 4
)

// split reads the header that raw begins with and returns the body. A line
// that cannot belong to a header is skipped when the header goes on after it,
// and begins the body when it does not.
func (s *headerSplitter) split(raw []byte) []byte {
	for len(raw) > 0 {
		size, fold := fieldLength(raw)
		line := raw[:size]
		switch {
		case blank(line) && !fold:
			return raw[size:]
		case isField(line):
			s.add(line)
		case isField(raw[size:]):
			s.defect("header.bad-line", "a line is neither a field nor its continuation")
		default:
			s.defect("header.no-end", "the body begins without an empty line")
			return raw
		}
		raw = raw[size:]
	}
	return nil
}

// fieldLength gives the length of the field at the start of raw with its
// continuation lines, and whether it has any.
func fieldLength(raw []byte) (size int, folded bool) {
	size = lineLength(raw)
	if blank(raw[:size]) && (raw[0] == '\r' || raw[0] == '\n') {
		return size, false
	}
	for size < len(raw) && (raw[size] == ' ' || raw[size] == '\t') {
		next := size + lineLength(raw[size:])
		if blank(raw[size:next]) && next < len(raw) && !isField(raw[next:]) && raw[next] != ' ' && raw[next] != '\t' {
			break // spaces alone on a line, and no header after it: the end
		}
		size, folded = next, true
	}
	return size, folded
}

func lineLength(raw []byte) int {
	if end := bytes.IndexByte(raw, '\n'); end >= 0 {
		return end + 1
	}
	return len(raw)
}

func blank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

// isField reports whether line begins with a field name and a colon.
func isField(line []byte) bool {
	for i, c := range line {
		switch {
		case c == ':':
			return i > 0
		case c == ' ' || c == '\t':
			rest := bytes.TrimLeft(line[i:min(len(line), i+20)], " \t")
			return i > 0 && len(rest) > 0 && rest[0] == ':'
		case c <= ' ' || c == 0x7f || i > 200:
			return false
		}
	}
	return false
}

func (s *headerSplitter) add(line []byte) {
	if s.used += len(line); s.used > s.limit {
		if !s.over {
			s.defect("budget.header", "the header is longer than we read")
		}
		s.over = true
		return
	}
	if s.fields == nil {
		s.fields = make(Header, 0, s.usual)
	}
	colon := bytes.IndexByte(line, ':')
	name, value := line[:colon], line[colon+1:]
	s.line = append(append(slices.Grow(s.line[:0], len(line)), bytes.TrimSpace(name)...), ':')
	length := len(s.line)
	if bytes.IndexByte(value[:max(len(value)-2, 0)], '\n') >= 0 {
		s.line = unfold(s.line, value)
		value = s.line[length:]
	}
	s.line = append(s.line[:length], bytes.TrimSpace(value)...)
	s.fields = append(s.fields, fieldOf(s.line, length))
}

// fieldOf makes a field of its line, the value beginning at that place. Name
// and value share their memory.
func fieldOf(line []byte, value int) Field {
	if !utf8.Valid(line) {
		name := strings.TrimSpace(guessText(line[:value-1]))
		return Field{Name: name, Raw: withoutZeros(guessText(line[value:]))}
	}
	all := string(line)
	return Field{Name: all[:value-1], Raw: withoutZeros(all[value:])}
}

// unfold appends a folded value without its line ends (RFC 5322 section 2.2.3).
func unfold(out, value []byte) []byte {
	for {
		end := bytes.IndexByte(value, '\n')
		if end < 0 {
			return withoutReturns(out, value)
		}
		out = withoutReturns(out, value[:end])
		value = value[end+1:]
	}
}

// withoutReturns appends what is no carriage return.
func withoutReturns(out, line []byte) []byte {
	for {
		end := bytes.IndexByte(line, '\r')
		if end < 0 {
			return append(out, line...)
		}
		out = append(out, line[:end]...)
		line = line[end+1:]
	}
}

// withoutZeros replaces the zero bytes of a text.
func withoutZeros(text string) string {
	if strings.IndexByte(text, 0) >= 0 {
		return strings.ReplaceAll(text, "\x00", "\ufffd")
	}
	return text
}

// multipart cuts the body of a multipart entity at its delimiter lines
// (RFC 2046 section 5.1), one part at a time, so that nobody pays for parts
// that a budget leaves unread.
type multipart struct {
	rest   []byte
	delim  []byte
	closed bool // the closing delimiter was seen; rest is the epilogue
}

// newMultipart skips the preamble. It reports false when there is no delimiter.
func newMultipart(body []byte, boundary string) (*multipart, bool) {
	m := &multipart{rest: body, delim: []byte("--" + boundary)}
	_, found := m.cut()
	return m, found
}

// next gives the next part, and false when there is no more.
func (m *multipart) next() ([]byte, bool) {
	if m.closed || m.rest == nil {
		return nil, false
	}
	part, found := m.cut()
	if !found {
		part, m.rest = m.rest, nil
	}
	return part, true
}

// cut gives what stands before the next delimiter line and moves behind it.
func (m *multipart) cut() ([]byte, bool) {
	for from := 0; ; {
		at := bytes.Index(m.rest[from:], m.delim)
		if at < 0 {
			return nil, false
		}
		at += from
		from = at + len(m.delim)
		if at > 0 && m.rest[at-1] != '\n' {
			continue
		}
		size := lineLength(m.rest[from:])
		tail := bytes.TrimSpace(m.rest[from : from+size])
		if len(tail) > 0 && string(tail) != "--" {
			continue
		}
		part := trimLineEnd(m.rest[:at])
		m.closed = len(tail) > 0
		m.rest = m.rest[from+size:]
		return part, true
	}
}

// trimLineEnd removes the one line end that belongs to the delimiter.
func trimLineEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}
