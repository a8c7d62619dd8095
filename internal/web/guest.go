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
	g := page.Guest{Text: m.Shown, Headers: guestHeaders(m)}
	if strings.TrimSpace(g.Text) == "" {
		g.Text = m.Text
	}
	links, files := linkRows(m, &g), fileRows(m, &g)
	for i, f := range findings {
		pin := i + 1
		switch f.Place.Spot {
		case verdict.InHeader:
			pinHeader(&g, f.Place.Name, pin)
		case verdict.InLink:
			if at, ok := links[f.Place.Index]; ok {
				g.Links[at].Pins = append(g.Links[at].Pins, pin)
			}
		case verdict.InAttachment:
			if at, ok := files[f.Place.Index]; ok {
				g.Files[at].Pins = append(g.Files[at].Pins, pin)
			}
		case verdict.InText:
			if !stands(g.Text, f.Place.Quote) && stands(m.Subject, f.Place.Quote) {
				pinHeader(&g, "Subject", pin)
				continue
			}
			g.Marks = append(g.Marks, page.Mark{Pin: pin, Quote: f.Place.Quote})
		case verdict.InWhole:
		}
	}
	return g
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

func pinHeader(g *page.Guest, name string, pin int) {
	name = headerName(name)
	for i := range g.Headers {
		if strings.EqualFold(name, g.Headers[i].Name) {
			g.Headers[i].Pins = append(g.Headers[i].Pins, pin)
		}
	}
}

const mostLinks = 100 // shown; a newsletter has hundreds

// linkRows fills in the links that a person can follow, each once, and says at
// which row each link of the message stands.
func linkRows(m *mail.Message, g *page.Guest) map[int]int {
	rows, seen := map[int]int{}, map[[2]string]int{}
	for i, l := range m.Links {
		if l.Source == mail.LinkImage || l.Source == mail.LinkHeader || l.Source == mail.LinkOther {
			continue
		}
		key := [2]string{l.URL, l.Text}
		at, again := seen[key]
		if !again {
			if len(g.Links) == mostLinks {
				continue
			}
			at = len(g.Links)
			seen[key] = at
			row := page.GuestLink{URL: cut(l.URL, longestField)}
			if l.Text != l.URL {
				row.Text = cut(l.Text, longestField)
			}
			g.Links = append(g.Links, row)
		}
		rows[i] = at
	}
	return rows
}

// fileRows fills in the attachments, by name only.
func fileRows(m *mail.Message, g *page.Guest) map[int]int {
	rows := map[int]int{}
	for i, p := range m.Parts {
		if !p.Attachment {
			continue
		}
		rows[i] = len(g.Files)
		g.Files = append(g.Files, page.GuestFile{Name: cut(p.Name, longestField), Type: p.Type, TrueType: p.TrueType, Size: p.Size})
	}
	return rows
}
