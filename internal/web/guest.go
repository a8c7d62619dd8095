package web

import (
	"strings"

	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// message reads a reported message back.
func (v *visit) message(r cases.Reported) (*mail.Message, error) {
	raw, err := v.Desk.Blobs.Get(v.ctx, blob.Hash(r.Blob))
	if err != nil {
		return nil, err
	}
	return mail.Read(raw, mail.DefaultBudget()), nil
}

// newGuest lays a reported message out with its findings pointed at: finding i
// has pin i+1. Nothing of it can be followed, opened or fetched.
func newGuest(m *mail.Message, findings []verdict.Finding) page.Guest {
	g, _ := layOut(m, findings)
	return g
}

// layOut also says which of the findings have a place.
func layOut(m *mail.Message, findings []verdict.Finding) (page.Guest, []bool) {
	g := page.Guest{Text: m.Shown, Headers: guestHeaders(m), Hidden: m.Hidden}
	if strings.TrimSpace(g.Text) == "" {
		g.Text = m.Text
	}
	l := layout{g: &g, subject: m.Subject, links: linkRows(m, &g), codes: codeRows(m, findings, &g)}
	l.files = fileRows(m, findings, l.codes, &g)
	placed := make([]bool, len(findings))
	for i, f := range findings {
		placed[i] = l.point(f, i+1)
	}
	return g, placed
}

// layout is a guest with the rows in which its links, codes and files stand.
type layout struct {
	g                   *page.Guest
	subject             string
	links, codes, files map[int]int
}

// point puts a pin where a finding can be seen; false where it can't.
func (l layout) point(f verdict.Finding, pin int) bool {
	g := l.g
	switch f.Place.Spot {
	case verdict.InHeader:
		return pinHeader(g, f.Place.Name, pin)
	case verdict.InLink:
		at, ok := l.links[f.Place.Index]
		if ok {
			g.Links[at].Pins = append(g.Links[at].Pins, pin)
		}
		return ok
	case verdict.InAttachment:
		return l.pointFile(f.Place.Index, pin)
	case verdict.InText:
		return l.pointText(f.Place.Quote, pin)
	case verdict.InWhole:
	}
	return false
}

// pointFile points at a code in a picture, or at the file itself.
func (l layout) pointFile(part, pin int) bool {
	g := l.g
	if at, ok := l.codes[part]; ok {
		g.Codes[at].Pins = append(g.Codes[at].Pins, pin)
		return true
	}
	at, ok := l.files[part]
	if ok {
		g.Files[at].Pins = append(g.Files[at].Pins, pin)
	}
	return ok
}

// pointText points at words: in the text, in the subject, or where nobody sees
// them.
func (l layout) pointText(quote string, pin int) bool {
	g := l.g
	switch {
	case stands(g.Text, quote):
		g.Marks = append(g.Marks, page.Mark{Pin: pin, Quote: quote})
	case stands(l.subject, quote):
		return pinHeader(g, "Subject", pin)
	case stands(g.Hidden, quote):
		g.Veiled = append(g.Veiled, page.Mark{Pin: pin, Quote: quote})
	default:
		return false
	}
	return true
}

// guestFields are the header fields that are shown, with the key of their name.
//
//nolint:gochecknoglobals // a constant table
var guestFields = []struct{ field, key string }{
	{"From", "from"}, {"Reply-To", "reply-to"}, {"Return-Path", "return-path"},
	{"To", "to"}, {"Subject", "subject"}, {"Date", "date"},
}

const longestField = 500 // bytes of a header field that are shown

func guestHeaders(m *mail.Message) []page.GuestField {
	var out []page.GuestField
	for _, f := range guestFields {
		if value := m.Get(f.field); value != "" && !(f.key == "return-path" && sameAsFrom(m, value)) {
			out = append(out, page.GuestField{Name: f.key, Value: cut(value, longestField)})
		}
	}
	return out
}

// sameAsFrom reports whether a return path only repeats the sender: it is shown
// where it says something.
func sameAsFrom(m *mail.Message, value string) bool {
	address := strings.ToLower(strings.Trim(strings.TrimSpace(value), "<>"))
	from := strings.ToLower(strings.TrimSpace(m.Get("From")))
	return from == address || strings.HasSuffix(from, "<"+address+">")
}

// headerName is the shown field that stands for a field.
func headerName(name string) string {
	if strings.EqualFold(name, "Sender") {
		return "From"
	}
	return name
}

func pinHeader(g *page.Guest, name string, pin int) bool {
	name = headerName(name)
	for i := range g.Headers {
		if strings.EqualFold(name, g.Headers[i].Name) {
			g.Headers[i].Pins = append(g.Headers[i].Pins, pin)
			return true
		}
	}
	return false
}
