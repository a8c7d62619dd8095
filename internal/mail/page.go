package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is what the HTML of a message shows and hides, by what its own elements
// say: a plainer look than that of Shown and Hidden, and one that changes nothing
// of the text.
type Page struct {
	Visible string // text that a person sees
	Hidden  string // text that is in the HTML and that nobody sees
	Images  int    // remote or attached pictures
	Forms   int    // forms
	Secrets int    // fields for a password
	Scripts int    // script elements
}

// pageBudget limits how much HTML a Page is made of, in bytes.
const pageBudget = 1 << 20

// looker makes a Page of the tokens of a document; no tree is built, so no
// nesting can cost more than its length.
type looker struct {
	page            Page
	visible, hidden strings.Builder
	skip            atom.Atom // inside script, style, …
	veil            string    // the element that hides what is in it
	nest            int       // how many elements of that name are open in it
	styles          map[string]bool
	partial         bool // it was not shown all tokens as it wants them
}

// marks are the few attributes of a tag that matter.
type marks struct {
	style, kind string
	hidden      bool
}

// Paper gives what the HTML shows and hides. Reading the message told it by the
// way; it is made here for a message that was put together, or is very long.
func (m *Message) Paper() Page {
	if m.page != nil && m.page.of == m.HTML {
		return m.page.Page
	}
	return readPage(m.HTML[:min(len(m.HTML), pageBudget)])
}

// paper is a Page and the HTML that it was made of.
type paper struct {
	Page
	of string
}

// readPage makes a Page of a document.
func readPage(source string) Page {
	var w looker
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(pageBudget)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.done()
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			var a marks
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				a.take(key, value, "")
			}
			w.start(name, atom.Lookup(name), &a)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(name, atom.Lookup(name))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

func (w *looker) done() Page {
	w.page.Visible, w.page.Hidden = w.visible.String(), w.hidden.String()
	return w.page
}

// take keeps an attribute that matters; known is a copy of the value, if there
// is one.
func (a *marks) take(key, value []byte, known string) {
	at := &a.style
	switch string(key) {
	case "hidden":
		a.hidden = true
		return
	case "type":
		at = &a.kind
	case "style":
	default:
		return
	}
	if string(value) != known {
		known = string(value)
	}
	*at = known
}

func (w *looker) text(s string) {
	switch {
	case w.skip != 0:
	case w.veil != "":
		w.hidden.WriteString(s)
	default:
		w.visible.WriteString(s)
	}
}

// gap takes space between two tags.
func (w *looker) gap(space []byte) {
	switch {
	case w.skip != 0:
	case w.veil != "":
		w.hidden.Write(space)
	default:
		w.visible.Write(space)
	}
}

func (w *looker) start(name []byte, tag atom.Atom, a *marks) {
	if onLines(tag) {
		w.text("\n")
	}
	w.count(tag, a)
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template:
		w.skip = tag
		return
	case atom.Img, atom.Br, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Area, atom.Base, atom.Col, atom.Wbr:
		return
	}
	w.veilFrom(name, a)
}

func (w *looker) veilFrom(name []byte, a *marks) {
	switch {
	case w.veil == string(name):
		w.nest++
	case w.veil == "" && w.hides(a):
		w.veil, w.nest = string(name), 1
		w.hidden.WriteByte('\n')
	}
}

func (w *looker) end(name []byte, tag atom.Atom) {
	if tag != 0 && tag == w.skip {
		w.skip = 0
	}
	if onLines(tag) {
		w.text("\n")
	}
	if w.veil == string(name) {
		if w.nest--; w.nest == 0 {
			w.veil = ""
		}
	}
}

func (w *looker) count(tag atom.Atom, a *marks) {
	switch tag {
	case atom.Img:
		w.page.Images++
	case atom.Form:
		w.page.Forms++
	case atom.Input:
		if strings.EqualFold(a.kind, "password") {
			w.page.Secrets++
		}
	case atom.Script:
		w.page.Scripts++
	}
}

// hides reports whether an element's own style makes it invisible. Pages write
// the same few styles over and over, so each is read once.
func (w *looker) hides(a *marks) bool {
	if a.hidden || a.style == "" {
		return a.hidden
	}
	known, ok := w.styles[a.style]
	if !ok {
		known = outOfSight(a.style)
		if w.styles == nil {
			w.styles = map[string]bool{}
		}
		w.styles[a.style] = known
	}
	return known
}

func outOfSight(style string) bool {
	style = squeezed(strings.ToLower(style))
	for at := strings.IndexByte(style, ':'); at >= 0; {
		for _, way := range hidingWays {
			if strings.HasPrefix(style[at:], way[1]) && strings.HasSuffix(style[:at], way[0]) {
				return true
			}
		}
		next := strings.IndexByte(style[at+1:], ':')
		if next < 0 {
			return false
		}
		at += 1 + next
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

// hidingWays are how a property ends and its value begins that hide.
//
//nolint:gochecknoglobals // a constant table
var hidingWays = [][2]string{
	{"display", ":none"}, {"visibility", ":hidden"}, {"font-size", ":0;"}, {"font-size", ":0px"}, {"font-size", ":1px"},
	{"opacity", ":0;"}, {"max-height", ":0;"}, {"max-height", ":0px"}, {"text-indent", ":-9"}, {"left", ":-9999"},
}

// onLines reports whether an element stands on lines of its own.
func onLines(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Td, atom.Th, atom.Table, atom.Li, atom.Ul, atom.Ol,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Blockquote, atom.Hr, atom.Body:
		return true
	}
	return false
}
