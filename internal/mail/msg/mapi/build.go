package mapi

import (
	"errors"
	"regexp"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/msg/entity"
)

// ErrTooBig says that the rebuilt message would go over the limit.
var ErrTooBig = errors.New("mapi: the content goes over the limit")

const (
	maxDepth = 20
	// DefaultLimit is the most bytes of content where the caller names none.
	DefaultLimit = 64 << 20
	maxRTF       = 8 << 20 // of rich text, unpacked: more than anybody reads, and than is judged without a person
	mostGrowth   = 16 << 20
)

// Growth is the most bytes of content that a file of so many bytes may honestly
// come to: what it holds is stored as it is, but for the rich text.
func Growth(size int) int { return 2*size + mostGrowth }

// builder counts what a whole message costs.
type builder struct{ left int }

// RFC822 builds the message. limit is the most bytes of content; zero or
// less means DefaultLimit. The same properties give the same bytes.
func (m *Message) RFC822(limit int) ([]byte, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return (&builder{left: limit}).message(m, 0)
}

func (b *builder) take(n int) error {
	if b.left -= n; b.left < 0 {
		return ErrTooBig
	}
	return nil
}

func (b *builder) message(m *Message, depth int) ([]byte, error) {
	head := m.header()
	if err := b.take(len(head)); err != nil {
		return nil, err
	}
	body, err := b.body(m, depth)
	if err != nil {
		return nil, err
	}
	return append([]byte(head+"MIME-Version: 1.0\r\n"), body...), nil
}

// body gives the entity: its own header fields, an empty line, its content.
func (b *builder) body(m *Message, depth int) ([]byte, error) {
	if e := m.signed(); e != nil {
		return e, b.take(len(e))
	}
	bodies := m.Bodies(b.left)
	if err := b.take(len(bodies.Text) + len(bodies.HTML)); err != nil {
		return nil, err
	}
	var parts [][]byte
	if bodies.Text != "" || bodies.HTML == "" {
		parts = append(parts, entity.Text("plain", bodies.Text))
	}
	if bodies.HTML != "" {
		parts = append(parts, entity.Text("html", bodies.HTML))
	}
	files := [][]byte{entity.Multipart("alternative", parts...)}
	for i := range m.Attachments {
		f, err := b.attachment(m, &m.Attachments[i], depth)
		if err != nil {
			return nil, err
		}
		if f != nil {
			files = append(files, f)
		}
	}
	return entity.Multipart("mixed", files...), nil
}

// signed gives the entity of a signed or encrypted message, which Outlook
// keeps whole in its one attachment.
func (m *Message) signed() []byte {
	class := strings.ToLower(m.text(Class))
	if !strings.HasPrefix(class, "ipm.note.smime") || len(m.Attachments) != 1 {
		return nil
	}
	data := m.Attachments[0].Props[AttachData].Data
	if strings.HasSuffix(class, ".multipartsigned") {
		if len(data) < 14 || !strings.EqualFold(string(data[:13]), "content-type:") {
			return nil
		}
		return data
	}
	return entity.Leaf("application/pkcs7-mime; name=smime.p7m", data, entity.Disposition("attachment", "smime.p7m"))
}

// Bodies are the readable bodies, as UTF-8.
type Bodies struct{ Text, HTML string }

// Bodies reads the text, the HTML, and where there is no HTML the rich text.
// limit is the most bytes the rich text may grow to.
func (m *Message) Bodies(limit int) Bodies {
	out := Bodies{Text: m.text(Body), HTML: m.Text(HTML, m.htmlCodepage())}
	if out.HTML != "" {
		return out
	}
	if v := m.Props[RTFCompressed]; len(v.Data) > 0 {
		r := ReadRTF(Decompress(v.Data, min(limit, maxRTF)), m.textCodepage())
		out.HTML = r.HTML
		if out.Text == "" {
			out.Text = r.Text
		}
	}
	return out
}

func (b *builder) attachment(m *Message, a *Attachment, depth int) ([]byte, error) {
	name := a.Name(m)
	if a.Embedded != nil {
		if depth >= maxDepth {
			return nil, nil
		}
		raw, err := b.message(a.Embedded, depth+1)
		if err != nil {
			return nil, err
		}
		return entity.Plain("message/rfc822", "8bit", raw, entity.Disposition("attachment", name)), nil
	}
	data := a.Props[AttachData].Data
	if err := b.take(len(data)); err != nil {
		return nil, err
	}
	kind, extra := "attachment", ""
	if cid := strings.Trim(a.Text(AttachContentID, m.textCodepage()), "<> "); cid != "" {
		kind, extra = "inline", "Content-ID: <"+entity.OneLine(cid)+">"
	}
	return entity.Leaf(a.Type(m), data, entity.Disposition(kind, name), extra), nil
}

// Name is the attachment's file name, "" when it has none.
func (a *Attachment) Name(m *Message) string {
	for _, id := range []uint16{AttachLongName, AttachShortName, DisplayName} {
		if s := strings.TrimSpace(a.Text(id, m.textCodepage())); s != "" {
			return s[strings.LastIndexAny(s, `/\`)+1:]
		}
	}
	if a.Embedded != nil {
		return a.Embedded.text(Subject)
	}
	return ""
}

// mediaType is a plain type/subtype, nothing after it.
var mediaType = regexp.MustCompile(`^[a-z0-9.+-]+/[a-z0-9.+_-]+$`)

// Type is the attachment's media type, application/octet-stream when unknown.
func (a *Attachment) Type(m *Message) string {
	t := strings.ToLower(strings.TrimSpace(a.Text(AttachType, m.textCodepage())))
	if mediaType.MatchString(t) && !strings.HasPrefix(t, "multipart/") && !strings.HasPrefix(t, "message/") {
		return t
	}
	name := strings.ToLower(a.Name(m))
	if t, ok := extensions[name[strings.LastIndexByte(name, '.')+1:]]; ok {
		return t
	}
	return "application/octet-stream"
}

// extensions name the type of files that come without one.
//
//nolint:gochecknoglobals // a constant table
var extensions = map[string]string{
	"pdf": "application/pdf", "zip": "application/zip", "htm": "text/html", "html": "text/html",
	"txt": "text/plain", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
	"svg": "image/svg+xml", "ics": "text/calendar", "doc": "application/msword", "xls": "application/vnd.ms-excel",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "msg": "application/vnd.ms-outlook",
}
