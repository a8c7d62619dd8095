// Package pdf looks into PDF documents (ISO 32000) without showing them.
//
// A PDF is a heap of numbered objects. Some describe pages, whose content is a
// small program that draws letters; some are actions: an address to open, a
// script to run, a program to start. We find all objects, also those inside
// compressed streams and those encrypted without a password, and read what a
// person would read and click, and what would happen by itself.
package pdf

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Is reports whether a file is a PDF: readers look for its mark in the first
// kilobyte.
func Is(b []byte) bool { return strings.Contains(string(b[:min(len(b), 1024)]), "%PDF-") }

// Read gives what a PDF holds.
func Read(b []byte, budget *paper.Budget) *paper.Contents {
	r := reader{file: open(b, budget), c: &paper.Contents{Document: true}, codes: mostCodes, fonts: map[*object]*font{}}
	if r.file.locked() {
		r.c.Locked = true
		return r.c
	}
	r.c.Opened = r.file.given != ""
	for _, o := range r.file.all {
		r.walk(o.val)
	}
	r.starts()
	drawn := r.pages()
	for _, link := range addresses(r.c.Text()) {
		r.c.Link(link, "")
	}
	r.lure(drawn)
	r.c.Cut = r.c.Cut || r.file.cut
	return r.c
}

// reader gathers what a file holds.
type reader struct {
	*file
	c     *paper.Contents
	areas int   // links to click
	rects []any // where they are, each an array of corners
	codes int   // characters that the tables of all fonts may still hold
	fonts map[*object]*font
}

// walk looks at a value and all within it; references are not followed, since
// every object gets its turn.
func (r *reader) walk(v any) {
	switch v := v.(type) {
	case dict:
		r.action(v)
		r.attached(v)
		if v["Rect"] != nil && v["A"] != nil && r.get(r.dict(v["A"])["S"]) == name("URI") {
			r.rects = append(r.rects, v["Rect"])
		}
		for _, inner := range v {
			r.walk(inner)
		}
	case []any:
		for _, inner := range v {
			r.walk(inner)
		}
	}
}

// action looks at what a click, or opening, does (12.6).
func (r *reader) action(d dict) {
	switch kind, _ := r.get(d["S"]).(name); kind {
	case "URI":
		r.link(d["URI"])
	case "Launch":
		if detail := r.launched(d); !strings.HasSuffix(strings.ToLower(detail), ".pdf") {
			r.c.Sign(paper.Launch, detail)
		}
	case "SubmitForm", "ImportData", "GoToR":
		if at := r.fileName(d["F"]); strings.Contains(at, "://") {
			r.c.Link(at, "")
		}
	}
}

// plain reads a text string. It is charged each time, since any number of
// references may lead to the same one.
func (r *reader) plain(v any) string {
	s := r.string(v)
	if !r.take(len(s)) {
		return ""
	}
	return plainText(s)
}

func (r *reader) link(v any) {
	address := r.plain(v)
	if address == "" {
		return
	}
	r.areas++
	r.c.Link(address, "")
}

// launched names what a launch action starts.
func (r *reader) launched(d dict) string {
	if win := r.dict(d["Win"]); win != nil {
		return strings.TrimSpace(r.plain(win["F"]) + " " + r.plain(win["P"]))
	}
	return r.fileName(d["F"])
}

// fileName reads a file specification (7.11).
func (r *reader) fileName(v any) string {
	switch v := r.get(v).(type) {
	case text:
		return r.plain(v)
	case dict:
		for _, key := range []string{"UF", "F", "Unix", "DOS"} {
			if s := r.plain(v[key]); s != "" {
				return s
			}
		}
	}
	return ""
}

// mostAttached limits the files taken out of one document.
const mostAttached = 50

// attached takes out an embedded file (7.11.4).
func (r *reader) attached(d dict) {
	inside := r.dict(d["EF"])
	if inside == nil || len(r.c.Files) >= mostAttached {
		return
	}
	file := paper.File{Name: r.fileName(d)}
	for _, key := range []string{"F", "UF"} {
		if o := r.target(inside[key]); o != nil && o.raw != nil {
			file.Body, _ = r.bytes(o, mostStream)
			break
		}
	}
	r.c.Files = append(r.c.Files, file)
}

