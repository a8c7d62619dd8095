package app

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
)

// forward is a mail of a person that carries a suspicious one.
type forward struct {
	From, To string
	Name     string // of the file
	Original []byte
	Comment  string
	Now      time.Time
	Token    string // makes the Message-ID and the boundary
}

// letter writes the mail as a client does that forwards as an attachment.
func (f forward) letter() (post.Mail, error) {
	for _, address := range []string{f.From, f.To} {
		if !isAddress(address) {
			return post.Mail{}, fault.New(fault.Invalid, "app.report.address", fault.Args{"address": address})
		}
	}
	_, domain, _ := strings.Cut(f.From, "@")
	id := f.Token + "@" + domain
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	if err := parts.SetBoundary("=_" + f.Token); err != nil {
		return post.Mail{}, err
	}
	subject := strings.TrimSpace("Fwd: " + mail.Read(f.Original, mail.DefaultBudget()).Subject)
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n",
		f.From, f.To, encoded(subject), f.Now.Format("Mon, 02 Jan 2006 15:04:05 -0700"), id, parts.Boundary())
	if err := f.write(parts); err != nil {
		return post.Mail{}, err
	}
	return post.Mail{From: f.From, To: f.To, MessageID: id, Raw: b.Bytes()}, nil
}

func (f forward) write(parts *multipart.Writer) error {
	err := part(parts, map[string]string{"Content-Type": "text/plain; charset=utf-8"}, []byte(f.Comment+"\r\n"))
	if err != nil {
		return err
	}
	named := map[string]string{"filename": f.Name}
	header := map[string]string{"Content-Disposition": mime.FormatMediaType("attachment", named)}
	switch {
	case strings.EqualFold(lastOf(f.Name, 4), ".msg"):
		header["Content-Type"] = "application/vnd.ms-outlook"
	case isClean(f.Original):
		header["Content-Type"] = "message/rfc822"
		return asIs(parts, header, f.Original)
	default: // bytes that SMTP may not carry as they are (RFC 5321 4.5.3.1.6)
		header["Content-Type"] = "application/octet-stream"
	}
	return part(parts, header, f.Original)
}

// asIs writes a message inside a message, which no encoding may change (RFC 2046 5.2.1).
func asIs(parts *multipart.Writer, header map[string]string, body []byte) error {
	header["Content-Transfer-Encoding"] = "8bit"
	w, err := parts.CreatePart(mimeHeader(header))
	if err != nil {
		return err
	}
	lines := bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	if _, err = w.Write(bytes.ReplaceAll(lines, []byte("\n"), []byte("\r\n"))); err != nil {
		return err
	}
	return parts.Close()
}

// part writes a part in base64, and closes the whole after the attachment.
func part(parts *multipart.Writer, header map[string]string, body []byte) error {
	header["Content-Transfer-Encoding"] = "base64"
	w, err := parts.CreatePart(mimeHeader(header))
	if err != nil {
		return err
	}
	for text := base64.StdEncoding.EncodeToString(body); text != ""; {
		n := min(76, len(text))
		if _, err := io.WriteString(w, text[:n]+"\r\n"); err != nil {
			return err
		}
		text = text[n:]
	}
	if header["Content-Disposition"] == "" {
		return nil
	}
	return parts.Close()
}

func mimeHeader(fields map[string]string) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	for name, value := range fields {
		h.Set(name, value)
	}
	return h
}

// encoded writes a subject by RFC 2047, folded between its encoded words.
func encoded(subject string) string {
	subject = strings.Join(strings.FieldsFunc(subject, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", subject), "?= =?", "?=\r\n =?")
}

// isClean reports whether the message can stand in a mail as it is: lines of
// 998 bytes at most, no NUL, no line end but at the ends of lines.
func isClean(raw []byte) bool {
	if bytes.IndexByte(raw, 0) >= 0 || bytes.Count(raw, []byte("\r")) != bytes.Count(raw, []byte("\r\n")) {
		return false
	}
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		if len(line) > 998 {
			return false
		}
	}
	return true
}

func isAddress(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(text, " \t\r\n<>,;\"") && !strings.Contains(domain, "@")
}

func lastOf(text string, n int) string { return text[max(0, len(text)-n):] }
