// Package office looks into Office documents without showing them: the old
// kind (compound files), the new kind (XML in a zip) and RTF.
//
// A document is dangerous by what it carries besides its text: programs (VBA,
// Excel 4 macros), fields that start programs (DDE), objects of other programs,
// and templates or objects that it fetches from elsewhere when it is opened.
package office

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/mail/msg/cfb"
)

// IsOLE reports whether a file is a compound file.
func IsOLE(b []byte) bool { return bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) }

// ReadOLE gives what a compound file holds: an old document, spreadsheet or
// presentation, a VBA project, or an object out of one.
func ReadOLE(b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Document: true}
	f, err := cfb.Open(b)
	if err != nil {
		c.Cut = true
		if bytes.Contains(b, []byte(projectName)) { // damaged, perhaps on purpose
			c.Sign(paper.Macro, "")
		}
		return c
	}
	w := oleWalk{f: f, c: c, budget: budget}
	w.storage(f.Root, 0)
	if w.project && !c.Has(paper.Macro) {
		c.Sign(paper.Macro, "")
		c.Sign(paper.MacroHidden, "")
	}
	return c
}

// projectName is the name of a stream that every VBA project has, in UTF-16.
const projectName = "_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00"

// oleWalk goes through the streams.
type oleWalk struct {
	f       *cfb.File
	c       *paper.Contents
	budget  *paper.Budget
	project bool // holds a VBA project
}

func (w *oleWalk) storage(e *cfb.Entry, depth int) {
	for _, child := range e.Children {
		if !w.budget.Entry() {
			w.c.Cut = true
			return
		}
		if child.Storage {
			w.storage(child, depth+1)
			continue
		}
		w.stream(e, child)
	}
}

// stream looks at one stream by its name.
func (w *oleWalk) stream(in, e *cfb.Entry) {
	switch low := strings.ToLower(e.Name); {
	case low == "_vba_project":
		w.project = true
	case low == "encryptedpackage":
		w.c.Locked = true
	case low == "equation native":
		w.c.Sign(paper.Equation, "")
	case e.Name == "\x01Ole10Native":
		w.c.Files = append(w.c.Files, native(w.bytes(e)))
	case e.Name == "Package" && in != w.f.Root, e.Name == "CONTENTS":
		w.c.Files = append(w.c.Files, paper.File{Body: w.bytes(e)})
	case low == "worddocument":
		w.word(w.bytes(e))
	case low == "workbook" || low == "book":
		w.workbook(w.bytes(e))
	case strings.EqualFold(in.Name, "VBA") && low != "dir":
		if source := modules(w.bytes(e), w.budget); source != "" {
			judge(source, w.c)
		}
	case low == "\x01ole" || low == "\x03linkinfo":
		w.moniker(w.bytes(e))
	}
}

// bytes reads a stream within the budget.
func (w *oleWalk) bytes(e *cfb.Entry) []byte {
	if !w.budget.Take(w.f.Claimed(e)) {
		w.c.Cut = true
		return nil
	}
	return w.f.Bytes(e)
}

// moniker looks for an object that is linked instead of embedded.
func (w *oleWalk) moniker(b []byte) {
	for _, link := range append(addresses(string(b)), addresses(narrow(b))...) {
		w.c.Sign(paper.Remote, link)
		w.c.Link(link, "")
	}
}

// narrow drops every second byte where it is zero: UTF-16 that holds ASCII.
func narrow(b []byte) string {
	out := make([]byte, 0, len(b)/2)
	for i := 0; i < len(b); i++ {
		out = append(out, b[i])
		if i+1 < len(b) && b[i+1] == 0 {
			i++
		}
	}
	return string(out)
}

// native reads a packed file (OLE 1.0 package): label, original path, a header,
// the path of a temporary copy, the size, the bytes.
func native(b []byte) paper.File {
	if len(b) < 6 {
		return paper.File{}
	}
	rest := b[6:]
	label, rest := cString(rest)
	path, rest := cString(rest)
	if len(rest) < 8 {
		return paper.File{Name: base(orElse(label, path))}
	}
	n := int(binary.LittleEndian.Uint32(rest[4:]))
	rest = rest[8:]
	rest = rest[max(0, min(n, len(rest))):]
	f := paper.File{Name: base(orElse(path, label))}
	if len(rest) < 4 {
		return f
	}
	size := int(binary.LittleEndian.Uint32(rest))
	f.Body = rest[4:min(4+max(size, 0), len(rest))]
	return f
}

func cString(b []byte) (s string, rest []byte) {
	before, rest, ok := bytes.Cut(b, []byte{0})
	if !ok {
		return "", nil
	}
	return strings.ToValidUTF8(string(before), "?"), rest
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// base gives the last part of a path.
func base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// word looks at the text of an old Word document (MS-DOC).
func (w *oleWalk) word(b []byte) {
	if len(b) < 32 {
		return
	}
	if binary.LittleEndian.Uint16(b[10:])&0x0100 != 0 {
		w.c.Locked = true
		return
	}
	text := words(b[min(512, len(b)):])
	field(text, w.c)
	for _, link := range addresses(text) {
		w.c.Link(link, "")
	}
	w.c.Write(text)
}

// words gives the readable runs of bytes that hold text as ANSI or UTF-16.
func words(b []byte) string {
	const shortest = 12
	var out strings.Builder
	for len(b) > 0 && out.Len() < 4*paper.MostText {
		n, read := ansi(b), narrowText
		if n < shortest {
			if n, read = wide(b), wideText; n < 2*shortest {
				b = b[max(1, min(n, len(b))):]
				continue
			}
		}
		out.WriteString(read(b[:n]))
		out.WriteByte('\n')
		b = b[n:]
	}
	return out.String()
}

func textByte(c byte) bool {
	return c >= ' ' && c != 0x7f || c == '\r' || c == '\n' || c == '\t' || c == 0x13 || c == 0x14 || c == 0x15
}

// ansi is how long a run of one byte a character is.
func ansi(b []byte) (n int) {
	for n < len(b) && textByte(b[n]) {
		n++
	}
	return n
}

func narrowText(b []byte) string { return strings.ToValidUTF8(string(b), "?") }

// wide is how long a run of UTF-16 in Latin letters is, in bytes.
func wide(b []byte) (n int) {
	for n+1 < len(b) && b[n+1] <= 0x20 && (b[n+1] == 0 && textByte(b[n]) || b[n+1] == 0x20 || b[n+1] == 1) {
		n += 2
	}
	return n
}

func wideText(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) > 1; b = b[2:] {
		units = append(units, uint16(b[0])|uint16(b[1])<<8)
	}
	return string(utf16.Decode(units))
}

// field looks for fields that start another program (DDE, MS-DOC 2.9.90).
func field(text string, c *paper.Contents) {
	low := strings.ToLower(text)
	for _, mark := range []string{"ddeauto ", "\x13 dde ", "\x13dde ", "dde \"c:\\", "dde c:\\"} {
		if i := strings.Index(low, mark); i >= 0 {
			c.Sign(paper.Dynamic, clip(strings.TrimSpace(text[min(i, len(text)):])))
			return
		}
	}
}

// clip shortens a detail to one line.
func clip(s string) string {
	if i := strings.IndexAny(s, "\r\n\x13\x14\x15"); i >= 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s[:min(len(s), 120)], "")
}
