package story

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"time"
)

// letter is a mail being written. Everything in it comes from the story, so the
// same story always gives the same bytes.
type letter struct {
	head  bytes.Buffer
	text  string // the plain text
	html  string // the same with links; "" when there are none
	parts []part
	name  string // makes the boundaries
}

// part is a file, or a whole mail, that comes along.
type part struct {
	kind, name string
	body       []byte
}

// field adds one field of the header.
func (l *letter) field(name, value string) { fmt.Fprintf(&l.head, "%s: %s\r\n", name, value) }

// words encodes a text for a header (RFC 2047), folded where it is long.
func words(text string) string {
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", text), "?= =?", "?=\r\n =?")
}

// mailbox writes "Name <address>" with the name encoded where it must be.
func mailbox(text string) string {
	name, address, ok := strings.Cut(text, " <")
	if !ok {
		return text
	}
	coded := words(name)
	if coded == name {
		coded = `"` + name + `"`
	}
	return coded + " <" + address
}

func stamp(at time.Time) string { return at.Format(time.RFC1123Z) }

// bytes gives the mail.
func (l *letter) bytes() []byte {
	body := leaf("text/plain", l.text)
	if l.html != "" {
		body = l.join("alternative", body, leaf("text/html", l.html))
	}
	if len(l.parts) > 0 {
		all := []string{body}
		for _, p := range l.parts {
			all = append(all, p.entity())
		}
		body = l.join("mixed", all...)
	}
	return []byte(l.head.String() + "MIME-Version: 1.0\r\n" + body)
}

func (l *letter) join(kind string, parts ...string) string {
	boundary := "=_" + kind + "_" + l.name
	var w strings.Builder
	fmt.Fprintf(&w, "Content-Type: multipart/%s; boundary=\"%s\"\r\n\r\n", kind, boundary)
	for _, p := range parts {
		fmt.Fprintf(&w, "--%s\r\n%s\r\n", boundary, p)
	}
	fmt.Fprintf(&w, "--%s--\r\n", boundary)
	return w.String()
}

func leaf(kind, text string) string {
	var w strings.Builder
	qp := quotedprintable.NewWriter(&w)
	_, _ = qp.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n"))) // a strings.Builder takes everything
	_ = qp.Close()
	return "Content-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + w.String()
}

// entity writes a part. A whole mail stands as it is (RFC 2046 5.2.1).
func (p part) entity() string {
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": p.name})
	if p.name == "" {
		disposition = "attachment"
	}
	head := "Content-Type: " + p.kind + "\r\nContent-Disposition: " + disposition + "\r\n"
	if p.kind == "message/rfc822" {
		return head + "\r\n" + string(p.body)
	}
	var w strings.Builder
	text := base64.StdEncoding.EncodeToString(p.body)
	for ; len(text) > 76; text = text[76:] {
		w.WriteString(text[:76] + "\r\n")
	}
	return head + "Content-Transfer-Encoding: base64\r\n\r\n" + w.String() + text + "\r\n"
}

// anchor is [text](address), as templates write links.
var anchor = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)

// plainText writes links as mail programs do in plain text.
func plainText(text string) string { return anchor.ReplaceAllString(text, "$1 <$2>") }

// inHTML writes a text as HTML; "" when there is no link in it, as plain text
// says it all then.
func inHTML(text string) string {
	if !anchor.MatchString(text) {
		return ""
	}
	var w strings.Builder
	w.WriteString("<html><body>\n")
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		escaped := strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>\n")
		w.WriteString("<p>" + anchor.ReplaceAllString(escaped, `<a href="$2">$1</a>`) + "</p>\n")
	}
	w.WriteString("</body></html>\n")
	return w.String()
}
