// Package entity writes MIME entities (RFC 2045) for messages that are
// rebuilt from pieces. The same pieces give the same bytes: boundaries come
// from the content. What comes from outside can't start a field of its own.
package entity

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"strings"
)

// Leaf is one part in base64. fields are further header fields; empty ones
// are left out.
func Leaf(contentType string, data []byte, fields ...string) []byte {
	enc := base64.StdEncoding.EncodeToString(data)
	var body strings.Builder
	body.Grow(len(enc) + len(enc)/38 + 2)
	for len(enc) > 76 {
		body.WriteString(enc[:76] + "\r\n")
		enc = enc[76:]
	}
	body.WriteString(enc + "\r\n")
	return Plain(contentType, "base64", []byte(body.String()), fields...)
}

// Plain is one part whose body goes out as it is, in the encoding named.
func Plain(contentType, encoding string, body []byte, fields ...string) []byte {
	head := append([]string{"Content-Type: " + contentType}, fields...)
	head = append(head, "Content-Transfer-Encoding: "+encoding)
	return append([]byte(lines(head)+"\r\n"), body...)
}

func lines(fields []string) string {
	var b strings.Builder
	for _, f := range fields {
		if f != "" {
			b.WriteString(f + "\r\n")
		}
	}
	return b.String()
}

// Text is one text part in UTF-8; subtype is "plain" or "html".
func Text(subtype, text string) []byte {
	return Leaf("text/"+subtype+"; charset=utf-8", []byte(text))
}

// Multipart joins entities; one alone stays as it is.
func Multipart(subtype string, parts ...[]byte) []byte {
	if len(parts) == 1 {
		return parts[0]
	}
	sum := sha256.New()
	for _, p := range parts {
		_, _ = sum.Write(p)
	}
	boundary := "=_" + hex.EncodeToString(sum.Sum(nil)[:15])
	var b strings.Builder
	fmt.Fprintf(&b, "Content-Type: multipart/%s; boundary=%q\r\n\r\n", subtype, boundary)
	for _, p := range parts {
		b.WriteString("--" + boundary + "\r\n")
		b.Write(p)
		b.WriteString("\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
	return []byte(b.String())
}

// Disposition is a Content-Disposition field; kind is "inline" or
// "attachment", name may be empty.
func Disposition(kind, name string) string {
	if name = OneLine(name); name == "" {
		return "Content-Disposition: " + kind
	}
	return "Content-Disposition: " + mime.FormatMediaType(kind, map[string]string{"filename": name})
}

// Field is a header field of free text, RFC 2047 encoded and folded where it
// needs it; "" when the text is empty.
func Field(name, text string) string {
	if text = Word(text); text == "" {
		return ""
	}
	return name + ": " + text
}

// Mailbox writes a name and an address as RFC 5322 has them; either may be
// empty.
func Mailbox(name, addr string) string {
	name, addr = OneLine(name), OneLine(addr)
	switch {
	case name == "" && addr == "":
		return ""
	case name == "" || name == addr:
		return addr
	default:
		return phrase(name) + " <" + addr + ">"
	}
}

func phrase(name string) string {
	if enc := Word(name); enc != name {
		return enc
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

// Word is RFC 2047 encoding where the text needs it, folded between its
// words.
func Word(s string) string {
	s = mime.BEncoding.Encode("utf-8", OneLine(s))
	return strings.ReplaceAll(s, "?= =?", "?=\r\n =?")
}

// OneLine makes line ends blanks and drops control characters.
func OneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7F:
			return -1
		}
		return r
	}, s))
}
