package api

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/people"
)

var emma = people.Person{Address: "emma@atelier.example", Name: `Emma "Zoé" <boss@evil.example>` + "\r\nBcc: x@y.example"}

// What goes into the envelope comes out of it, to the byte.
func TestEnvelopeKeepsTheBytes(t *testing.T) {
	t.Parallel()
	const head = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nDate: Tue, 3 Mar 2026 09:00:00 +0100\r\n\r\n"
	for name, body := range map[string]string{
		"plain": "hello\r\n", "bare line feeds": "a\nb\n", "no end of line": "hello", "nul and high bytes": "\x00\xff\xfe\r\n.\r\n",
		"a boundary": "--bienvu-\r\n--\r\n", "long": strings.Repeat("0123456789", 10_000),
	} {
		u := upload{files: []file{{"a.eml", []byte(head + body)}}, comment: "Bonjour, é"}
		m := mail.Read(u.mail(emma, "report@atelier.example"), mail.DefaultBudget())
		if from := m.Author(); from.Addr != emma.Address {
			t.Fatalf("from %q", from)
		}
		if m.Get("Bcc") != "" {
			t.Error("a name became a field")
		}
		got := unwrap.Unwrap(m)
		if len(got.Originals) != 1 || string(got.Originals[0].Raw) != head+body {
			t.Errorf("%s: %+v", name, got.Originals)
		}
		if got.Comment != "Bonjour, é" {
			t.Errorf("comment %q", got.Comment)
		}
	}
}

func TestEqualUploadsMakeEqualMails(t *testing.T) {
	t.Parallel()
	base := func() upload {
		return upload{files: []file{{"a.eml", []byte("From: a\r\n\r\n")}}, comment: "c", choice: "spam", acted: []string{"clicked"}}
	}
	same := base().mail(emma, "r@a.example")
	if !bytes.Equal(same, base().mail(emma, "r@a.example")) {
		t.Error("the same upload made another mail")
	}
	for name, change := range map[string]func(*upload){
		"comment": func(u *upload) { u.comment = "d" }, "choice": func(u *upload) { u.choice = "" },
		"acted": func(u *upload) { u.acted = nil }, "file": func(u *upload) { u.files[0].raw = []byte("From: b\r\n\r\n") },
		"shifted": func(u *upload) { u.comment, u.choice = "cspam", "" },
	} {
		u := base()
		change(&u)
		if bytes.Equal(same, u.mail(emma, "r@a.example")) {
			t.Errorf("%s: the same mail", name)
		}
	}
}

// Whatever may be sent also fits into the mail it becomes.
func TestFits(t *testing.T) {
	t.Parallel()
	for _, limit := range []int{256 << 10, 1 << 20, 50 << 20} {
		n := fits(limit)
		u := upload{files: slices.Repeat([]file{{strings.Repeat("é", 120), bytes.Repeat([]byte("x"), n/maxFiles)}}, maxFiles)}
		if got := len(u.mail(emma, "report@atelier.example")); got > limit {
			t.Errorf("%d bytes make a mail of %d, over %d", n, got, limit)
		}
	}
}
