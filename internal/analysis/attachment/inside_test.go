package attachment_test

import (
	"archive/zip"
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/attachment"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// packed writes a zip of names and contents in turn.
func packed(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for ; len(files) > 1; files = files[2:] {
		f, err := w.Create(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// looked runs the check over one message.
func looked(m *mail.Message) (found []string, v *view.View) {
	v = view.New(subject.Subject{Message: m})
	for _, f := range attachment.Check(context.Background(), v) {
		found = append(found, f.ID)
	}
	slices.Sort(found)
	return found, v
}

func file(name, body string) *mail.Part {
	return &mail.Part{Name: name, Body: []byte(body), Attachment: true, TrueType: mail.TrueType([]byte(body))}
}

func urls(v *view.View) []string {
	var out []string
	for _, l := range v.Links {
		if l.Source == mail.LinkFile {
			out = append(out, l.URL)
		}
	}
	return out
}

const page = `<html><a href="https://a.example/">Open</a></html>`

func TestInside(t *testing.T) {
	t.Parallel()
	nested := func(n int, body string) string {
		for range n {
			body = packed(t, "inner.zip", body)
		}
		return body
	}
	program := packed(t, "run.exe", "MZ")
	project := []string{}
	for name := range strings.FieldsSeq("a b c d e f g h i j k l m n") {
		project = append(project, "src/"+name+".js", "x")
	}
	for name, c := range map[string]struct {
		part  *mail.Part
		want  []string
		links []string
	}{
		"a program three deep":      {file("a.zip", nested(2, program)), []string{"attachment.danger-in-archive"}, nil},
		"deeper than we look":       {file("a.zip", nested(9, "x")), []string{"attachment.unread"}, nil},
		"a program by its content":  {file("a.zip", packed(t, "plan.dat", "MZ"+strings.Repeat("\x00", 600))), []string{"attachment.danger-in-archive"}, nil},
		"a page in an archive":      {file("a.zip", packed(t, "plan.html", page)), nil, []string{"https://a.example/"}},
		"a mail in an archive":      {file("a.zip", packed(t, "m.eml", "From: a@b.example\r\nSubject: x\r\n\r\nsee https://a.example/m\r\n")), []string{"attachment.mail"}, []string{"https://a.example/m"}},
		"a programmer's work":       {file("a.zip", packed(t, project...)), nil, nil},
		"a script alone":            {file("a.zip", packed(t, "a.js", "x")), []string{"attachment.danger-in-archive"}, nil},
		"a document with a link":    {file("a.docx", packed(t, "[Content_Types].xml", "", "word/_rels/document.xml.rels", `<Relationship Type="x/hyperlink" Target="https://a.example/d" TargetMode="External"/>`)), nil, []string{"https://a.example/d"}},
		"a document with a program": {file("a.docx", packed(t, "[Content_Types].xml", "", "word/embeddings/run.exe", "MZ")), []string{"attachment.embedded-danger"}, nil},
		"a RAR we cannot open":      {file("a.rar", "Rar!\x1a\x07\x00xx"), []string{"attachment.unread"}, nil},
		"a shortcut to the net":     {file("a.url", "[InternetShortcut]\r\nURL=https://a.example/u"), []string{"attachment.shortcut"}, []string{"https://a.example/u"}},
		"a picture":                 {file("a.png", "\x89PNG\r\n\x1a\n"), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, v := looked(&mail.Message{Parts: []*mail.Part{c.part}})
			if diff := cmp.Diff(c.want, found); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.links, urls(v)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUnreadGivesWay holds a message back for what was not read, but not when
// it is plainly dangerous anyway.
func TestUnreadGivesWay(t *testing.T) {
	t.Parallel()
	unread := file("a.rar", "Rar!\x1a\x07\x00xx")
	found, _ := looked(&mail.Message{Parts: []*mail.Part{unread, file("b.exe", "x")}})
	if diff := cmp.Diff([]string{"attachment.executable"}, found); diff != "" {
		t.Error(diff)
	}
	found, _ = looked(&mail.Message{Parts: []*mail.Part{unread, file("b.html", page)}})
	if diff := cmp.Diff([]string{"attachment.html", "attachment.unread"}, found); diff != "" {
		t.Error(diff)
	}
}

func TestAttachedMail(t *testing.T) {
	t.Parallel()
	inner := &mail.Message{
		Subject: "Invoice", Text: "Please pay",
		Links: []mail.Link{{URL: "https://a.example/", Source: mail.LinkAnchor}, {URL: "https://b.example/x.png", Source: mail.LinkImage}},
		Parts: []*mail.Part{file("run.exe", "x")},
	}
	part := &mail.Part{Type: "message/rfc822", Message: inner}
	found, v := looked(&mail.Message{Parts: []*mail.Part{part}})
	if diff := cmp.Diff([]string{"attachment.executable", "attachment.mail"}, found); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"https://a.example/"}, urls(v)); diff != "" {
		t.Error(diff)
	}
	if v.Files != "Invoice\nPlease pay" {
		t.Errorf("text of files: %q", v.Files)
	}
	report := mail.Header{{Name: "Content-Type", Value: "multipart/report; report-type=delivery-status"}}
	if _, v = looked(&mail.Message{Header: report, Parts: []*mail.Part{part}}); len(urls(v)) != 0 {
		t.Errorf("a returned mail gave the links %q", urls(v))
	}
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	body := "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nORGANIZER;CN=\"A\":mailto:a@b.example\r\nDESCRIPTION:Please jo\r\n in\\, now\r\nEND:VCALENDAR\r\n"
	part := &mail.Part{Type: "text/calendar", Body: []byte(body)}
	for from, c := range map[string]struct {
		reply string
		want  []string
	}{
		"a@b.example":        {"", nil},
		"x@mail.b.example":   {"", nil},
		"calendar@c.example": {"a@b.example", nil},
		"a@c.example":        {"", []string{"attachment.calendar-organiser"}},
	} {
		m := &mail.Message{From: []mail.Address{{Addr: from}}, ReplyTo: []mail.Address{{Addr: c.reply}}, Parts: []*mail.Part{part}}
		found, v := looked(m)
		if diff := cmp.Diff(c.want, found); diff != "" {
			t.Errorf("from %s: %s", from, diff)
		}
		if v.Files != "Please join, now" {
			t.Errorf("text of files: %q", v.Files)
		}
	}
}

// TestFilesAreBounded keeps no more text than it should.
func TestFilesAreBounded(t *testing.T) {
	t.Parallel()
	long := "<html><p>" + strings.Repeat("words and more words ", 5000)
	_, v := looked(&mail.Message{Parts: []*mail.Part{file("a.html", long), file("b.html", long)}})
	if n := len(v.Files); n < 30<<10 || n > 32<<10 {
		t.Errorf("%d bytes of text", n)
	}
}

// TestLockedPDF opens a locked PDF with the password that the message gives.
func TestLockedPDF(t *testing.T) {
	t.Parallel()
	const locked = "%PDF-1.4\ntrailer<</ID[(x)]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(o)/U(uuuuuuuuuuuuuuuuuuuu)>>>>"
	for text, want := range map[string][]string{
		"Your statement is attached.":         {"attachment.pdf-locked"},
		"Voici le fichier. Mot de passe : ab": {"attachment.password-given", "attachment.pdf-locked"},
	} {
		found, _ := looked(&mail.Message{Text: text, Parts: []*mail.Part{file("a.pdf", locked)}})
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
