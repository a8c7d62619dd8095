package attachment

import (
	"bytes"
	"context"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Check looks at the attachments.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v, seen: map[string]bool{}}
	for i, p := range v.Message.Parts {
		if p != nil {
			l.part(i, p)
		}
	}
	return l.found
}

// look gathers what is found; each kind is told once.
type look struct {
	v     *view.View
	seen  map[string]bool
	found []verdict.Finding
}

func (l *look) find(id string, index int, name string, args map[string]string) {
	if l.seen[id] {
		return
	}
	l.seen[id] = true
	if args == nil {
		args = map[string]string{}
	}
	args["name"] = view.Quote(strings.ReplaceAll(name, ".", "[.]"))
	place := verdict.Place{Spot: verdict.InAttachment, Index: index, Quote: view.Quote(name)}
	l.found = append(l.found, Table.Find(id, place, args))
}

// part looks at one part. Parts that are the message's own text are left to others.
func (l *look) part(i int, p *mail.Part) {
	if !p.Attachment && p.Name == "" || p.Message != nil {
		return
	}
	l.name(i, p)
	l.content(i, p)
	if p.Cut {
		l.find("attachment.unread", i, p.Name, nil)
	}
}

// name looks at what the file's name says.
func (l *look) name(i int, p *mail.Part) {
	if strings.ContainsRune(p.Name, '\u202e') {
		l.find("attachment.reversed-name", i, p.Name, nil)
	}
	k, deceives := byName(p.Name)
	if k == harmless {
		k = trueKinds[p.TrueType]
	}
	if k == webpage && !p.Attachment {
		k = harmless
	}
	if k != harmless {
		l.find(string(k), i, p.Name, nil)
	}
	if deceives && k != webpage || strings.Contains(p.Name, "          ") {
		l.find("attachment.double-extension", i, p.Name, nil)
	}
	last, _ := endings(p.Name)
	if want := families[last]; want != "" && p.TrueType != "" && p.TrueType != want && p.TrueType != "application/octet-stream" && !strings.HasPrefix(p.TrueType, "image/") {
		l.find("attachment.disguised", i, p.Name, map[string]string{"type": p.TrueType})
	}
}

// content looks inside.
func (l *look) content(i int, p *mail.Part) {
	last, _ := endings(p.Name)
	switch {
	case kinds[last] == webpage || p.TrueType == "text/html" || p.Type == "text/html" || last == "svg" || p.Type == "image/svg+xml":
		l.markup(i, p)
	case bytes.HasPrefix(p.Body, []byte("PK\x03\x04")):
		l.zip(i, p)
	case bytes.HasPrefix(p.Body, []byte("Rar!")), bytes.HasPrefix(p.Body, []byte("7z\xbc\xaf\x27\x1c")):
		l.otherArchive(i, p)
	case bytes.HasPrefix(p.Body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		l.ole(i, p)
	case bytes.HasPrefix(p.Body, []byte("%PDF")):
		l.pdf(i, p)
	case bytes.HasPrefix(p.Body, []byte("MZ")) && len(p.Body) > 512:
		l.find(string(executable), i, p.Name, nil)
	}
}

// markup looks at HTML and SVG files that build something when opened.
func (l *look) markup(i int, p *mail.Part) {
	body := bytes.ToLower(clip(p.Body))
	if bytes.Contains(body, []byte("<svg")) && !bytes.Contains(body, []byte("<html")) {
		if bytes.Contains(body, []byte("<script")) || bytes.Contains(body, []byte("onload=")) || bytes.Contains(body, []byte("javascript:")) {
			l.find("attachment.svg-script", i, p.Name, nil)
		}
		return
	}
	if marks(body, smuggling) >= 2 {
		l.find("attachment.smuggling", i, p.Name, nil)
	}
	if bytes.Contains(body, []byte("<form")) && bytes.Contains(body, []byte("password")) {
		l.find("attachment.html-form", i, p.Name, nil)
	}
}

// smuggling holds what a page needs to build a file, or itself, out of text.
//
//nolint:gochecknoglobals // a constant table
var smuggling = []string{
	"atob(", "new blob(", "mssaveoropenblob", "createobjecturl", "eval(", "unescape(", "fromcharcode", "document.write(",
	".download", "decodeuricomponent(", "data:text/html;base64", "data:application/octet-stream;base64",
}

// marks counts how many of the strings stand in the body.
func marks(body []byte, of []string) (n int) {
	for _, mark := range of {
		if bytes.Contains(body, []byte(mark)) {
			n++
		}
	}
	return n
}

// ole looks at old Office files: a stream named VBA holds macros. Names are
// stored in UTF-16.
func (l *look) ole(i int, p *mail.Part) {
	if bytes.Contains(p.Body, utf16("_VBA_PROJECT")) {
		l.find("attachment.macro", i, p.Name, nil)
	}
	if bytes.Contains(p.Body, utf16("EncryptedPackage")) {
		l.encrypted(i, p.Name)
	}
}

func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// pdf looks at documents that act when opened.
func (l *look) pdf(i int, p *mail.Part) {
	body := clip(p.Body)
	acts := bytes.Contains(body, []byte("/Launch")) || bytes.Contains(body, []byte("/EmbeddedFile"))
	scripted := bytes.Contains(body, []byte("/JavaScript")) && bytes.Contains(body, []byte("/OpenAction"))
	if acts || scripted {
		l.find("attachment.pdf-active", i, p.Name, nil)
	}
}

// encrypted tells of a file that nobody but the reader can open, and of the
// password that came with it.
func (l *look) encrypted(i int, name string) {
	l.find("attachment.encrypted", i, name, nil)
	for _, word := range passwords {
		if strings.Contains(l.v.Words, word) {
			l.find("attachment.password-given", i, name, nil)
			return
		}
	}
}

//nolint:gochecknoglobals // a constant table
var passwords = []string{
	" password ", " mot de passe ", " passwort ", " kennwort ", " wachtwoord ", " senha ", " contrasena ", " passcode ", " mdp ",
}

// clip limits how much of a file is searched.
func clip(b []byte) []byte { return b[:min(len(b), 2<<20)] }
