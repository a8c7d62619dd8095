package unwrap

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/msg"
	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
	"github.com/bienvu/bienvu/internal/mail/tnef"
)

// file is an attached original and, where it was read already, the message.
type file struct {
	Original
	name    string
	message *mail.Message
}

// collection is what stands attached to a report.
type collection struct {
	room  *room
	files []file
	body  string // the report's own text, where it travelled in winmail.dat
}

// room is what taking a whole report apart may still cost, however its files
// are packed into one another.
type room struct {
	bytes int // unpacked, converted or read as a message
	files int // attached messages
}

func newRoom() *room { return &room{bytes: 96 << 20, files: 500} }

// take spends bytes and reports whether there were as many.
func (r *room) take(n int) bool {
	r.bytes -= n
	if r.bytes < 0 {
		r.bytes = 0
		return false
	}
	return r.bytes > 0
}

// closed notes that something in the report could not be opened, once for each
// shape: a person is asked for an open copy, and somebody looks.
func (c *collection) closed(shape string) {
	for _, f := range c.files {
		if f.Shape == shape && f.Note == NoteEncrypted {
			return
		}
	}
	c.files = append(c.files, file{Original: Original{Shape: shape, Note: NoteEncrypted}})
}

// text is the report's own text.
func (c collection) text(m *mail.Message) string {
	if strings.TrimSpace(m.Text) == "" {
		return c.body
	}
	return m.Text
}

// collect takes every message that is attached to m, in whatever wrapping.
func collect(m *mail.Message, room *room) collection {
	c := collection{room: room}
	for _, p := range m.Parts {
		c.part(p)
	}
	return c
}

func (c *collection) part(p *mail.Part) {
	switch {
	case p.Message != nil && msg.Is(p.Body):
		c.outlook(p.Name, p.Body)
	case p.Message != nil:
		c.message(p)
	case tnef.Is(p.Body):
		c.winmail(p.Body)
	case isZip(p.Name, p.Type, p.Body):
		c.archive(p.Body)
	case msg.Is(p.Body) && strings.HasSuffix(strings.ToLower(p.Name), ".msg"):
		c.outlook(p.Name, p.Body)
	}
}

// message takes an attached message in the internet's own format.
func (c *collection) message(p *mail.Part) {
	o := Original{Raw: p.Body, Shape: ShapeEML, Complete: complete(p.Message)}
	switch {
	case p.Type == "text/rfc822-headers" || p.Type == "message/rfc822-headers":
		o.Shape, o.Note = ShapeRFC822, NoteHeaders
	case strings.HasPrefix(p.Type, "message/"):
		o.Shape = ShapeRFC822
	}
	if p.Cut {
		o.Complete, o.Note = false, NoteCut
	}
	c.files = append(c.files, file{o, p.Name, p.Message})
}

// raw takes the bytes of a message that no mail was read from yet.
func (c *collection) raw(name, shape string, raw []byte) {
	if c.room.files--; c.room.files < 0 || !c.room.take(len(raw)) {
		c.closed(shape)
		return
	}
	m := mail.Read(raw, mail.DefaultBudget())
	c.files = append(c.files, file{Original{Raw: raw, Shape: shape, Complete: complete(m)}, name, m})
}

func (c *collection) outlook(name string, raw []byte) {
	out, err := msg.Convert(raw, c.room.bytes)
	if errors.Is(err, mapi.ErrTooBig) {
		c.closed(ShapeMSG)
	}
	if err != nil {
		return
	}
	if c.room.files--; c.room.files < 0 || !c.room.take(len(out.RFC822)) {
		c.closed(ShapeMSG)
		return
	}
	m := mail.Read(out.RFC822, mail.DefaultBudget())
	o := Original{Raw: out.RFC822, Shape: ShapeMSG, Complete: out.Headers && complete(m), Note: NoteRebuilt}
	c.files = append(c.files, file{o, name, m})
}

