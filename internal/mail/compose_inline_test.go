package mail_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/mail"
)

func pictured() mail.Outgoing {
	return mail.Outgoing{
		From: mail.Address{Addr: "team@desk.example"}, To: []mail.Address{{Addr: "emma@desk.example"}}, Subject: "Re: x",
		Date: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), MessageID: "a@desk.example", Boundary: "bienvu-1",
		Text: "Well spotted.", HTML: `<p>Well spotted.</p><img src="cid:picture@bienvu" alt="The message">`,
		Inline: []mail.Inline{{ID: "picture@bienvu", Type: "image/png", Name: "message.png", Body: bytes.Repeat([]byte("\x89PNG\r\n\x1a\n"), 100)}},
	}
}

func TestComposeWithAPicture(t *testing.T) {
	t.Parallel()
	o := pictured()
	raw, err := mail.Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 78 || strings.Contains(line, "\n") {
			t.Errorf("line %q", line)
		}
	}
	m := mail.Read(raw, mail.DefaultBudget())
	if m.HTML != o.HTML || strings.TrimSpace(m.Plain) != o.Text || len(m.Defects) > 0 || len(m.Parts) != 3 {
		t.Fatalf("HTML %q, text %q, defects %v, %d parts", m.HTML, m.Plain, m.Defects, len(m.Parts))
	}
	p := m.Parts[2]
	if p.ContentID != "picture@bienvu" || p.Disposition != "inline" || p.Attachment || p.Name != "message.png" || !bytes.Equal(p.Body, o.Inline[0].Body) {
		t.Errorf("%+v", p)
	}
}

func TestComposeRefusesWhatCouldAddAField(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*mail.Outgoing){
		"a line end in the ID":   func(o *mail.Outgoing) { o.Inline[0].ID = "a\r\nBcc: x@y.example" },
		"a quote in the name":    func(o *mail.Outgoing) { o.Inline[0].Name = `a"; x="` },
		"no type":                func(o *mail.Outgoing) { o.Inline[0].Type = "" },
		"no HTML":                func(o *mail.Outgoing) { o.HTML = "" },
		"a boundary of 70 signs": func(o *mail.Outgoing) { o.Boundary = strings.Repeat("b", 70) },
	} {
		o := pictured()
		change(&o)
		if _, err := mail.Compose(o); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}