// starts looks at scripts that run without a click: at opening (OpenAction),
// for the document (the JavaScript name tree), or with a page (AA).
func (r *reader) starts() {
	for _, o := range r.all {
		d := o.dict()
		if d == nil {
			continue
		}
		r.script(d["OpenAction"])
		if isPage(d) || d["Type"] == name("Catalog") {
			for _, way := range r.some(d["AA"]) {
				r.script(way)
			}
		}
		for _, names := range []dict{d, r.dict(d["Names"])} {
			if tree := r.dict(names["JavaScript"]); tree != nil {
				r.tree(tree, 0)
			}
		}
	}
}

func isPage(d dict) bool { return d["Type"] == name("Page") }

// some gives the values of a dictionary that many others may refer to.
func (r *reader) some(v any) dict {
	d := r.dict(v)
	if !r.take(16 * len(d)) {
		return nil
	}
	return d
}

// tree looks at the scripts of a name tree (7.9.6).
func (r *reader) tree(d dict, depth int) {
	if depth > 4 {
		return
	}
	names, kids := r.array(d["Names"]), r.array(d["Kids"])
	if !r.take(perStream + 16*len(names)) {
		return
	}
	for _, v := range names {
		r.script(v)
	}
	for _, kid := range kids[:min(len(kids), 20)] {
		r.tree(r.dict(kid), depth+1)
	}
}

// script looks at a script that runs by itself. Printing at once, choosing a
// view and adding up fields are everyday.
func (r *reader) script(v any) {
	d := r.dict(v)
	if d == nil || r.get(d["S"]) != name("JavaScript") {
		return
	}
	source := r.source(d["JS"])
	for _, link := range addresses(source) {
		r.c.Link(link, "")
	}
	for _, mark := range reaching {
		if strings.Contains(source, mark) {
			r.c.Sign(paper.Autostart, mark)
			return
		}
	}
}

// reaching holds what a script needs to open, send or hide something.
//
//nolint:gochecknoglobals // a constant table
var reaching = []string{
	"launchURL", "getURL", "submitForm", "exportDataObject", "openDoc", "mailMsg", "mailDoc", "mailForm", "eval", "unescape",
	"fromCharCode", "importDataObject", "SOAP", "ADBC", "Net.HTTP", "execMenuItem", "newDoc", "util.printd", "media.newPlayer",
	"Collab", "%u", "decodeURIComponent", "streamFromString", "createDataObject",
}

func (r *reader) source(v any) string {
	if o := r.target(v); o != nil && o.raw != nil {
		body, _ := r.bytes(o, 256<<10)
		return r.plain(text(body))
	}
	return r.plain(v)
}

// Limits of a page that is there to be clicked.
const (
	fewLetters = 700 // text of the whole document, in bytes
	fewPages   = 2
	somePages  = 8
	fewAreas   = 3
	bigArea    = 0.2 // of a page: people mark a word or a button, traps the whole picture
)

// lure tells of a document that is hardly more than a link: a few words, or a
// page most of which is one.
func (r *reader) lure(d drawn) {
	if len(r.c.Links) == 0 || r.areas == 0 || d.pages == 0 || d.pages > somePages {
		return
	}
	big := 0.0
	for _, rect := range r.rects {
		big = max(big, r.area(rect)/d.area)
	}
	if big > bigArea || d.pages <= fewPages && r.areas <= fewAreas && len(r.c.Text()) < fewLetters {
		r.c.Sign(paper.Lure, r.c.Links[0].URL)
	}
}

// area is the size of a rectangle, in square units of a page.
func (r *reader) area(v any) float64 {
	a := r.array(v)
	if len(a) < 4 {
		return 0
	}
	return diff(r.number(a[2]), r.number(a[0])) * diff(r.number(a[3]), r.number(a[1]))
}
