package attachment

import (
	"bytes"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/pdf"
	"github.com/bienvu/bienvu/internal/mail"
)

// file looks inside an attached file.
func (l *look) file(at place, p *mail.Part, depth int) {
	f := paper.File{Name: p.Name, Body: p.Body}
	if c := document.Read(f, p.Type, l.budget); c != nil {
		l.contents(at, f, c, depth)
	}
	if _, known := kinds[ending(p.Name)]; !known && bytes.HasPrefix(p.Body, []byte("MZ")) && len(p.Body) > 512 {
		l.find(string(executable), at, nil)
	}
}

// contents tells what a file holds, and looks at the files inside.
func (l *look) contents(at place, f paper.File, c *paper.Contents, depth int) {
	for _, s := range c.Signs {
		l.sign(at, s)
	}
	for _, link := range c.Links {
		if !l.budget.Link() {
			l.unread = append(l.unread, at)
			break
		}
		l.v.AddLink(mail.LinkFile, at.index, link.URL, link.Text)
	}
	l.keep(c.Text())
	l.locks(at, f, c)
	if c.Cut && !c.Locked {
		l.unread = append(l.unread, at)
	}
	if len(c.Files) > 0 && depth >= l.budget.Depth {
		l.unread = append(l.unread, at)
		return
	}
	in := container{document: c.Document, files: len(c.Files)}
	for _, inner := range c.Files {
		l.inner(at, in, inner, depth+1)
	}
}

// sign tells of one thing that a file does.
func (l *look) sign(at place, s paper.Sign) {
	id := "attachment." + string(s.Kind)
	if s.Kind == paper.Launch && !starts(s.Detail) {
		id = "attachment.pdf-active"
	}
	detail := strings.NewReplacer("http", "hxxp", ".", "[.]").Replace(s.Detail)
	l.find(id, at, map[string]string{"detail": defangAll(detail)})
}

func defangAll(s string) string {
	const most = 160
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// starts reports whether what a document launches is a program, or a command.
func starts(target string) bool {
	if k, _ := byName(target); k != harmless {
		return true
	}
	low := strings.ToLower(target)
	for _, program := range []string{"cmd", "powershell", "mshta", "wscript", "rundll32", "\\\\"} {
		if strings.Contains(low, program) {
			return true
		}
	}
	return false
}

// keep adds to the text of all files.
func (l *look) keep(text string) {
	if room := paper.MostText - l.text.Len(); room > 0 && text != "" {
		l.text.WriteString(strings.ToValidUTF8(text[:min(len(text), room)], ""))
		l.text.WriteByte('\n')
	}
}

// locks tells of a file that is encrypted, and of the password that came with
// it. Banks and employers send locked PDFs too, but not with the password.
func (l *look) locks(at place, f paper.File, c *paper.Contents) {
	switch {
	case c.Opened:
		l.find("attachment.encrypted", at, nil)
		l.find("attachment.password-given", at, nil)
	case c.Locked && pdf.Is(f.Body):
		l.find("attachment.pdf-locked", at, nil)
	case c.Locked:
		l.find("attachment.encrypted", at, nil)
	default:
		return
	}
	if c.Locked && l.givesPassword() {
		l.find("attachment.password-given", at, nil)
	}
}

// container is what a file stands in.
type container struct {
	document bool
	files    int
}

// inner looks at a file inside another.
func (l *look) inner(at place, in container, f paper.File, depth int) {
	name := f.Name
	if name == "" {
		name = mail.TrueType(f.Body)
	}
	if inside := l.danger(in, f); inside != harmless {
		id := "attachment.danger-in-archive"
		if in.document {
			id = "attachment.embedded-danger"
		}
		l.find(id, at, map[string]string{"inside": defang(orElse(name, "?"))})
	}
	if strings.ContainsRune(f.Name, '\u202e') {
		l.find("attachment.reversed-name", at, nil)
	}
	at.file = orElse(f.Name, at.file)
	if isMail(f) {
		l.mail(at, l.readMail(at, f.Body), depth)
		return
	}
	if c := document.Read(f, "", l.budget); c != nil {
		l.contents(at, f, c, depth)
	}
}

// manyFiles is how many files make an archive somebody's work rather than a
// letter's enclosure; scripts are part of such.
const manyFiles = 12

// danger says what opening a file inside does, harmless for nothing.
func (l *look) danger(in container, f paper.File) kind {
	k, deceives := byName(f.Name)
	if k == harmless {
		k = trueKinds[mail.TrueType(f.Body)]
	}
	if k == harmless && f.Name == "" && l.budget.Take(min(len(f.Body), mostCommands)) && commands(f.Body) {
		k = script
	}
	switch {
	case k == webpage, k == onenote:
		return harmless
	case k == script && in.files > manyFiles && !deceives:
		return harmless
	}
	return k
}

// mostCommands is how far into a file commands are looked for.
const mostCommands = 16 << 10

// commands reports whether a file without a name is a script.
func commands(b []byte) bool {
	low := bytes.ToLower(b[:min(len(b), mostCommands)])
	for _, mark := range []string{"createobject(", "wscript.shell", "@echo off", "powershell", "<hta:", "mshta", "activexobject"} {
		if bytes.Contains(low, []byte(mark)) {
			return true
		}
	}
	return false
}

// ending gives the last ending of a name.
func ending(name string) string {
	last, _ := endings(name)
	return last
}
