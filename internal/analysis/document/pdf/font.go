package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// font turns the codes of shown text into characters.
type font struct {
	wide   bool              // two bytes a code
	known  map[uint32]string // by the font's own table (ToUnicode) or its differences
	spans  []span            // the same for ranges
	opaque bool              // codes are glyph numbers and nothing says which
	first  int
	widths []any
	usual  float64 // width of the others, in thousandths
}

// font reads a font (9.5).
func (r *reader) font(d dict) *font {
	f := &font{known: map[uint32]string{}, usual: 500}
	if d == nil {
		return f
	}
	f.wide = r.get(d["Subtype"]) == name("Type0")
	if f.wide {
		f.usual = 550
	}
	f.first, f.widths = int(r.number(d["FirstChar"])), r.array(d["Widths"])
	r.differences(d, f)
	if o := r.target(d["ToUnicode"]); o != nil && o.raw != nil {
		body, _ := r.bytes(o, 512<<10)
		if r.take(2 * len(body)) {
			f.table(body, &r.codes)
		}
		return f
	}
	f.opaque = f.wide
	return f
}

// differences reads which glyph a code shows (9.6.6).
func (r *reader) differences(d dict, f *font) {
	code := 0
	list := r.array(r.dict(d["Encoding"])["Differences"])
	if !r.take(16 * len(list)) {
		return
	}
	for _, v := range list {
		switch v := r.get(v).(type) {
		case float64:
			code = int(v)
		case name:
			if s := glyph(string(v)); s != "" && code >= 0 && code < 256 {
				f.known[uint32(code)] = s
			}
			code++
		}
	}
}

// decode gives the text of codes, until there are most bytes of it, and about
// how wide it is, in ems.
func (f *font) decode(s string, most int) (shown string, width float64) {
	if f == nil {
		return latin(s[:min(len(s), max(most, 0))]), float64(len(s)) / 2
	}
	var b strings.Builder
	for len(s) > 0 && b.Len() < most {
		code, n := uint32(s[0]), 1
		if f.wide && len(s) > 1 {
			code, n = uint32(s[0])<<8|uint32(s[1]), 2
		}
		s = s[n:]
		width += f.width(int(code))
		if known, ok := f.lookup(code); ok {
			b.WriteString(known)
		} else if !f.opaque && code < 256 {
			b.WriteRune(windows(byte(code)))
		}
	}
	return b.String(), width / 1000
}

func (f *font) width(code int) float64 {
	if i := code - f.first; !f.wide && i >= 0 && i < len(f.widths) {
		if w, ok := f.widths[i].(float64); ok {
			return w
		}
	}
	return f.usual
}

// mostCodes limits the tables of characters of one file.
const mostCodes = 1 << 18

// table reads a ToUnicode table (9.10.3): lists of code and character, and
// ranges of them.
func (f *font) table(body []byte, left *int) {
	l := newLexer(body)
	var stack []any
	for *left > 0 {
		v, ok := l.value(0)
		if !ok {
			return
		}
		switch v {
		case word("beginbfchar"), word("beginbfrange"), word("begincodespacerange"):
			stack = stack[:0]
		case word("endbfchar"):
			f.chars(stack, left)
		case word("endbfrange"):
			f.ranges(stack, left)
		default:
			if len(stack) < 1<<16 {
				stack = append(stack, v)
			}
		}
	}
}

func (f *font) chars(list []any, left *int) {
	for ; len(list) >= 2; list = list[2:] {
		code, ok1 := list[0].(text)
		to, ok2 := list[1].(text)
		if ok1 && ok2 {
			*left--
			f.known[value(code)] = few(to)
		}
	}
}

// mostGlyph limits what one code stands for, in bytes; ligatures are short.
const mostGlyph = 32

func few(t text) string { return wide(string(t[:min(len(t), mostGlyph)])) }

// mostSpans limits the ranges of one font.
const mostSpans = 1024

