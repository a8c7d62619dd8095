package mail

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
)

// related is what the boundary of the HTML and its pictures ends with.
const related = ".r"

func (o Outgoing) writeBody(w *bytes.Buffer) {
	if o.HTML == "" {
		writePart(w, "text/plain", o.Text)
		return
	}
	w.WriteString("Content-Type: multipart/alternative;\r\n boundary=\"" + o.Boundary + "\"\r\n\r\n--" + o.Boundary + "\r\n")
	writePart(w, "text/plain", o.Text)
	w.WriteString("\r\n--" + o.Boundary + "\r\n")
	o.writeHTML(w)
	w.WriteString("\r\n--" + o.Boundary + "--\r\n")
}

func (o Outgoing) writeHTML(w *bytes.Buffer) {
	if len(o.Inline) == 0 {
		writePart(w, "text/html", o.HTML)
		return
	}
	boundary := o.Boundary + related
	w.WriteString("Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n")
	writePart(w, "text/html", o.HTML)
	for _, f := range o.Inline {
		w.WriteString("\r\n--" + boundary + "\r\n")
		f.write(w)
	}
	w.WriteString("\r\n--" + boundary + "--\r\n")
}

const base64Line = 76 // characters of a line (RFC 2045 section 6.8)

func (f Inline) write(w *bytes.Buffer) {
	w.WriteString("Content-Type: " + f.Type + "\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <" + f.ID + ">\r\n" +
		"Content-Disposition: inline;\r\n filename=\"" + f.Name + "\"\r\n\r\n")
	text := base64.StdEncoding.EncodeToString(f.Body)
	for len(text) > 0 {
		n := min(base64Line, len(text))
		w.WriteString(text[:n] + "\r\n")
		text = text[n:]
	}
}

// inlineFits reports whether the files can be written without any of their
// values reading as something else.
func (o Outgoing) inlineFits() bool {
	for _, f := range o.Inline {
		if o.HTML == "" || !inlineWord(f.ID, "@") || !inlineWord(f.Type, "/+") || !inlineWord(f.Name, "") || len(o.Boundary+related) > 70 {
			return false
		}
	}
	return true
}

// inlineWord allows letters, digits, - _ . and what else is named.
func inlineWord(s, also string) bool {
	for i := range len(s) {
		if !isAlnum(s[i]) && !strings.Contains("-_."+also, s[i:i+1]) {
			return false
		}
	}
	return s != "" && len(s) <= 200
}

func writePart(w *bytes.Buffer, kind, text string) {
	w.WriteString("Content-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	qp := quotedprintable.NewWriter(w)
	_, _ = qp.Write([]byte(strings.ToValidUTF8(text, "\ufffd"))) // a bytes.Buffer takes everything
	_ = qp.Close()
}