// winmail takes the messages in a winmail.dat. Where there are none it is
// the report's own envelope, and its text is what the person wrote.
func (c *collection) winmail(raw []byte) {
	t, err := tnef.Read(raw, c.room.bytes)
	if err != nil {
		return
	}
	if !c.room.take(len(t.RFC822)) {
		c.closed(ShapeTNEF)
		return
	}
	for _, a := range t.Attachments {
		switch {
		case a.Message != nil:
			c.raw(a.Name, ShapeTNEF, a.Message)
			if last := &c.files[len(c.files)-1]; last.Raw != nil {
				last.Note = NoteRebuilt
			}
		case msg.Is(a.Data):
			c.outlook(a.Name, a.Data)
		case isZip(a.Name, a.Type, a.Data):
			c.archive(a.Data)
		case isMessage(a.Name, a.Data):
			c.raw(a.Name, ShapeTNEF, a.Data)
		}
	}
	if c.body = t.Text; c.body == "" && t.HTML != "" {
		c.body = mail.Read(t.RFC822, mail.DefaultBudget()).Text
	}
}

// expanded is a report whose text and files came out of its winmail.dat; any
// other stays as it is.
func expanded(m *mail.Message) *mail.Message {
	for _, p := range m.Parts {
		if !tnef.Is(p.Body) {
			continue
		}
		if t, err := tnef.Read(p.Body, 0); err == nil && t.RFC822 != nil {
			own, body, _ := strings.Cut(string(t.RFC822), "\r\n\r\n")
			return within(m, []byte(onlyBodyFields(own)+"\r\n"+body))
		}
	}
	return m
}

// complete reports whether a header is one that a message travelled with: a
// server, or the sender's own signature, left its mark on it.
func complete(m *mail.Message) bool {
	return slices.ContainsFunc([]string{"Received", "Authentication-Results", "DKIM-Signature", "ARC-Seal"}, m.Header.Has)
}

// isMessage knows a message by its name or by its first lines.
func isMessage(name string, raw []byte) bool {
	fields := headerFields(string(raw[:min(len(raw), 4096)]))
	want := 4
	if strings.HasSuffix(strings.ToLower(name), ".eml") {
		want = 1
	}
	return fields >= want
}

// headerFields counts the well-known fields at the start of a text.
func headerFields(s string) int {
	n := 0
	for line := range strings.Lines(s) {
		name, _, ok := strings.Cut(line, ":")
		switch {
		case mailFields[strings.ToLower(strings.TrimSpace(name))]:
			n++
		case line[0] == ' ' || line[0] == '\t' || ok && !strings.ContainsAny(name, " \t"):
		default:
			return n
		}
	}
	return n
}

// mailFields are fields that mails have and other texts have not.
//
//nolint:gochecknoglobals // a constant table
var mailFields = map[string]bool{
	"received": true, "return-path": true, "message-id": true, "mime-version": true, "from": true, "to": true, "date": true,
	"subject": true, "delivered-to": true, "dkim-signature": true, "authentication-results": true, "content-type": true,
	"x-mailer": true, "arc-seal": true, "received-spf": true, "reply-to": true, "list-unsubscribe": true, "x-originating-ip": true,
}

// Dropped reads a file that a person hands over as the suspicious message
// itself: an .eml, a .msg, a zip of them, a winmail.dat.
func Dropped(name string, raw []byte) []Original {
	c := collection{room: newRoom()}
	switch {
	case msg.Is(raw):
		c.outlook(name, raw)
	case tnef.Is(raw):
		c.winmail(raw)
	case isZip(name, "", raw):
		c.archive(raw)
	case isMessage(name, bytes.TrimLeft(raw, "\ufeff\r\n")) || bytes.HasPrefix(raw, []byte("From ")):
		c.raw(name, ShapeEML, raw)
	}
	var out []Original
	for _, f := range c.files {
		out = append(out, f.Original)
	}
	return distinct(out)
}

// IsMessage reports whether what was read as a message is one: whether it has
// any field that mails have. It is generous, because torn and odd mails are
// judged too; a program, a picture or a letter in plain words has none.
func IsMessage(m *mail.Message) bool {
	return slices.ContainsFunc(slices.Collect(maps.Keys(mailFields)), m.Header.Has)
}
