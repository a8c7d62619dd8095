package mapi

import (
	"cmp"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/mail/msg/entity"
)

// rebuilt are the fields that describe a body, and the body is rebuilt.
//
//nolint:gochecknoglobals // a constant table
var rebuilt = map[string]bool{
	"content-type": true, "content-transfer-encoding": true, "content-disposition": true,
	"content-id": true, "content-description": true, "content-location": true,
	"mime-version": true, "content-length": true, "lines": true,
}

// HasHeaders reports whether the header the message travelled with is there.
func (m *Message) HasHeaders() bool { return len(m.transport()) > 2 }

// field is one header field with its folding.
type field struct{ name, lines string }

// transport gives the fields the message travelled with, without those that
// describe its old body. Exchange may put a title line before them, and the
// headers of parts after them.
func (m *Message) transport() []field {
	var out []field
	for line := range strings.Lines(m.text(TransportHeaders)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" && len(out) > 0:
			return withoutRebuilt(out)
		case line == "":
		case (line[0] == ' ' || line[0] == '\t') && len(out) > 0:
			if strings.TrimSpace(line) != "" {
				out[len(out)-1].lines += "\r\n" + line
			}
		default:
			if name, _, ok := strings.Cut(line, ":"); ok && isFieldName(name) {
				out = append(out, field{name: strings.ToLower(name), lines: line})
			}
		}
	}
	return withoutRebuilt(out)
}

func withoutRebuilt(in []field) []field {
	out := in[:0]
	for _, f := range in {
		if !rebuilt[f.name] {
			out = append(out, f)
		}
	}
	return out
}

func isFieldName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}

// header writes the header section without the body's own fields: the
// transport fields as they are, and after them those that only the
// properties know.
func (m *Message) header() string {
	var b strings.Builder
	have := map[string]bool{}
	for _, f := range m.transport() {
		have[f.name] = true
		b.WriteString(f.lines + "\r\n")
	}
	for _, f := range m.known() {
		if !have[strings.ToLower(f.name)] && f.lines != "" {
			b.WriteString(f.name + ": " + f.lines + "\r\n")
		}
	}
	return b.String()
}

// known gives the fields as the properties tell them.
func (m *Message) known() []field {
	from, sender := m.from(), m.sender()
	if from == "" || from == sender {
		from, sender = cmp.Or(from, sender), ""
	}
	return []field{
		{"From", from}, {"Sender", sender},
		{"To", m.recipients(1)}, {"Cc", m.recipients(2)},
		{"Subject", entity.Word(m.text(Subject))}, {"Date", m.date()},
		{"Message-ID", entity.OneLine(m.text(MessageID))}, {"In-Reply-To", entity.OneLine(m.text(InReplyTo))}, {"References", entity.OneLine(m.text(References))},
	}
}

func (m *Message) from() string {
	return mailbox(m.text(RepresentingName), m.text(RepresentingSMTP), m.text(RepresentingAddress))
}

func (m *Message) sender() string {
	return mailbox(m.text(SenderName), m.text(SenderSMTP), m.text(SenderAddress))
}

func (m *Message) date() string {
	for _, id := range []uint16{SubmitTime, DeliveryTime} {
		if t := m.Time(id); !t.IsZero() {
			return t.Format(time.RFC1123Z)
		}
	}
	return ""
}

func (m *Message) recipients(kind int) string {
	var out []string
	for _, r := range m.Recipients {
		if r.Int(RecipientType)&0xF != kind {
			continue
		}
		cp := m.textCodepage()
		if s := mailbox(r.Text(DisplayName, cp), r.Text(SMTPAddress, cp), r.Text(EmailAddress, cp)); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// mailbox writes a name and the first address that is one of the internet:
// inside an organisation Exchange knows people by X.500 names.
func mailbox(name string, addresses ...string) string {
	addr := ""
	for _, a := range addresses {
		if a = strings.TrimSpace(a); addr == "" && strings.Contains(a, "@") && !strings.ContainsAny(a, "<> \r\n") {
			addr = a
		}
	}
	return entity.Mailbox(name, addr)
}
