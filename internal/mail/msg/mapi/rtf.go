package mapi

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// RTF is what a rich-text body says.
type RTF struct {
	HTML string // the HTML it was made from (MS-OXRTFEX), "" when it was not
	Text string // its plain text, when there is no HTML
}

// ReadRTF reads a rich-text body. Exchange hides the HTML of a mail inside
// RTF: tags stand in groups marked htmltag, and what only RTF readers should
// see stands between htmlrtf marks. Any other RTF gives its text.
func ReadRTF(b []byte, codepage int) RTF {
	r := &rtfReader{in: b, ansi: codepage, fonts: map[int]int{}}
	r.state = rtfState{uc: 1, codepage: codepage}
	r.run()
	out := strings.Trim(r.out.String(), "\x00")
	if r.html {
		return RTF{HTML: out}
	}
	return RTF{Text: out}
}

// rtfState is what an RTF group keeps to itself.
type rtfState struct {
	skip     bool // a destination that is not text
	tag      bool // inside an htmltag: goes out as it is
	rtfOnly  bool // between htmlrtf marks
	fonts    bool // the font table
	font     int
	codepage int
	uc       int // letters that follow a Unicode value for readers that don't know it
}

type rtfReader struct {
	in      []byte
	out     strings.Builder
	pending []byte // letters of the code page, not decoded yet
	high    rune   // first half of a surrogate pair
	state   rtfState
	stack   []rtfState
	deeper  int  // groups open beyond maxGroups
	star    bool // after \*
	skipUC  int
	html    bool
	ansi    int
	fonts   map[int]int // font number to code page
}

func (r *rtfReader) run() {
	for len(r.in) > 0 {
		c := r.in[0]
		r.in = r.in[1:]
		switch c {
		case '{':
			r.flush()
			r.push()
			r.skipUC = 0
		case '}':
			r.pop()
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.letter(c)
		}
	}
	r.flush()
}

// maxGroups is how deep groups nest before the state of those above is no
// longer kept.
const maxGroups = 1000

func (r *rtfReader) push() {
	if len(r.stack) < maxGroups {
		r.stack = append(r.stack, r.state)
		return
	}
	r.deeper++
}

func (r *rtfReader) pop() {
	r.flush()
	r.skipUC, r.star = 0, false
	if r.deeper > 0 {
		r.deeper--
		return
	}
	if n := len(r.stack); n > 0 {
		r.state, r.stack = r.stack[n-1], r.stack[:n-1]
	}
}

func (r *rtfReader) visible() bool {
	return r.state.tag || !r.state.skip && !(r.html && r.state.rtfOnly)
}

func (r *rtfReader) letter(c byte) {
	switch {
	case r.skipUC > 0:
		r.skipUC--
	case r.visible():
		r.pending = append(r.pending, c)
	}
}

func (r *rtfReader) flush() {
	if len(r.pending) > 0 {
		r.out.WriteString(Decode(r.pending, r.state.codepage))
		r.pending = r.pending[:0]
	}
}

func (r *rtfReader) write(s string) {
	r.flush()
	if r.visible() {
		r.out.WriteString(s)
	}
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if len(r.in) == 0 {
		return
	}
	c := r.in[0]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		r.word(r.controlWord())
		return
	}
	r.in = r.in[1:]
	switch c {
	case '\'':
		r.hex()
	case '*':
		r.star = true
	case '~':
		r.write(map[bool]string{true: "&nbsp;", false: "\u00A0"}[r.html])
	case '_':
		r.write("\u2011")
	case '\\', '{', '}':
		r.letter(c)
	case '\r', '\n':
		r.write("\r\n")
	}
}

func (r *rtfReader) hex() {
	if len(r.in) < 2 {
		r.in = nil
		return
	}
	n, err := strconv.ParseUint(string(r.in[:2]), 16, 8)
	r.in = r.in[2:]
	if err == nil {
		r.letter(byte(n))
	}
}

// controlWord reads a word, its number (has says whether there is one) and
// the one space that ends it.
func (r *rtfReader) controlWord() (word string, n int, has bool) {
	i := 0
	for i < len(r.in) && (r.in[i]|0x20) >= 'a' && (r.in[i]|0x20) <= 'z' {
		i++
	}
	word, r.in = string(r.in[:i]), r.in[i:]
	j := 0
	if len(r.in) > 0 && r.in[0] == '-' {
		j = 1
	}
	for j < len(r.in) && r.in[j] >= '0' && r.in[j] <= '9' {
		j++
	}
	n, err := strconv.Atoi(string(r.in[:j]))
	if has = err == nil; has || j > 1 {
		r.in = r.in[j:]
	}
	if len(r.in) > 0 && r.in[0] == ' ' {
		r.in = r.in[1:]
	}
	return word, n, has
}

// rtfText are the control words that stand for text.
//
//nolint:gochecknoglobals // a constant table
var rtfText = map[string]string{
	"par": "\r\n", "line": "\r\n", "sect": "\r\n", "page": "\r\n", "row": "\r\n", "tab": "\t", "cell": "\t",
	"lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201C", "rdblquote": "\u201D",
	"bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014", "emspace": "\u2003", "enspace": "\u2002",
}

// rtfNotText are the destinations whose content nobody reads.
//
//nolint:gochecknoglobals // a constant table
var rtfNotText = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true, "objdata": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true, "mhtmltag": true,
	"footer": true, "footerl": true, "footerr": true, "footerf": true, "pntext": true,
}

func (r *rtfReader) word(word string, n int, has bool) {
	star := r.star
	r.star = false
	if t, ok := rtfText[word]; ok {
		r.write(t)
		return
	}
	switch {
	case r.deeper > 0: // its state could not be taken back
	case word == "htmltag" && star:
		r.flush()
		r.state.tag, r.state.skip = true, false
	case word == "fonttbl":
		r.state.fonts, r.state.skip = true, true
	case rtfNotText[word], star:
		r.flush()
		r.state.skip, r.state.tag = true, false
	default:
		r.setting(word, n, has)
	}
}

func (r *rtfReader) setting(word string, n int, has bool) {
	switch word {
	case "fromhtml":
		r.html = true
	case "htmlrtf":
		r.flush()
		r.state.rtfOnly = !has || n != 0
	case "ansicpg":
		r.flush()
		r.ansi, r.state.codepage = n, n
	case "uc":
		r.state.uc = max(0, min(n, 8))
	case "u":
		r.unicode(n)
	case "bin":
		r.in = r.in[min(len(r.in), max(0, n)):]
	case "f":
		r.font(n)
	case "fcharset":
		if r.state.fonts {
			r.fonts[r.state.font] = fontCodepages[n]
		}
	}
}

func (r *rtfReader) font(n int) {
	r.flush()
	r.state.font = n
	if cp := r.fonts[n]; !r.state.fonts {
		r.state.codepage = r.ansi
		if cp != 0 {
			r.state.codepage = cp
		}
	}
}

// unicode writes a 16-bit value, negative above 32767; two make one letter
// outside the first plane.
func (r *rtfReader) unicode(n int) {
	c := rune(n & 0xFFFF)
	r.skipUC = r.state.uc
	switch {
	case c >= 0xD800 && c < 0xDC00:
		r.high = c
	case utf16.IsSurrogate(c):
		r.write(string(utf16.DecodeRune(r.high, c)))
		r.high = 0
	default:
		r.write(string(c))
	}
}

// fontCodepages are the code pages of \fcharset; 0 stays the document's own.
//
//nolint:gochecknoglobals // a constant table
var fontCodepages = map[int]int{
	77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 255: 850,
}