func (f *font) ranges(list []any, left *int) {
	for ; len(list) >= 3; list = list[3:] {
		low, ok1 := list[0].(text)
		high, ok2 := list[1].(text)
		if !ok1 || !ok2 {
			continue
		}
		switch first := list[2].(type) {
		case text:
			if len(f.spans) < mostSpans {
				f.spans = append(f.spans, span{value(low), value(high), few(first)})
			}
		case []any:
			for i := range first[:min(len(first), max(*left, 0))] {
				t, _ := first[i].(text)
				f.known[value(low)+uint32(i)] = few(t)
				*left--
			}
		}
	}
}

// span is a range of codes that stand for characters in a row.
type span struct {
	from, to uint32
	first    string
}

// lookup finds what a code stands for, and remembers it.
func (f *font) lookup(code uint32) (string, bool) {
	if s, ok := f.known[code]; ok {
		return s, true
	}
	for _, s := range f.spans {
		if code >= s.from && code <= s.to {
			f.known[code] = after(s.first, code-s.from)
			return f.known[code], true
		}
	}
	return "", false
}

// after gives the text whose last character stands i further on.
func after(s string, i uint32) string {
	last, size := utf8.DecodeLastRuneInString(s)
	if size == 0 {
		return ""
	}
	return s[:len(s)-size] + string(last+rune(i))
}

func value(code text) (n uint32) {
	for i := range len(code) {
		n = n<<8 | uint32(code[i])
	}
	return n
}

// windows reads one byte of WinAnsiEncoding, which the other simple encodings
// share for letters.
func windows(c byte) rune { return charmap.Windows1252.DecodeByte(c) }

// glyph gives the character of a glyph's name: a letter is its own name, others
// are in a table or are written as a number.
func glyph(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if len(name) == 1 {
		return name
	}
	if s, ok := glyphs[name]; ok {
		return s
	}
	for _, prefix := range []string{"uni", "u"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && len(rest) >= 4 && len(rest) <= 6 {
			if n, err := strconv.ParseUint(rest, 16, 21); err == nil {
				return string(rune(n))
			}
		}
	}
	return accented(name)
}

// accented reads names such as "eacute".
func accented(name string) string {
	for ending, mark := range accents {
		if base, ok := strings.CutSuffix(name, ending); ok && len(base) == 1 {
			return base + mark
		}
	}
	return ""
}

// accents holds combining marks; folding drops them again.
//
//nolint:gochecknoglobals // a constant table
var accents = map[string]string{
	"acute": "\u0301", "grave": "\u0300", "circumflex": "\u0302", "dieresis": "\u0308", "tilde": "\u0303", "cedilla": "\u0327",
	"caron": "\u030c", "ring": "\u030a",
}

// glyphs names the signs of the Adobe Glyph List that plain text uses.
//
//nolint:gochecknoglobals // a constant table
var glyphs = map[string]string{
	"space": " ", "nbspace": " ", "exclam": "!", "quotedbl": "\"", "numbersign": "#", "dollar": "$", "percent": "%",
	"ampersand": "&", "quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",",
	"hyphen": "-", "minus": "-", "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4",
	"five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<",
	"equal": "=", "greater": ">", "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]",
	"underscore": "_", "braceleft": "{", "bar": "|", "braceright": "}", "quoteright": "'", "quoteleft": "'",
	"quotedblleft": "“", "quotedblright": "”", "endash": "–", "emdash": "—", "bullet": "•", "ellipsis": "…", "Euro": "€",
	"sterling": "£", "yen": "¥", "cent": "¢", "section": "§", "copyright": "©", "registered": "®", "trademark": "™",
	"degree": "°", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "ae": "æ", "AE": "Æ", "oe": "œ",
	"OE": "Œ", "oslash": "ø", "Oslash": "Ø", "germandbls": "ß", "guillemotleft": "«", "guillemotright": "»",
}
