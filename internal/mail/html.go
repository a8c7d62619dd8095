package mail

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is the reading of one HTML document, token by token: no tree is built,
// so no nesting can hurt.
type page struct {
	r     *reading
	part  int
	z     *html.Tokenizer
	open  []element
	count map[atom.Atom]int // how often each tag is open
	pre   int               // how often <pre> is
	sheet sheet
	plain *looker // who makes the Page by the way, nil for none

	shown     flow
	hidden    flow
	invisible int
	anchor    int // index in Links of the open <a>, -1 for none
	anchorRef strings.Builder
}

// element is one open tag and what it does to the text inside.
type element struct {
	tag  atom.Atom
	look look
}

// readHTML gives the text that a person sees, the text that is there and
// cannot be seen, and how many invisible characters stood inside words. It
// takes the links on the way, and tells the tokens to a looker.
func (r *reading) readHTML(src string, part int, plain *looker) (shown, hidden string, invisible int) {
	p := &page{r: r, part: part, z: html.NewTokenizer(strings.NewReader(src)), count: map[atom.Atom]int{}, anchor: -1, plain: plain}
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			if !errors.Is(p.z.Err(), io.EOF) {
				r.defect("html.unreadable", r.m.Parts[part].Path, "the HTML could not be read to its end")
			}
			p.closeAnchor()
			return p.shown.text(), p.hidden.text(), p.invisible
		case html.TextToken:
			p.text()
		case html.StartTagToken:
			p.start(false)
		case html.SelfClosingTagToken:
			p.start(true)
		case html.EndTagToken:
			p.end()
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// top is how the text at this place looks.
func (p *page) top() look {
	if len(p.open) == 0 {
		return look{ink: unknownColour, ground: unknownColour}
	}
	return p.open[len(p.open)-1].look
}

// start takes a tag. What closes itself counts as closed only for tags that
// HTML does not know; for its own a browser ignores the slash.
func (p *page) start(closed bool) {
	name, more := p.z.TagName()
	tag := atom.Lookup(name)
	if tag == atom.Noscript {
		p.z.NextIsNotRawText() // a mail client runs no script and shows it
		p.leave()              // to whom it is text
	}
	var a attributes
	var few marks
	for more {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		a.take(key, value)
		if p.plain != nil {
			few.take(key, value, a.style)
		}
	}
	if p.plain != nil {
		p.plain.start(name, tag, &few)
	}
	p.link(tag, &a)
	kind := kindOf(tag)
	if kind&closedByItself != 0 {
		p.implied(tag)
	}
	p.breakBefore(tag, kind)
	if kind&void != 0 || closed && tag == 0 {
		return
	}
	p.push(element{tag, p.sheet.apply(p.top(), tag, kind, &a)})
}

// leave lets the looker go: the tokens are not those that it wants.
func (p *page) leave() {
	if p.plain != nil {
		p.plain.partial = true
		p.plain = nil
	}
}

// implied closes the element that the start of its like ends.
func (p *page) implied(tag atom.Atom) {
	if n := len(p.open); n > 0 && p.open[n-1].tag == tag {
		p.pop()
	}
}

func (p *page) push(e element) {
	p.open = append(p.open, e)
	p.count[e.tag]++
	if e.tag == atom.Pre {
		p.pre++
	}
}

func (p *page) pop() {
	n := len(p.open) - 1
	tag := p.open[n].tag
	p.open = p.open[:n]
	p.count[tag]--
	if tag == atom.Pre {
		p.pre--
	}
}

// end closes the innermost element of that name and all inside it. A name that
// is not open is ignored at once; that keeps the cost linear.
func (p *page) end() {
	name, _ := p.z.TagName()
	tag := atom.Lookup(name)
	if p.plain != nil {
		p.plain.end(name, tag)
	}
	if tag == atom.A {
		p.closeAnchor()
	}
	if tag == atom.Br || tag == atom.P && p.count[tag] == 0 {
		p.flow().lines(1)
	}
	if p.count[tag] > 0 {
		for p.open[len(p.open)-1].tag != tag {
			p.pop()
		}
		p.pop()
	}
	p.breakBefore(tag, kindOf(tag))
}

func (p *page) flow() *flow {
	if top := p.top(); top.unseen() {
		return &p.hidden
	}
	return &p.shown
}

// breakBefore begins a new line for tags that do.
func (p *page) breakBefore(tag atom.Atom, kind tagKind) {
	switch {
	case tag == atom.Br:
		p.flow().lines(1)
	case kind&paragraph != 0:
		p.shown.atLeast(2)
	case kind&block != 0:
		p.shown.atLeast(1)
	case kind&beside != 0:
		p.shown.space = true
	default:
		return
	}
	p.hidden.space = true
}

// text takes a run of text.
func (p *page) text() {
	bare := p.z.Text()
	if p.anchor < 0 && p.pre == 0 && onlySpace(bare) {
		p.gap(bare)
		return
	}
	top, raw := p.top(), string(bare)
	if p.plain != nil {
		p.plain.text(raw)
	}
	if top.skip {
		if n := len(p.open); p.open[n-1].tag == atom.Style {
			p.sheet.read(raw)
		}
		return
	}
	text, count := raw, 0
	if !isASCII(raw) {
		text, count = dropInvisible(strings.ToValidUTF8(raw, "\ufffd"))
	}
	text = withoutZeros(text)
	if top.unseen() {
		p.hidden.write(text, false)
		return
	}
	p.invisible += count
	p.shown.write(text, p.pre > 0)
	if p.anchor >= 0 {
		p.see(text)
		return
	}
	if strings.Contains(text, "://") || strings.Contains(text, "www.") {
		p.r.textLinks(text, LinkText, p.part)
	}
}

// gap takes the space between two tags, which is most of the runs of text.
func (p *page) gap(space []byte) {
	if len(space) == 0 {
		return
	}
	if p.plain != nil {
		p.plain.gap(space)
	}
	if top := p.top(); !top.skip {
		p.flow().space = true
	}
}

// onlySpace reports whether a run of text is nothing but ordinary space.
func onlySpace(text []byte) bool {
	for _, c := range text {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// maxLinkText is how much of a link's text is kept.
const maxLinkText = 500

// see adds to the text of the open link.
func (p *page) see(text string) {
	if room := maxLinkText - p.anchorRef.Len(); room > 0 {
		p.anchorRef.WriteString(text[:min(len(text), room)])
	}
}

func (p *page) closeAnchor() {
	if p.anchor >= 0 {
		text := strings.ToValidUTF8(p.anchorRef.String(), "")
		p.r.m.Links[p.anchor].Text = strings.Join(strings.Fields(text), " ")
	}
	p.anchor = -1
	p.anchorRef.Reset()
}

// flow collects text as a person sees it: runs of space are one, and line
// breaks come from tags.
type flow struct {
	b       strings.Builder
	space   bool // a space is due before the next word
	newline int  // line breaks are due before the next word
}

// lines adds n line breaks, atLeast makes sure of n; never more than two.
func (f *flow) lines(n int)   { f.newline = min(f.newline+n, 2) }
func (f *flow) atLeast(n int) { f.newline = max(f.newline, n) }

func (f *flow) text() string { return f.b.String() }

func (f *flow) write(s string, pre bool) {
	for s != "" {
		end := 0
		for end < len(s) && s[end] > ' ' && s[end] != 0xc2 {
			end++
		}
		if end < len(s) && s[end] == 0xc2 && !strings.HasPrefix(s[end:], "\u00a0") {
			end += utf8.RuneLen('\u00a1')
			end = min(end, len(s))
		}
		if end > 0 {
			f.word(s[:end])
			s = s[end:]
			continue
		}
		if pre && s[0] == '\n' {
			f.lines(1)
		}
		f.space = true
		if s[0] == 0xc2 {
			s = s[1:]
		}
		s = s[1:]
	}
}

// word writes a word after the space or the line breaks that are due.
func (f *flow) word(w string) {
	switch {
	case f.b.Len() == 0:
	case f.newline > 0:
		f.b.WriteString("\n\n"[:f.newline])
	case f.space:
		f.b.WriteByte(' ')
	}
	f.space, f.newline = false, 0
	f.b.WriteString(w)
}
