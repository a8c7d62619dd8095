package desk

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/people"
)

// Upload is what a person hands in on a page or through the API.
type Upload struct {
	From    people.Person
	Subject string // what it is about, where they report no mail; may be empty
	Comment string // their own words
	Name    string // of the file, "" when there is none
	File    []byte // .eml, .msg, .zip …, or a pasted source
}

// Wrap makes a mail of an upload, as if the person had forwarded the file as
// an attachment: so there is one way in, and what is kept is always a mail.
func (d *Desk) Wrap(u Upload, now time.Time) ([]byte, error) {
	made, err := d.newID(now)
	if err != nil {
		return nil, err
	}
	var w bytes.Buffer
	boundary := "bienvu-" + made
	field := func(name, value string) { fmt.Fprintf(&w, "%s: %s\r\n", name, clean(value)) }
	field("From", fmt.Sprintf("%s <%s>", mime.QEncoding.Encode("utf-8", quoted(u.From.Name)), u.From.Address))
	field("To", d.Org.Reports[0])
	if u.Subject != "" {
		field("Subject", mime.QEncoding.Encode("utf-8", clean(u.Subject)))
	}
	field("Date", now.Format(time.RFC1123Z))
	field("Message-ID", "<"+made+"@upload.invalid>")
	field("MIME-Version", "1.0")
	field("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	fmt.Fprintf(&w, "\r\n--%s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary)
	encode(&w, []byte(u.Comment))
	if len(u.File) > 0 {
		name := mime.BEncoding.Encode("utf-8", clean(u.Name))
		fmt.Fprintf(&w, "\r\n--%s\r\nContent-Type: application/octet-stream; name=\"%s\"\r\n", boundary, strings.ReplaceAll(name, `"`, ""))
		fmt.Fprintf(&w, "Content-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", strings.ReplaceAll(name, `"`, ""))
		encode(&w, u.File)
	}
	fmt.Fprintf(&w, "\r\n--%s--\r\n", boundary)
	return w.Bytes(), nil
}

// encode writes base64 in lines of 76 characters (RFC 2045 6.8).
func encode(w *bytes.Buffer, b []byte) {
	const line = 57 // bytes in, 76 characters out
	for ; len(b) > line; b = b[line:] {
		w.WriteString(base64.StdEncoding.EncodeToString(b[:line]) + "\r\n")
	}
	w.WriteString(base64.StdEncoding.EncodeToString(b) + "\r\n")
}

// clean keeps a value on its own line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

func quoted(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>"(),;:@[]\`, r) {
			return -1
		}
		return r
	}, name)
}
