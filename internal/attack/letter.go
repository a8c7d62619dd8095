package attack

import (
	"bytes"
	"fmt"
	"html"
	"mime/quotedprintable"
	"regexp"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// letter is a sample taken apart so that it can be written anew: the fields of
// its header, and its body as one entity (RFC 2045 section 2.4) in which the
// two texts that a person reads can be replaced.
type letter struct {
	mail        *mail.Message
	head        []string // fields as they stand, folding and all, without line end; none of Content-*
	entity      []byte   // the Content-* fields, an empty line, the body
	plain, html span     // where the texts stand in entity
}

// span is a range of bytes; nothing when it is empty.
type span struct{ from, to int }

func (s span) empty() bool { return s.to <= s.from }

// open takes a message apart. Where its texts can't be found in its bytes as
// mail.Read understood them, it is built anew of what was understood.
func open(raw []byte) *letter {
	l := &letter{mail: mail.Read(raw, mail.DefaultBudget())}
	head, body := cutHeader(raw)
	var content strings.Builder
	for _, f := range fields(head) {
		if strings.HasPrefix(strings.ToLower(f), "content-") {
			content.WriteString(f + "\r\n")
		} else {
			l.head = append(l.head, f)
		}
	}
	l.entity = append([]byte(content.String()+"\r\n"), body...)
	l.locate(span{0, len(l.entity)}, 0)
	if !l.found(l.plain, l.mail.Plain) || !l.found(l.html, l.mail.HTML) {
		l.rebuild()
	}
	return l
}

// found reports whether what stands at s reads as text.
func (l *letter) found(s span, text string) bool {
	if s.empty() || strings.TrimSpace(text) == "" {
		return strings.TrimSpace(text) == ""
	}
	m := mail.Read(append([]byte("MIME-Version: 1.0\r\n"), l.entity[s.from:s.to]...), mail.DefaultBudget())
	return m.HTML == text || m.HTML == "" && m.Plain == text
}

// draft is a letter being changed.
type draft struct {
	of          *letter
	head        []string
	plain, html string
}

func (l *letter) draft() *draft {
	return &draft{of: l, head: slices.Clone(l.head), plain: l.mail.Plain, html: l.mail.HTML}
}

// add puts fields below those that are there: servers on the way add theirs
// above what the sender wrote.
func (d *draft) add(lines ...string) { d.head = append(d.head, lines...) }

// set replaces a field, or adds it.
func (d *draft) set(name, value string) {
	d.head = slices.DeleteFunc(d.head, func(f string) bool { return named(f, name) })
	d.add(name + ": " + value)
}

func named(field, name string) bool {
	got, _, _ := strings.Cut(field, ":")
	return strings.EqualFold(strings.TrimSpace(got), name)
}

// block is a piece of text in both forms; one that is hidden has no plain form.
type block struct{ plain, html string }

// visible is a text that everybody sees.
func visible(text string) block { return block{text, paragraphs(text)} }

var (
	bodyStart = regexp.MustCompile(`(?i)<body[^>]*>`)
	bodyEnd   = regexp.MustCompile(`(?i)</body\s*>`)
)

// before puts a block above the message. Only what is hidden makes a plain
// message one of HTML.
func (d *draft) before(b block) {
	d.dress(b)
	if d.plain != "" && b.plain != "" {
		d.plain = b.plain + "\n\n" + d.plain
	}
	if d.html == "" || b.html == "" {
		return
	}
	at := 0
	if m := bodyStart.FindStringIndex(d.html); m != nil {
		at = m[1]
	}
	d.html = d.html[:at] + b.html + d.html[at:]
}

// after puts a block below the message.
func (d *draft) after(b block) {
	d.dress(b)
	if d.plain != "" && b.plain != "" {
		d.plain += "\n\n" + b.plain
	}
	if d.html == "" || b.html == "" {
		return
	}
	at := len(d.html)
	if m := bodyEnd.FindAllStringIndex(d.html, -1); m != nil {
		at = m[len(m)-1][0]
	}
	d.html = d.html[:at] + b.html + d.html[at:]
}

// dress gives the message the form that the block needs.
func (d *draft) dress(b block) {
	switch {
	case d.html == "" && d.plain == "":
		d.html = "<p></p>" // pictures or files alone: the words come beside them
	case d.html == "" && b.plain == "":
		d.html = paragraphs(d.plain)
	}
}

var address = regexp.MustCompile(`https?://[^\s<>"']+`)

// paragraphs writes plain text as HTML, addresses as links.
func paragraphs(text string) string {
	safe := html.EscapeString(text)
	safe = address.ReplaceAllString(safe, `<a href="$0">$0</a>`)
	safe = strings.ReplaceAll(strings.ReplaceAll(safe, "\r\n", "\n"), "\n\n", "</p><p>")
	return "<p>" + strings.ReplaceAll(safe, "\n", "<br>\n") + "</p>\n"
}

// bytes writes the changed letter.
func (d *draft) bytes() []byte {
	var w bytes.Buffer
	for _, f := range d.head {
		w.WriteString(f + "\r\n")
	}
	w.Write(d.body())
	return w.Bytes()
}

// body writes the texts into their places; one that had no place stands beside
// the other, or before all the rest.
func (d *draft) body() []byte {
	l := d.of
	all := l.entity
	switch {
	case l.plain.empty() && l.html.empty():
		if d.plain+d.html == "" {
			return all
		}
		return multi("mixed", d.both(), string(all))
	case l.html.empty():
		return splice(all, l.plain, d.both())
	case l.plain.empty():
		return splice(all, l.html, d.both())
	case l.plain.from < l.html.from:
		return splice(splice(all, l.html, leaf("html", d.html)), l.plain, leaf("plain", d.plain))
	}
	return splice(splice(all, l.plain, leaf("plain", d.plain)), l.html, leaf("html", d.html))
}

// both is one entity that holds the texts there are.
func (d *draft) both() string {
	switch {
	case d.html == "":
		return leaf("plain", d.plain)
	case d.plain == "":
		return leaf("html", d.html)
	}
	return string(multi("alternative", leaf("plain", d.plain), leaf("html", d.html)))
}

func splice(all []byte, s span, with string) []byte {
	return slices.Concat(all[:s.from], []byte(with), all[s.to:])
}

// leaf writes a text part.
func leaf(kind, text string) string {
	var w strings.Builder
	qp := quotedprintable.NewWriter(&w)
	_, _ = qp.Write([]byte(text)) // a strings.Builder takes everything
	_ = qp.Close()
	return "Content-Type: text/" + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + w.String()
}

// multi joins entities. Quoted-printable never has the "=_" of the boundary.
func multi(kind string, parts ...string) []byte {
	boundary := "=_written-anew-" + kind
	var w bytes.Buffer
	fmt.Fprintf(&w, "Content-Type: multipart/%s; boundary=%q\r\n\r\n", kind, boundary)
	for _, part := range parts {
		fmt.Fprintf(&w, "--%s\r\n%s\r\n", boundary, part)
	}
	fmt.Fprintf(&w, "--%s--\r\n", boundary)
	return w.Bytes()
}
