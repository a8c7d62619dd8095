// Package page looks into web pages and SVG pictures that come as files,
// without running them.
//
// A page from a mail opens outside the mail's protection and can do anything a
// site can: ask for a password, send on to another site, or put a file together
// out of text so that no filter on the way sees it (smuggling). What it does is
// often coded once or twice; each layer that is plainly coded is undone and
// looked at again, within the budget.
package page

import (
	"bytes"
	"strings"
	"unicode/utf16"

	"golang.org/x/net/html"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Limits of one page.
const (
	mostPage   = 2 << 20
	mostScript = 1 << 20
	deepest    = 3    // layers of coding
	mostLayers = 1000 // pieces of coded text
)

// Read gives what a page, or an SVG picture, holds.
func Read(b []byte, budget *paper.Budget) *paper.Contents {
	w := walk{c: &paper.Contents{Document: true}, budget: budget}
	w.page(b, 0)
	return w.c
}

// walk gathers what the layers hold.
type walk struct {
	c      *paper.Contents
	budget *paper.Budget
	layers int
	inside string          // the element whose text is read
	script strings.Builder // of the layer at hand
	svg    bool            // it is a picture, not a page that has one
	html   bool
	active bool // something runs
}

// page reads one layer.
func (w *walk) page(b []byte, depth int) {
	n := min(len(b), mostPage, w.budget.Bytes/2)
	w.c.Cut = w.c.Cut || n < len(b)
	w.budget.Take(2 * n)
	text := decode(b[:n])
	outer := w.script.String()
	w.script.Reset()
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(mostPage)
	for more := true; more; {
		more = w.token(z, z.Next())
	}
	source := w.script.String()
	w.scripts(source, depth)
	w.script.Reset()
	w.script.WriteString(outer)
}

// decode reads UTF-16 where a page says so, which pages do to hide from filters.
func decode(b []byte) string {
	var units []uint16
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])|uint16(b[i+1])<<8)
		}
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
		}
	default:
		return string(b)
	}
	return string(utf16.Decode(units))
}

func (w *walk) token(z *html.Tokenizer, kind html.TokenType) bool {
	switch kind {
	case html.ErrorToken:
		return false
	case html.StartTagToken, html.SelfClosingTagToken:
		raw, more := z.TagName()
		tag := string(raw)
		w.element(tag, attributes(z, more))
		if kind == html.StartTagToken {
			w.inside = tag
		}
	case html.EndTagToken:
		if w.inside != "" {
			w.c.Write("\n")
		}
		w.inside = ""
	case html.TextToken:
		switch w.inside {
		case "script":
			w.keep(string(z.Text()))
		case "style":
		default:
			w.c.Write(string(z.Text()))
		}
	}
	return true
}

// keep adds to the script.
func (w *walk) keep(s string) {
	if room := mostScript - w.script.Len(); len(s) > room {
		s, w.c.Cut = s[:max(room, 0)], true
	}
	w.script.WriteString(s)
	w.script.WriteByte('\n')
}

func attributes(z *html.Tokenizer, more bool) map[string]string {
	if !more {
		return nil
	}
	out := map[string]string{}
	for more && len(out) < 50 {
		var k, v []byte
		k, v, more = z.TagAttr()
		out[string(k)] = string(v)
	}
	return out
}

// element looks at one element.
func (w *walk) element(tag string, a map[string]string) {
	switch tag {
	case "svg":
		w.svg = !w.html
	case "html", "body", "head":
		w.html, w.svg = true, false
	case "script":
		w.active = true
		w.follow(orElse(a["src"], orElse(a["href"], a["xlink:href"])))
	case "a", "area":
		w.follow(orElse(a["href"], a["xlink:href"]))
	case "form":
		w.follow(a["action"])
	case "input":
		if strings.EqualFold(a["type"], "password") {
			w.c.Sign(paper.PasswordForm, "")
		}
	case "iframe", "embed", "frame":
		w.frame(a["src"])
	case "object":
		w.frame(a["data"])
	case "meta":
		w.meta(a)
	}
	w.events(a)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// follow keeps a web address.
func (w *walk) follow(address string) {
	address = strings.TrimSpace(address)
	switch low := strings.ToLower(address[:min(len(address), 12)]); {
	case strings.HasPrefix(low, "http:"), strings.HasPrefix(low, "https:"), strings.HasPrefix(low, "//"):
		w.c.Link(address, "")
	case strings.HasPrefix(low, "javascript:"):
		w.active = true
		w.keep(address[len("javascript:"):])
	}
}

// frame looks at another page within: by its address, or written out.
func (w *walk) frame(address string) {
	if strings.HasPrefix(strings.ToLower(address), "data:") {
		w.keep("'" + address + "'")
		return
	}
	w.follow(address)
}

// meta looks at a page that sends on by itself.
func (w *walk) meta(a map[string]string) {
	if !strings.EqualFold(strings.TrimSpace(a["http-equiv"]), "refresh") {
		return
	}
	low := strings.ToLower(a["content"])
	if i := strings.Index(low, "url="); i >= 0 {
		w.redirect(strings.Trim(a["content"][min(i+4, len(a["content"])):], ` '"`))
	}
}

func (w *walk) redirect(address string) {
	low := strings.ToLower(address)
	if strings.HasPrefix(low, "data:") || strings.HasPrefix(low, "javascript:") {
		w.keep("'" + address + "'")
		return
	}
	if strings.HasPrefix(low, "http") || strings.HasPrefix(low, "//") {
		w.c.Sign(paper.Redirect, address)
		w.c.Link(address, "")
	}
}

// events keeps the scripts that attributes hold.
func (w *walk) events(a map[string]string) {
	for k, v := range a {
		if strings.HasPrefix(k, "on") && len(k) > 4 && v != "" {
			w.active = true
			w.keep(v)
		}
		if (k == "srcdoc" || strings.HasPrefix(v, "data:text/html") || strings.HasPrefix(v, "data:application/")) && len(v) > 40 {
			w.keep("'" + strings.ReplaceAll(v, "'", "\"") + "'")
		}
	}
}
