package pdf

import (
	"bytes"
	"strconv"
)

// The kinds of value (ISO 32000-1, 7.3): besides these there are float64, bool,
// nil and []any.
type (
	name string // /Name
	text string // (string) or <hex>, as bytes
	ref  int    // 12 0 R, by the number of its object
	word string // an operator or keyword
	dict map[string]any
)

// deepest limits how deep values nest.
const deepest = 40

// lexer reads values one after the other.
type lexer struct {
	b    []byte
	at   int
	left int // values that may still be read
}

func newLexer(b []byte) *lexer { return &lexer{b: b, left: 64 + len(b)/2} }

func space(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skip passes spaces and comments.
func (l *lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case space(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func (l *lexer) starts(s string) bool { return bytes.HasPrefix(l.b[min(l.at, len(l.b)):], []byte(s)) }

// value reads one value; ok is false at the end. Where brackets do not match,
// what came so far is the value.
func (l *lexer) value(depth int) (v any, ok bool) {
	l.skip()
	l.left--
	if l.at >= len(l.b) || l.left < 0 || depth > deepest {
		return nil, false
	}
	switch c := l.b[l.at]; {
	case c == '/':
		return l.name(), true
	case c == '(':
		return l.literal(), true
	case l.starts("<<"):
		l.at += 2
		return l.dict(depth), true
	case c == '<':
		return l.hex(), true
	case c == '[':
		l.at++
		return l.array(depth), true
	case c == ']' || c == '}' || c == '{' || c == ')' || c == '>':
		l.at++
		if c == '>' && l.at < len(l.b) && l.b[l.at] == '>' {
			l.at++
			return word(">>"), true
		}
		return word(c), true
	}
	return l.plain(), true
}

// plain reads a number, a reference or a word.
func (l *lexer) plain() any {
	from := l.at
	for l.at < len(l.b) && !space(l.b[l.at]) && !delimiter(l.b[l.at]) {
		l.at++
	}
	s := l.b[from:l.at]
	if c := s[0]; c > '9' || c < '+' {
		switch string(s) {
		case "true":
			return true
		case "false":
			return false
		case "null":
			return nil
		}
		return word(s)
	}
	n, err := strconv.ParseFloat(string(s), 64)
	if err != nil {
		return word(s)
	}
	if n >= 0 && n < 1<<31 && n == float64(int(n)) && l.reference() {
		return ref(n)
	}
	return n
}

// reference passes " 0 R" when it stands there.
func (l *lexer) reference() bool {
	i := l.at
	digits := 0
	for ; i < len(l.b) && space(l.b[i]); i++ {
	}
	for ; i < len(l.b) && l.b[i] >= '0' && l.b[i] <= '9' && digits < 6; i++ {
		digits++
	}
	if digits == 0 || i >= len(l.b) || !space(l.b[i]) {
		return false
	}
	for ; i < len(l.b) && space(l.b[i]); i++ {
	}
	if i >= len(l.b) || l.b[i] != 'R' || i+1 < len(l.b) && !space(l.b[i+1]) && !delimiter(l.b[i+1]) {
		return false
	}
	l.at = i + 1
	return true
}

func (l *lexer) dict(depth int) dict {
	d := dict{}
	for {
		k, ok := l.value(depth + 1)
		if !ok || k == word(">>") {
			return d
		}
		key, isName := k.(name)
		if !isName {
			if w, isWord := k.(word); isWord && (w == "endobj" || w == "stream" || w == "obj") {
				l.at -= len(w)
				return d
			}
			continue
		}
		v, ok := l.value(depth + 1)
		if !ok || v == word(">>") {
			return d
		}
		d[string(key)] = v
	}
}

func (l *lexer) array(depth int) []any {
	var out []any
	for {
		v, ok := l.value(depth + 1)
		if !ok || v == word("]") {
			return out
		}
		if w, isWord := v.(word); isWord && (w == "endobj" || w == ">>") {
			l.at -= len(w)
			return out
		}
		out = append(out, v)
	}
}

// name reads a name; #xx stands for a character (7.3.5).
func (l *lexer) name() name {
	l.at++
	from := l.at
	for l.at < len(l.b) && !space(l.b[l.at]) && !delimiter(l.b[l.at]) {
		l.at++
	}
	s := l.b[from:l.at]
	if bytes.IndexByte(s, '#') < 0 {
		return name(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) && digit(s[i+1]) >= 0 && digit(s[i+2]) >= 0 {
			out = append(out, byte(digit(s[i+1])<<4|digit(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return name(out)
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) hex() text {
	end := bytes.IndexByte(l.b[l.at:], '>')
	if end < 0 {
		end = len(l.b) - l.at
	}
	s := l.b[l.at+1 : l.at+max(end, 1)]
	l.at = min(l.at+end+1, len(l.b))
	return text(unhex(s))
}

func unhex(s []byte) []byte {
	out := make([]byte, 0, len(s)/2+1)
	high := -1
	for _, c := range s {
		switch d := digit(c); {
		case d < 0:
		case high < 0:
			high = d
		default:
			out, high = append(out, byte(high<<4|d)), -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

// literal reads a string in parentheses (7.3.4.2).
func (l *lexer) literal() text {
	l.at++
	var out []byte
	for nest := 1; l.at < len(l.b); l.at++ {
		c := l.b[l.at]
		switch c {
		case '\\':
			out = l.escaped(out)
			continue
		case '(':
			nest++
		case ')':
			if nest--; nest == 0 {
				l.at++
				return text(out)
			}
		}
		out = append(out, c)
	}
	return text(out)
}

// escaped reads what follows a backslash and ends on its last byte.
func (l *lexer) escaped(out []byte) []byte {
	l.at++
	if l.at >= len(l.b) {
		return out
	}
	c := l.b[l.at]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r' && l.at+1 < len(l.b) && l.b[l.at+1] == '\n':
		l.at++
		return out
	case c == '\r' || c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	n := 0
	for i := 0; i < 3 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; i++ {
		n = n<<3 | int(l.b[l.at]-'0')
		l.at++
	}
	l.at--
	return append(out, byte(n))
}
