package similar_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

const (
	emma = "Emma <emma@atelier.example>"
	tom  = "Tom <tom@atelier.example>"
	text = "your desk lamp and the two blue cushions are ready and wait for you in the shop until Saturday evening; bring the slip with you"
)

// picture is a photograph of our own: a bright disc on a slope of grey.
func picture(side int) image.Image {
	img := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			shade := uint8(40 + 120*x/side)
			if dx, dy := x-side/3, y-side/2; dx*dx+dy*dy < side*side/16 {
				shade = 250
			}
			img.SetGray(x, y, color.Gray{Y: shade})
		}
	}
	return img
}

func encoded(t *testing.T, side int, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	if kind == "image/png" {
		err = png.Encode(&b, picture(side))
	} else {
		err = jpeg.Encode(&b, picture(side), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Many is a message that fills every field of a print.
func many(t *testing.T) similar.Print {
	t.Helper()
	b := mailtest.New("Invoice for the desk lamp", "Atelier Brun <office@brun.example>", emma)
	var page strings.Builder
	page.WriteString("<table>" + strings.Repeat("<tr><td><p>"+text+"</p></td></tr>", 6) + "</table>")
	for _, host := range []string{"one", "two", "three", "four", "five", "six"} {
		page.WriteString(`<a href="https://` + host + `-mill.example/orders/` + host + `/print.php">open</a>`)
	}
	b.HTML(page.String())
	for i := range 6 {
		b.Attach("plan.pdf", "application/pdf", []byte("%PDF-1.7 "+strings.Repeat("x", i)))
		b.Attach("lamp.png", "image/png", encoded(t, 60+i, "image/png"))
	}
	return taken(b, t)
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]similar.Print{"full": many(t), "empty": {}, "text": taken(mailtest.New("Lamp", tom, emma).Text(text), t)} {
		raw := p.Bytes()
		if len(raw) > similar.Longest {
			t.Errorf("%s: %d bytes", name, len(raw))
		}
		back, err := similar.Parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(p, back); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for n := range raw {
			if _, err := similar.Parse(raw[:n]); err == nil {
				t.Errorf("%s: %d of %d bytes are taken for a print", name, n, len(raw))
			}
		}
	}
	if p := many(t); len(p.Bands()) > similar.MostBands || len(p.Looks) == 0 || len(p.Files) == 0 || p.Subject == 0 || p.Home == 0 {
		t.Errorf("the full print is not full: %d keys, %+v", len(p.Bands()), p)
	}
}

// TestPictures: the same picture in another size and format is found, in a
// letter that has hardly any words.
func TestPictures(t *testing.T) {
	t.Parallel()
	send := func(from, kind string, side int) similar.Print {
		return taken(mailtest.New("Look at this", from, emma).Text("See below").Attach("a", kind, encoded(t, side, kind)), t)
	}
	a, b := send("One <one@mill.example>", "image/png", 120), send("Two <two@tide.example>", "image/jpeg", 200)
	if l := similar.Compare(a, b); !l.Same || l.Twin || l.Why[0].ID != "picture" {
		t.Errorf("%+v", l)
	}
	if tiny := send("One <one@mill.example>", "image/png", 20); !tiny.Empty() || tiny.Key() != "" {
		t.Errorf("an icon is a fingerprint: %+v", tiny)
	}
	if a.Key() == "" || a.Key() == b.Key() {
		t.Errorf("keys %q and %q", a.Key(), b.Key())
	}
}

// TestTwins: what goes to another recipient is the same letter; another link,
// file or a letter among the recipients' own words makes it another.
func TestTwins(t *testing.T) {
	t.Parallel()
	write := func(to, host string, files ...string) similar.Print {
		b := mailtest.New("Lamp for "+to, "Atelier <office@brun.example>", to).HTML("<p>Hello " + to + ", " + text + `</p><a href="https://` + host + `/a">open</a>`)
		for _, f := range files {
			b.Attach("note.txt", "text/plain", []byte(f))
		}
		return taken(b, t)
	}
	a := write(emma, "brun.example", "one")
	for name, c := range map[string]struct {
		p    similar.Print
		twin bool
	}{
		"to another":   {write(tom, "brun.example", "one"), true},
		"other link":   {write(tom, "elsewhere.example", "one"), false},
		"other file":   {write(tom, "brun.example", "two"), false},
		"without file": {write(tom, "brun.example"), false},
	} {
		if l := similar.Compare(a, c.p); l.Twin != c.twin || !l.Same {
			t.Errorf("%s: %+v", name, l)
		}
		if back := similar.Compare(c.p, a); back.Score != similar.Compare(a, c.p).Score {
			t.Errorf("%s: one is not as like the other as the other is like it", name)
		}
	}
}

// TestEveryReasonIsSaid: each reason has a sentence in each language, and each
// sentence a reason.
func TestEveryReasonIsSaid(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(similar.Locale())
	if err != nil {
		t.Fatal(err)
	}
	p := many(t)
	why := similar.Compare(p, p).Why
	for _, lang := range []string{"en", "fr"} {
		said := map[string]bool{}
		for _, r := range why {
			s := similar.Say(c, lang, r)
			if strings.Contains(s, "{") || strings.HasPrefix(s, "similar.") {
				t.Errorf("%s %s: %q", lang, r.ID, s)
			}
			said["similar."+r.ID] = true
		}
		for _, key := range c.Keys(lang) {
			if !said[key] {
				t.Errorf("%s: %s is never said", lang, key)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(similar.Print{Words: 3, Hosts: []uint32{1}, Exact: 9}.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := similar.Parse(raw)
		if err != nil {
			return
		}
		if !bytes.Equal(p.Bytes(), raw) {
			t.Error("what was read is not written the same")
		}
		if l := similar.Compare(p, p); l.Score < 0 || l.Score > 1 || len(p.Bands()) > similar.MostBands {
			t.Errorf("%+v", l)
		}
	})
}

func FuzzOf(f *testing.F) {
	f.Add([]byte("From: a@b.example\nSubject: x\nContent-Type: text/html\n\n<table><tr><td><a href=//h/1/2?q=%zz>" + text))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := similar.Of(view.New(subject.Subject{Message: mail.Read(raw, mail.DefaultBudget())}))
		back, err := similar.Parse(p.Bytes())
		if err != nil || len(p.Bytes()) > similar.Longest || !slices.Equal(back.Bands(), p.Bands()) {
			t.Errorf("%v, %d bytes", err, len(p.Bytes()))
		}
	})
}
