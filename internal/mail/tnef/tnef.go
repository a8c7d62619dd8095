// Package tnef reads winmail.dat, the envelope that Outlook and Exchange put
// around a message when they believe that Outlook will read it too
// (MS-OXTNEF): a stream of attributes, each with a length and a checksum,
// most of them old, two of them holding tables of MAPI properties.
//
// Every length comes from outside and is checked against what is left. A
// stream that ends early gives what was read before.
package tnef

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// ErrNotTNEF says that the bytes are not a TNEF stream.
var ErrNotTNEF = errors.New("tnef: not a TNEF stream")

// Content is what a TNEF stream holds.
type Content struct {
	Subject     string
	Text, HTML  string // UTF-8; "" when absent
	Attachments []Attachment
	RFC822      []byte // the whole as an RFC 5322 message; nil when over the limit
	Headers     bool   // the transport headers were in it
	Cut         bool   // the stream ended early or went over the limit
}

// Attachment is one file, or one message when Message is not nil.
type Attachment struct {
	Name    string
	Type    string // media type, "application/octet-stream" when unknown
	Data    []byte
	Message []byte // an embedded message as RFC 5322
}

const (
	signature      = 0x223E9F78
	maxDepth       = 10
	maxAttachments = 1000
)

// Is reports whether raw starts with the TNEF signature.
func Is(raw []byte) bool {
	return len(raw) >= 6 && binary.LittleEndian.Uint32(raw) == signature
}

// Read reads a TNEF stream. limit is the most bytes the content may come to;
// zero or less means 64 MiB. The only error is ErrNotTNEF.
func Read(raw []byte, limit int) (Content, error) {
	if !Is(raw) {
		return Content{}, ErrNotTNEF
	}
	if limit <= 0 {
		limit = mapi.DefaultLimit
	}
	limit = min(limit, mapi.Growth(len(raw)))
	r := &reader{}
	m := r.stream(raw, 0)
	c := Content{Subject: m.Text(mapi.Subject, m.Codepage), Headers: m.HasHeaders(), Cut: r.cut}
	b := m.Bodies(limit)
	c.Text, c.HTML = b.Text, b.HTML
	left := limit
	for i := range m.Attachments {
		a, ok := attachment(m, &m.Attachments[i], &left)
		c.Cut = c.Cut || !ok
		if ok {
			c.Attachments = append(c.Attachments, a)
		}
	}
	out, err := m.RFC822(limit)
	c.RFC822, c.Cut = out, c.Cut || err != nil
	return c, nil
}

func attachment(m *mapi.Message, a *mapi.Attachment, left *int) (Attachment, bool) {
	out := Attachment{Name: a.Name(m), Type: a.Type(m), Data: a.Props[mapi.AttachData].Data}
	if a.Embedded != nil {
		raw, err := a.Embedded.RFC822(max(1, *left))
		if err != nil {
			return out, false
		}
		out.Type, out.Data, out.Message = "message/rfc822", nil, raw
	}
	*left -= len(out.Data) + len(out.Message)
	return out, *left >= 0
}

// Attributes that are read (MS-OXTNEF 2.1.3.2); the type is in the upper half.
const (
	attSubject      = 0x00018004
	attDateSent     = 0x00038005
	attClass        = 0x00078008
	attMessageID    = 0x00018009
	attBody         = 0x0002800C
	attData         = 0x0006800F
	attTitle        = 0x00018010
	attRecipients   = 0x00069004
	attRendering    = 0x00069002
	attMessageProps = 0x00069003
	attAttachProps  = 0x00069005
	attCodepage     = 0x00069007
)

// legacy says which property an old attribute of text or bytes stands for.
//
//nolint:gochecknoglobals // a constant table
var legacy = map[uint32]struct{ id, kind uint16 }{
	attSubject: {mapi.Subject, mapi.TypeString8}, attClass: {mapi.Class, mapi.TypeString8},
	attMessageID: {mapi.MessageID, mapi.TypeString8}, attBody: {mapi.Body, mapi.TypeString8},
}

type reader struct{ cut bool }

// stream reads attributes until the bytes end.
func (r *reader) stream(raw []byte, depth int) *mapi.Message {
	m := &mapi.Message{Props: mapi.Props{}}
	if !Is(raw) {
		r.cut = true
		return m
	}
	b := raw[6:] // signature and key
	for len(b) >= 11 {
		id := binary.LittleEndian.Uint32(b[1:])
		size := int64(binary.LittleEndian.Uint32(b[5:]))
		b = b[9:]
		if size > int64(len(b)) {
			r.cut = true
			size = int64(len(b))
		}
		r.attribute(m, id, b[:size], depth)
		b = b[min(size+2, int64(len(b))):]
	}
	return m
}

func (r *reader) attribute(m *mapi.Message, id uint32, b []byte, depth int) {
	switch id {
	case attCodepage:
		if len(b) >= 4 {
			m.Codepage = int(binary.LittleEndian.Uint32(b))
		}
	case attMessageProps:
		p, _ := r.table(b, depth)
		merge(m.Props, p.Props)
	case attRecipients:
		r.recipients(m, b, depth)
	case attRendering:
		if len(m.Attachments) < maxAttachments {
			m.Attachments = append(m.Attachments, mapi.Attachment{Props: mapi.Props{}})
		}
	case attTitle, attData, attAttachProps:
		if n := len(m.Attachments); n > 0 {
			r.attachmentAttribute(&m.Attachments[n-1], id, b, depth)
		}
	default:
		if l, ok := legacy[id]; ok {
			if _, have := m.Props[l.id]; !have {
				m.Props[l.id] = mapi.Value{Type: l.kind, Data: bytes.TrimRight(b, "\x00")}
			}
		}
	}
}

func (r *reader) attachmentAttribute(a *mapi.Attachment, id uint32, b []byte, depth int) {
	switch id {
	case attTitle:
		a.Props[mapi.AttachShortName] = mapi.Value{Type: mapi.TypeString8, Data: b}
	case attData:
		a.Props[mapi.AttachData] = mapi.Value{Type: mapi.TypeBinary, Data: b}
	case attAttachProps:
		p, _ := r.table(b, depth)
		merge(a.Props, p.Props)
		a.Embedded = p.object
	}
}

func (r *reader) recipients(m *mapi.Message, b []byte, depth int) {
	if len(b) < 4 {
		return
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	for ; n > 0 && len(b) > 0 && len(m.Recipients) < maxAttachments; n-- {
		p, rest := r.table(b, depth)
		m.Recipients = append(m.Recipients, p.Props)
		b = rest
	}
}

// merge lets the property table win over the old attributes, but never a
// value by an empty one.
func merge(into, from mapi.Props) {
	for id, v := range from {
		if len(v.Data) > 0 {
			into[id] = v
		}
	}
}
