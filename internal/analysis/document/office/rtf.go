package office

import (
	"bytes"
	"encoding/binary"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// IsRTF reports whether a file is RTF; Word needs no more than its first five
// bytes.
func IsRTF(b []byte) bool { return bytes.HasPrefix(b, []byte("{\\rt")) }

// Limits of RTF.
const (
	mostRTF    = 8 << 20
	mostObject = 4 << 20 // bytes of one object
	mostNested = 1000    // groups in groups
)

// ReadRTF gives what an RTF document holds. A template or an object makes it
// dangerous; both stand in groups of their own, the object as hexadecimal, which
// traps fill with blanks, groups and control words that Word passes over.
func ReadRTF(b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Document: true}
	if n := min(len(b), mostRTF, budget.Bytes/4); n < len(b) {
		b, c.Cut = b[:n], true
	}
	budget.Take(4 * len(b))
	w := rtfWalk{c: c, budget: budget}
	w.walk(b)
	w.object()
	if w.code.Len() > 0 {
		w.fields()
	}
	return c
}

// rtfWalk goes through groups and control words once.
type rtfWalk struct {
	c      *paper.Contents
	budget *paper.Budget
	groups []string // what each open group is for, "" for text
	data   []byte   // hexadecimal of the object at hand, as bytes
	high   int      // a first digit, kept with 16 added; 0 when there is none
	code   strings.Builder
	name   strings.Builder // of a template
}

// purposes are the groups that are not shown text.
//
//nolint:gochecknoglobals // a constant table
var purposes = map[string]string{
	"objdata": "data", "template": "template", "fldinst": "field", "objclass": "skip", "fonttbl": "skip", "colortbl": "skip",
	"stylesheet": "skip", "info": "skip", "pict": "skip", "themedata": "skip", "datastore": "skip", "listtable": "skip",
	"latentstyles": "skip", "rsidtbl": "skip", "generator": "skip", "colorschememapping": "skip", "datafield": "skip", "objname": "skip",
	"listoverridetable": "skip", "xmlnstbl": "skip", "mmathPr": "skip", "filetbl": "skip", "revtbl": "skip", "blipuid": "skip",
}

func (w *rtfWalk) walk(b []byte) {
	for i := 0; i < len(b); {
		switch c := b[i]; c {
		case '{':
			w.open()
			i++
		case '}':
			w.close()
			i++
		case '\\':
			i += w.control(b[i:])
		case '\r', '\n':
			i++
		default:
			w.text(c)
			i++
		}
	}
}

func (w *rtfWalk) open() {
	if len(w.groups) < mostNested {
		w.groups = append(w.groups, w.purpose())
	}
}

func (w *rtfWalk) purpose() string {
	if len(w.groups) == 0 {
		return ""
	}
	return w.groups[len(w.groups)-1]
}

func (w *rtfWalk) close() {
	was := w.purpose()
	if len(w.groups) > 0 {
		w.groups = w.groups[:len(w.groups)-1]
	}
	if now := w.purpose(); now == was {
		return
	}
	switch was {
	case "data":
		w.object()
	case "field":
		w.code.WriteByte('\n')
	case "template":
		if target := strings.TrimSpace(w.name.String()); remote(target) {
			w.c.Sign(paper.Remote, target)
			w.c.Link(target, "")
		}
		w.name.Reset()
	}
}

// control reads a control word or sign and gives its length.
func (w *rtfWalk) control(b []byte) int {
	if len(b) < 2 {
		return 1
	}
	if b[1] == '\'' {
		if len(b) < 4 {
			return len(b)
		}
		if h, l := hexDigit(b[2]), hexDigit(b[3]); h >= 0 && l >= 0 && w.purpose() != "data" {
			w.text(byte(h<<4 | l))
		}
		return 4
	}
	n := 1
	for n < len(b) && n < 40 && (b[n] >= 'a' && b[n] <= 'z' || b[n] >= 'A' && b[n] <= 'Z') {
		n++
	}
	if n == 1 {
		w.sign(b[1])
		return 2
	}
	word, number := string(b[1:n]), 0
	for n < len(b) && n < 60 && (b[n] >= '0' && b[n] <= '9' || b[n] == '-') {
		number = number*10 + int(b[n]&15)
		n++
	}
	if n < len(b) && b[n] == ' ' {
		n++
	}
	if word == "bin" {
		n += max(0, min(number, len(b)-n))
	}
	w.word(word)
	return n
}

func (w *rtfWalk) sign(c byte) {
	switch c {
	case '\\', '{', '}':
		w.text(c)
	case '~':
		w.text(' ')
	}
}

func (w *rtfWalk) word(word string) {
	if p, ok := purposes[word]; ok && len(w.groups) > 0 {
		w.groups[len(w.groups)-1] = p
		return
	}
	switch word {
	case "par", "line", "row", "cell", "tab":
		if w.purpose() == "" {
			w.c.Write("\n")
		}
	}
}

// text takes one character to where it belongs.
func (w *rtfWalk) text(c byte) {
	switch w.purpose() {
	case "":
		w.c.Write(string(charmap.Windows1252.DecodeByte(c)))
	case "data":
		w.digit(c)
	case "field":
		if w.code.Len() < 64<<10 {
			w.code.WriteByte(c)
		}
	case "template":
		if w.name.Len() < 2<<10 {
			w.name.WriteByte(c)
		}
	}
}

func (w *rtfWalk) digit(c byte) {
	d := hexDigit(c)
	switch {
	case d < 0:
	case w.high == 0:
		w.high = d + 16
	case len(w.data) < mostObject:
		w.data, w.high = append(w.data, byte((w.high-16)<<4|d)), 0
	default:
		w.c.Cut = true
	}
}

func hexDigit(c byte) int {
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

// object looks at an embedded object (MS-OLEDS 2.2.5): version, kind, the name
// of its program, and its data.
func (w *rtfWalk) object() {
	b := w.data
	w.data, w.high = nil, 0
	if len(b) == 0 {
		return
	}
	if !w.budget.Entry() {
		w.c.Cut = true
		return
	}
	low := bytes.ToLower(b[:min(len(b), 4096)])
	switch {
	case bytes.Contains(low, []byte("equation")):
		w.c.Sign(paper.Equation, "")
	case bytes.Contains(low, []byte("ole2link")), bytes.Contains(low, []byte("htmlfile")):
		for _, link := range append(addresses(narrow(b)), addresses(string(b))...) {
			w.c.Sign(paper.Remote, link)
			w.c.Link(link, "")
		}
	}
	if i := bytes.Index(low, []byte("package\x00")); i >= 0 && len(b) > i+20 {
		w.c.Files = append(w.c.Files, packed(b[i+len("package\x00"):]))
	}
	if i := bytes.Index(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")); i >= 0 {
		w.c.Files = append(w.c.Files, paper.File{Body: b[i:]})
	}
}

// packed reads a package inside an object: two names, a size, then as in a
// compound file.
func packed(b []byte) paper.File {
	for range 2 {
		if len(b) < 4 {
			return paper.File{}
		}
		n := int(binary.LittleEndian.Uint32(b))
		b = b[4:]
		b = b[max(0, min(n, len(b))):]
	}
	if len(b) < 4 {
		return paper.File{}
	}
	return native(append([]byte{0, 0, 0, 0}, b[4:]...))
}

// fields looks at the codes of fields: links, and programs to start.
func (w *rtfWalk) fields() {
	text := w.code.String()
	field(text, w.c)
	for _, link := range addresses(text) {
		w.c.Link(link, "")
	}
}
