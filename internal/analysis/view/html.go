package view

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is what the HTML of a message shows and hides.
type Page struct {
	Visible string // text that a person sees
	Hidden  string // text that is in the HTML and that nobody sees
	Images  int    // remote or attached pictures
	Forms   int    // forms
	Secrets int    // fields for a password
	Scripts int    // script elements and event attributes
}

// pageBudget limits how much HTML is walked, in bytes.
const pageBudget = 1 << 20

// walker goes through the tokens of a page; no tree is built, so no nesting
// can cost more than its length.
type walker struct {
	page            Page
	visible, hidden strings.Builder
	skip            atom.Atom // inside script, style, …
	veil            string    // the element that hides what is in it
	nest            int       // how many elements of that name are open in it
	styles          map[string]bool
	name            [32]byte // room for the name of a tag
}

// readPage walks the HTML once.
func readPage(source string) Page {
	if len(source) > pageBudget {
		source = source[:pageBudget]
	}
	w := walker{styles: map[string]bool{}}
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(pageBudget)
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.page.Visible, w.page.Hidden = w.visible.String(), w.hidden.String()
			return w.page
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z)
		case html.EndTagToken:
			w.end(nameOf(z.Raw(), w.name[:0]))
		}
	}
}

func (w *walker) text(s string) {
	switch {
	case w.skip != 0:
	case w.veil != "":
		w.hidden.WriteString(s)
	default:
		w.visible.WriteString(s)
	}
}

func (w *walker) start(z *html.Tokenizer) {
	name := nameOf(z.Raw(), w.name[:0])
	tag := atom.Lookup(name)
	if block(tag) {
		w.text("\n")
	}
	attrs := read(z, len(z.Raw()) > len("<>")+len(name))
	w.count(tag, attrs)
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template:
		w.skip = tag
		return
	case atom.Img, atom.Br, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Area, atom.Base, atom.Col, atom.Wbr:
		return
	}
	w.veilFrom(name, attrs)
}

func (w *walker) veilFrom(name []byte, attrs attributes) {
	switch {
	case w.veil == string(name):
		w.nest++
	case w.veil == "" && w.hides(attrs):
		w.veil, w.nest = string(name), 1
		w.hidden.WriteByte('\n')
	}
}

func (w *walker) end(name []byte) {
	tag := atom.Lookup(name)
	if tag != 0 && tag == w.skip {
		w.skip = 0
	}
	if block(tag) {
		w.text("\n")
	}
	if w.veil == string(name) {
		if w.nest--; w.nest == 0 {
			w.veil = ""
		}
	}
}

func (w *walker) count(tag atom.Atom, attrs attributes) {
	switch tag {
	case atom.Img:
		w.page.Images++
	case atom.Form:
		w.page.Forms++
	case atom.Input:
		if strings.EqualFold(attrs.kind, "password") {
			w.page.Secrets++
		}
	case atom.Script:
		w.page.Scripts++
	}
}

// attributes are the few that matter.
type attributes struct {
	style, kind string
	hidden      bool
}

// nameOf appends the name of a tag, in small letters, to buffer. The tokenizer
// tells it too, and copies it twice for that.
func nameOf(raw, buffer []byte) []byte {
	raw = bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte("<")), []byte("/"))
	for _, c := range raw {
		switch {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '/' || c == '>':
			return buffer
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		buffer = append(buffer, c)
	}
	return buffer
}

func read(z *html.Tokenizer, more bool) (a attributes) {
	if more {
		_, more = z.TagName() // before the attributes
	}
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "style":
			a.style = string(val)
		case "type":
			a.kind = string(val)
		case "hidden":
			a.hidden = true
		}
	}
	return a
}

// hides reports whether an element's own style makes it invisible. Pages write
// the same few styles over and over, so each is read once.
func (w *walker) hides(a attributes) bool {
	if a.hidden || a.style == "" {
		return a.hidden
	}
	known, ok := w.styles[a.style]
	if !ok {
		known = hiding(a.style)
		w.styles[a.style] = known
	}
	return known
}

func hiding(style string) bool {
	style = squeezed(strings.ToLower(style))
	for _, way := range invisible {
		if strings.Contains(style, way) {
			return true
		}
	}
	return false
}

// squeezed is a style without spaces and stress, its end marked as that of
// every declaration.
func squeezed(style string) string {
	const stress = "!important"
	out := make([]byte, 0, len(style)+1)
	for i := 0; i < len(style); i++ {
		switch c := style[i]; {
		case c == ' ' || c == '\t' || c == '\n':
		case c == '!' && strings.HasPrefix(style[i:], stress):
			i += len(stress) - 1
		default:
			out = append(out, c)
		}
	}
	return string(append(out, ';'))
}

//nolint:gochecknoglobals // a constant table
var invisible = []string{
	"display:none", "visibility:hidden", "font-size:0;", "font-size:0px", "font-size:1px", "opacity:0;",
	"max-height:0;", "max-height:0px", "text-indent:-9", "left:-9999",
}

// block reports whether an element stands on lines of its own.
func block(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Td, atom.Th, atom.Table, atom.Li, atom.Ul, atom.Ol,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Blockquote, atom.Hr, atom.Body:
		return true
	}
	return false
}
