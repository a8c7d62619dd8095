// Package mailtest builds messages for tests: the few lines that matter are
// given, the rest is what an ordinary mail has. The same calls always make the
// same bytes.
//
//	raw := mailtest.New("Parcel", "Poste <info@poste.example>", "ana@firm.example").
//		Text("Your parcel waits.").
//		HTML(`<a href="https://poste.example/x">Your parcel</a>`).
//		Attach("label.pdf", "application/pdf", pdf).
//		Bytes()
package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
)

// Builder is a message being made.
type Builder struct {
	header []string
	text   string
	html   string
	extra  []string // whole parts, header and body
	level  int
}

// New begins a message with the fields that every mail has. The date is
// 2 March 2026; From and To are written as they are given.
func New(subject, from, to string) *Builder {
	return (&Builder{}).
		Header("From", from).
		Header("To", to).
		Header("Subject", mime.QEncoding.Encode("utf-8", subject)).
		Header("Date", "Mon, 02 Mar 2026 09:00:00 +0100").
		Header("Message-ID", "<test@mail.example>")
}

// Header adds a field, or replaces the one that New made. An empty value
// removes it.
func (b *Builder) Header(name, value string) *Builder {
	kept := b.header[:0:0]
	for _, line := range b.header {
		if !made(name) || !strings.HasPrefix(strings.ToLower(line), strings.ToLower(name)+":") {
			kept = append(kept, line)
		}
	}
	if value != "" {
		kept = append(kept, name+": "+strings.ReplaceAll(value, "\n", "\r\n"))
	}
	b.header = kept
	return b
}

// made reports whether New makes a field of that name.
func made(name string) bool {
	switch strings.ToLower(name) {
	case "from", "to", "subject", "date", "message-id":
		return true
	}
	return false
}

// Top adds a field above all others, as servers do with Received and
// Authentication-Results.
func (b *Builder) Top(name, value string) *Builder {
	b.header = append([]string{name + ": " + strings.ReplaceAll(value, "\n", "\r\n")}, b.header...)
	return b
}

// Text sets the plain text.
func (b *Builder) Text(text string) *Builder { b.text = text; return b }

// HTML sets the HTML.
func (b *Builder) HTML(html string) *Builder { b.html = html; return b }

// Attach adds a file.
func (b *Builder) Attach(name, kind string, body []byte) *Builder {
	return b.Part(fmt.Sprintf("Content-Type: %s\r\nContent-Disposition: attachment; filename=%q\r\nContent-Transfer-Encoding: base64\r\n\r\n%s",
		kind, name, lines(base64.StdEncoding.EncodeToString(body))))
}

// Nest attaches a message as message/rfc822; name may be "".
func (b *Builder) Nest(name string, message []byte) *Builder {
	disposition := "Content-Disposition: attachment\r\n"
	if name != "" {
		disposition = fmt.Sprintf("Content-Disposition: attachment; filename=%q\r\n", name)
	}
	b.level += bytes.Count(message, []byte("boundary=")) // keeps boundaries apart
	return b.Part("Content-Type: message/rfc822\r\n" + disposition + "\r\n" + string(message))
}

// Part adds a part as it is: header, empty line, body.
func (b *Builder) Part(whole string) *Builder {
	b.extra = append(b.extra, whole)
	return b
}

// Bytes gives the message with CRLF line ends.
func (b *Builder) Bytes() []byte {
	body := b.body()
	if len(b.extra) > 0 {
		body = b.join("mixed", append([]string{body}, b.extra...))
	}
	return []byte(strings.Join(b.header, "\r\n") + "\r\nMIME-Version: 1.0\r\n" + body)
}

// Read gives the message as mail.Read understands it.
func (b *Builder) Read(tb testing.TB) *mail.Message {
	tb.Helper()
	return mail.Read(b.Bytes(), mail.DefaultBudget())
}

func (b *Builder) body() string {
	switch {
	case b.html == "":
		return leaf("text/plain", b.text)
	case b.text == "":
		return leaf("text/html", b.html)
	}
	return b.join("alternative", []string{leaf("text/plain", b.text), leaf("text/html", b.html)})
}

func leaf(kind, text string) string {
	var w strings.Builder
	qp := quotedprintable.NewWriter(&w)
	_, _ = qp.Write([]byte(text)) // a strings.Builder takes everything
	_ = qp.Close()
	return "Content-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + w.String()
}

func (b *Builder) join(kind string, parts []string) string {
	boundary := fmt.Sprintf("=_%s_%d", kind, b.level)
	var w strings.Builder
	fmt.Fprintf(&w, "Content-Type: multipart/%s; boundary=%q\r\n\r\n", kind, boundary)
	for _, part := range parts {
		fmt.Fprintf(&w, "--%s\r\n%s\r\n", boundary, part)
	}
	fmt.Fprintf(&w, "--%s--\r\n", boundary)
	return w.String()
}

// lines breaks base64 at 76 columns.
func lines(s string) string {
	var w strings.Builder
	for len(s) > 76 {
		w.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	w.WriteString(s)
	return w.String()
}
