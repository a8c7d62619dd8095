package exhibit_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/exhibit"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

func words() exhibit.Words {
	return exhibit.Words{Title: "Le message, rendu inoffensif", Kinds: map[exhibit.Kind]string{
		exhibit.From: "De", exhibit.Subject: "Objet", exhibit.Replies: "Réponses", exhibit.Text: "Texte", exhibit.Link: "Lien", exhibit.File: "Fichier",
	}}
}

func message() *mail.Message {
	return &mail.Message{
		From: []mail.Address{{Name: "Ma Banque\u202e", Addr: "alerte@banque-secours.example"}}, Subject: "Votre compte est suspendu\x1b[31m",
		ReplyTo: []mail.Address{{Addr: "box@elsewhere.example"}},
		Links:   []mail.Link{{URL: "http://192.0.2.7/connexion", Text: "https://www.banque.example", Source: mail.LinkAnchor}},
		Parts:   []*mail.Part{{Name: "facture.pdf.exe", Attachment: true}},
	}
}

func at(spot verdict.Spot, p verdict.Place) verdict.Finding {
	p.Spot = spot
	return verdict.Finding{Place: p}
}

func reasons() []exhibit.Reason {
	return []exhibit.Reason{
		{at(verdict.InWhole, verdict.Place{}), "Rien à montrer."},
		{at(verdict.InLink, verdict.Place{}), "Le lien ne mène pas là où il le dit."},
		{at(verdict.InHeader, verdict.Place{Name: "From"}), "L’adresse n’est pas celle de votre banque, qui n’écrit jamais ainsi : regardez ce qui suit le signe @, à la fin."},
		{at(verdict.InText, verdict.Place{Quote: "sous 24 heures"}), "Il vous presse."},
		{at(verdict.InAttachment, verdict.Place{}), "Une quatrième raison."},
	}
}

func TestCard(t *testing.T) {
	t.Parallel()
	c := exhibit.Of(message(), reasons())
	want := []exhibit.Row{
		{Kind: exhibit.From, Text: "Ma Banque <alerte[@]banque-secours[.]example>", Pins: []int{2}},
		{Kind: exhibit.Subject, Text: "Votre compte est suspendu[31m"},
		{Kind: exhibit.Link, Text: "https[:]//www[.]banque[.]example → 192[.]0[.]2[.]7", Pins: []int{1}},
		{Kind: exhibit.Text, Text: "sous 24 heures", Pins: []int{3}},
	}
	if diff := cmp.Diff(want, c.Rows); diff != "" {
		t.Error(diff)
	}
	if len(c.Reasons) != 3 || c.Empty() {
		t.Errorf("%q", c.Reasons)
	}
	alt := c.Alt(words())
	for _, said := range []string{"De: Ma Banque", "(2)", "1: Le lien ne mène pas", "3: Il vous presse."} {
		if !strings.Contains(alt, said) {
			t.Errorf("%q is not said in %s", said, alt)
		}
	}
	if !exhibit.Of(message(), reasons()[:1]).Empty() || !exhibit.Of(&mail.Message{}, []exhibit.Reason{
		{at(verdict.InLink, verdict.Place{Index: 3}), "x"}, {at(verdict.InAttachment, verdict.Place{Index: -1}), "x"}, {at(verdict.InHeader, verdict.Place{Name: "Reply-To"}), "x"},
	}).Empty() {
		t.Error("a picture of nothing")
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	c := exhibit.Of(message(), reasons())
	raw, err := exhibit.Draw(c, words())
	if err != nil {
		t.Fatal(err)
	}
	again, err := exhibit.Draw(c, words())
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same card makes another picture (%v)", err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 2*exhibit.Width || b.Dy() < 400 || b.Dy() > 1600 || len(raw) > 80_000 {
		t.Errorf("%v, %d bytes", b, len(raw))
	}
	if n := count(img, color.RGBA{0x8a, 0x5a, 0x00, 0xff}); n < 6*900 {
		t.Errorf("%d pixels of pins", n)
	}
	if n := count(img, color.RGBA{0x1d, 0x24, 0x30, 0xff}); n < 3000 {
		t.Errorf("%d pixels of ink", n)
	}
	other := c
	other.Reasons = []string{"E", "e", "é"}
	plain := other
	plain.Reasons = []string{"E", "e", "e"}
	a, _ := exhibit.Draw(other, words())
	b, _ := exhibit.Draw(plain, words())
	if bytes.Equal(a, b) {
		t.Error("an accent is not drawn")
	}
}

func count(img image.Image, c color.RGBA) (n int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if img.At(x, y) == c {
				n++
			}
		}
	}
	return n
}

func TestSafe(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                            "",
		" a\r\n\tb\u202ec\u200bd ":    "a bcd",
		"see https://a.example/x now": "see https[:]//a[.]example/x now",
		"write to x@y.example.":       "write to x[@]y[.]example[.]",
		"evil.example":                "evil[.]example",
		"pay 1.99 now. Or else.":      "pay 1.99 now. Or else.",
		"already[.]done":              "already[.]done",
		strings.Repeat("é", 500):      strings.Repeat("é", 89) + "…",
		"\xff\xfe":                    "",
	} {
		if got := exhibit.Safe(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// Whatever stands in a message, the picture is small, drawn soon and harmless.
func FuzzDraw(f *testing.F) {
	f.Add("Name", "a@b.example", "subject", "quote https://a.example", "file.exe")
	f.Add("\u202e\U0001FAE6", "", strings.Repeat("W", 3000), "أهلا 你好", "\x00")
	f.Fuzz(func(t *testing.T, name, addr, subject, quote, file string) {
		m := message()
		m.From, m.Subject, m.Parts[0].Name = []mail.Address{{Name: name, Addr: addr}}, subject, file
		m.Links[0].Text, m.Links[0].URL = quote, addr
		c := exhibit.Of(m, []exhibit.Reason{
			{at(verdict.InText, verdict.Place{Quote: quote}), quote}, {at(verdict.InAttachment, verdict.Place{}), name}, {at(verdict.InLink, verdict.Place{}), subject},
		})
		raw, err := exhibit.Draw(c, words())
		if err != nil || len(raw) > 400_000 {
			t.Fatalf("%d bytes, %v", len(raw), err)
		}
		for _, r := range c.Rows {
			if !utf8.ValidString(r.Text) || strings.Contains(r.Text, "://") || strings.ContainsFunc(r.Text, unicode.IsControl) || utf8.RuneCountInString(r.Text) > 190 {
				t.Errorf("%q", r.Text)
			}
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	c := exhibit.Of(message(), reasons())
	for b.Loop() {
		if _, err := exhibit.Draw(c, words()); err != nil {
			b.Fatal(err)
		}
	}
}
