package desk_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/exhibit"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/reply"
)

// eachInWords runs a test on each database, with the sentences of the desk.
func eachInWords(t *testing.T, run func(t *testing.T, d *desktest.Desk)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, desktest.New(t, d, desk.Locale())) })
}

// left is the last mail that left.
func left(t *testing.T, d *desktest.Desk) *mail.Message {
	t.Helper()
	all := d.Post.Mails()
	if len(all) == 0 {
		t.Fatal("no mail left")
	}
	return mail.Read(all[len(all)-1].Raw, mail.DefaultBudget())
}

// The answer about a trap shows it: a picture of ours, said in words as well,
// and nothing of the message in it.
func TestAnAnswerCarriesItsPicture(t *testing.T) {
	t.Parallel()
	eachInWords(t, func(t *testing.T, d *desktest.Desk) {
		d.Mail("emma@atelier.example", forward(emma, "Bonjour, pouvez-vous regarder ?", phish()))
		m := left(t, d)
		at := strings.Index(m.HTML, `<img src="cid:`)
		if at < 0 || strings.Count(m.HTML, "<img") != 1 {
			t.Fatalf("no picture, or several, in\n%s", m.HTML)
		}
		tag := m.HTML[at : at+strings.Index(m.HTML[at:], ">")]
		for _, said := range []string{"Le message que vous avez montré", "Votre banque", "banque-secours[.]example", "192[.]0[.]2[.]7", "1: "} {
			if !strings.Contains(tag, said) {
				t.Errorf("the picture does not say %q: %s", said, tag)
			}
		}
		p := m.Parts[len(m.Parts)-1]
		if !strings.Contains(tag, p.ContentID) || p.Attachment {
			t.Errorf("the picture is %+v", p)
		}
		if img, err := png.Decode(bytes.NewReader(p.Body)); err != nil || img.Bounds().Dx() != 2*exhibit.Width {
			t.Errorf("%v", err)
		}
		if strings.Contains(m.Plain, "cid:") {
			t.Error("the plain text speaks of it")
		}
	})
}

func TestNoPictureWhereNoneBelongs(t *testing.T) {
	t.Parallel()
	eachInWords(t, func(t *testing.T, d *desktest.Desk) {
		d.Mail("emma@atelier.example", forward(emma, "Bonjour, pouvez-vous regarder ?", genuine()))
		if m := left(t, d); strings.Contains(m.HTML, "<img") || len(m.Parts) > 2 {
			t.Error("a false alarm comes with a picture")
		}
		d.Org.NoPicture = true
		d.Mail("emma@atelier.example", forward(emma, "Et celui-ci ?", phish()))
		if m := left(t, d); strings.Contains(m.HTML, "<img") || !strings.Contains(m.Plain, "phishing") {
			t.Errorf("the organisation wants none:\n%s", m.Plain)
		}
	})
}

// The words of the picture that are no reason pass the tone check like any others.
func TestPictureWordsPassTheToneCheck(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, dbtest.SQLite(t), desk.Locale())
	for _, lang := range []string{"en", "fr"} {
		w := desk.PictureWords(d.Words, lang)
		text := w.Title
		for _, k := range exhibit.Kinds() {
			if w.Kinds[k] == "" || strings.HasPrefix(w.Kinds[k], "picture.") {
				t.Errorf("%s: no word for %s", lang, k)
			}
			text += ". " + w.Kinds[k]
		}
		for _, p := range reply.Check(reply.CheckInput{Lang: lang, Text: text}).Problems {
			if p.Rule == "blame" || p.Rule == "jargon" || p.Rule == "danger-link" || p.Rule == "tracking" {
				t.Errorf("%s: %q: %+v", lang, p.Quote, p)
			}
		}
	}
}
