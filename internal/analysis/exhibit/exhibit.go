// Package exhibit makes a picture of a reported message for the person who
// reported it: a card with its sender, its subject and at most three places
// circled and numbered, and below them in words what each gave away.
//
// The picture is drawn from scratch. Nothing of the message is rendered: its
// words are cut short, cleared of characters that steer or reorder text, and
// its addresses are written so that nobody types them by mistake. So it can go
// by mail, where a drawing in SVG or a page could not.
package exhibit

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// mostPlaces is how many places are circled; longestReason is how many
// characters of a sentence about one are written.
const (
	mostPlaces    = 3
	longestReason = 240
)

// Kind is what a row of the card shows.
type Kind string

// The kinds of row. Each has a word in the catalogue of whoever asks for the
// picture, see Words.
const (
	From    Kind = "from"
	Subject Kind = "subject"
	Replies Kind = "replies"
	Text    Kind = "text"
	Link    Kind = "link"
	File    Kind = "file"
)

// Kinds lists them, for tests that walk them.
func Kinds() []Kind { return []Kind{From, Subject, Replies, Text, Link, File} }

// Row is one line of the card.
type Row struct {
	Kind Kind
	Text string // harmless
	Pins []int  // of what is said below, from 1
}

// Reason is a finding with its sentence for the reporter.
type Reason struct {
	Finding  verdict.Finding
	Sentence string
}

// Card is what the picture shows.
type Card struct {
	Rows    []Row    // sender and subject, then the other places
	Reasons []string // what each pin means, in order
}

// Of makes the card of a message. Reasons that have no place in it are left
// out; without any, the card has no reasons and there is nothing to draw.
func Of(m *mail.Message, reasons []Reason) Card {
	c := Card{Rows: []Row{{Kind: From, Text: Safe(written(m.Author()))}, {Kind: Subject, Text: Safe(m.Subject)}}}
	for _, r := range reasons {
		kind, text := place(m, r.Finding.Place)
		if len(c.Reasons) == mostPlaces || kind == "" || text == "" {
			continue
		}
		c.Reasons = append(c.Reasons, shortened(r.Sentence, longestReason))
		c.pin(kind, text, len(c.Reasons))
	}
	return c
}

// Empty reports whether there is nothing to point at.
func (c Card) Empty() bool { return len(c.Reasons) == 0 }

// pin points at a row, which is added where it is not there yet.
func (c *Card) pin(kind Kind, text string, n int) {
	for i := range c.Rows {
		if r := &c.Rows[i]; r.Kind == kind && (kind == From || kind == Subject || r.Text == text) {
			r.Pins = append(r.Pins, n)
			return
		}
	}
	c.Rows = append(c.Rows, Row{Kind: kind, Text: text, Pins: []int{n}})
}

func written(a mail.Address) string { return strings.TrimSpace(a.Name + " <" + a.Addr + ">") }

// place says what a person sees at a place; "" where they see nothing.
func place(m *mail.Message, p verdict.Place) (Kind, string) {
	switch p.Spot {
	case verdict.InHeader:
		return header(m, p.Name)
	case verdict.InLink:
		if p.Index >= 0 && p.Index < len(m.Links) {
			return Link, link(m.Links[p.Index])
		}
	case verdict.InAttachment:
		if p.Index >= 0 && p.Index < len(m.Parts) && m.Parts[p.Index] != nil {
			return File, Safe(m.Parts[p.Index].Name)
		}
	case verdict.InText:
		return Text, Safe(p.Quote)
	case verdict.InWhole:
	}
	return "", ""
}

func header(m *mail.Message, name string) (Kind, string) {
	switch strings.ToLower(name) {
	case "from", "sender":
		return From, Safe(written(m.Author()))
	case "subject":
		return Subject, Safe(m.Subject)
	case "reply-to":
		if len(m.ReplyTo) > 0 {
			return Replies, Safe(m.ReplyTo[0].Addr)
		}
	}
	return "", ""
}

// link says what stands there and where it leads.
func link(l mail.Link) string {
	apart := view.New(subject.Subject{Message: &mail.Message{Links: []mail.Link{l}}}).Links[0]
	to := Safe(domain.Defang(apart.Host))
	if to == "" {
		to = Safe(l.URL)
	}
	shown := Safe(l.Text)
	if shown == "" || shown == Safe(l.URL) || shown == to {
		return to
	}
	return shown + " → " + to
}
