package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/people"
)

// upload is what a call hands in.
type upload struct {
	files    []file
	comment  string
	choice   string   // unwrap.Choice constants
	acted    []string // unwrap.Acted constants
	language string
	reporter string // the address a service names
}

type file struct {
	name string
	raw  []byte
}

// check refuses what cannot be a report, while there is somebody to tell.
func (u upload) check() error {
	if len(u.files) == 0 && strings.TrimSpace(u.comment) == "" {
		return fault.New(fault.Invalid, "fault.api-empty", nil)
	}
	for _, f := range u.files {
		if len(f.raw) == 0 {
			return fault.New(fault.Invalid, "fault.api-empty", nil)
		}
		if len(unwrap.Dropped(f.name, f.raw)) == 0 {
			return fault.New(fault.Invalid, "fault.api-not-a-message", nil)
		}
	}
	return nil
}

// The lines of base64 in a mail (RFC 2045 6.8): bytes in, bytes out with CRLF.
const (
	lineIn  = 57
	lineOut = 78
)

// envelopeRoom is left for everything in the mail that is no file.
const envelopeRoom = 128 << 10

// fits says how many bytes of files a mail of that size can carry.
func fits(mail int) int { return max((mail-envelopeRoom)/lineOut*lineIn, 1) }

// mail puts the upload into a mail from its reporter, as if they had forwarded
// the files as attachments: what is kept is always a mail.
//
// The same upload always makes the same bytes, so the desk sees that it has
// them already. That is why the mail has no date and its Message-ID is made of
// the content: what the reporter did and chose is part of that, for "I clicked"
// said later is news. When it arrived stands beside it, in the delivery.
func (u upload) mail(from people.Person, to string) []byte {
	mark := u.mark(from)
	boundary := "bienvu-" + mark
	var w bytes.Buffer
	line := func(format string, values ...any) { fmt.Fprintf(&w, format+"\r\n", values...) }
	line("From: %s <%s>", mime.QEncoding.Encode("utf-8", bare(from.Name)), bare(from.Address))
	line("To: %s", to)
	line("Message-ID: <%s@api.invalid>", mark)
	line("MIME-Version: 1.0")
	line("Content-Type: multipart/mixed; boundary=\"%s\"", boundary)
	line("\r\n--%s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", boundary)
	encode(&w, []byte(u.comment))
	for _, f := range u.files {
		name := mime.BEncoding.Encode("utf-8", bare(f.name))
		line("\r\n--%s\r\nContent-Type: application/octet-stream; name=\"%s\"", boundary, name)
		line("Content-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n", name)
		encode(&w, f.raw)
	}
	line("\r\n--%s--", boundary)
	return w.Bytes()
}

// mark is equal for equal uploads of one person. Each value is hashed with its
// length, so that no two lists of values look alike.
func (u upload) mark(from people.Person) string {
	h := sha256.New()
	add := func(values ...string) {
		fmt.Fprintf(h, "%d;", len(values))
		for _, v := range values {
			fmt.Fprintf(h, "%d:%s", len(v), v)
		}
	}
	add(from.Address, u.comment, u.choice)
	add(u.acted...)
	for _, f := range u.files {
		sum := sha256.Sum256(f.raw)
		add(f.name, string(sum[:]))
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

func encode(w *bytes.Buffer, raw []byte) {
	for len(raw) > 0 {
		n := min(lineIn, len(raw))
		w.WriteString(base64.StdEncoding.EncodeToString(raw[:n]))
		w.WriteString("\r\n")
		raw = raw[n:]
	}
}

// bare takes out of a name what has a meaning in a mail header.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>"(),;:[]\`, r) {
			return -1
		}
		return r
	}, name)
}
