//go:build shots

package test

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The pictures of the README and of the handbook: the real pages of the demo,
// whose story has one seed. A picture heavier than this is too large a picture.
const (
	pictures = "../docs/images"
	heaviest = 150 << 10
	reporter = "emma.martin@boreal.example" // whom the first door of the demo leads to
)

// lens is how a picture is taken.
type lens struct {
	width, height int64
	dark          bool
}

var (
	phone    = lens{width: 390, height: 844}
	wide     = lens{width: 1280, height: 800}
	wideDark = lens{width: 1280, height: 800, dark: true}
)

// TestShots takes the pictures: make shots.
func TestShots(t *testing.T) { //nolint:paralleltest // one browser
	chromium := os.Getenv("BIENVU_TEST_CHROMIUM")
	if chromium == "" {
		t.Fatal("BIENVU_TEST_CHROMIUM is not set")
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	d := startDemo(t)
	d.complete(t)
	for _, a := range []album{
		{"en", "phishing.eml", "Hello, I did not order anything, is this real?", "unsure.eml", "Hello, I don't know this person.", wide},
		{"fr", "hameconnage.eml", "Bonjour, je trouve ce message bizarre.", "unsure.eml", "Bonjour, je ne connais pas cette personne.", wideDark},
	} {
		t.Run(a.lang, func(t *testing.T) { a.take(t, d, chromium) })
	}
}

// album is the pictures in one language, after two reports.
type album struct {
	lang            string
	phishing, asked string // a file of examples, and what the person writes above it
	unsure, doubted string
	desk            lens
}

func (a album) take(t *testing.T, d *demo, chromium string) {
	b := newBrowser(t, chromium, a.lang)
	b.be(d, "reporter", a.lang)
	d.report(t, reporter, "../examples/"+a.unsure, a.doubted)
	d.report(t, reporter, "../examples/"+a.phishing, a.asked)
	b.shot(d, phone, "/", "home."+a.lang)
	b.shot(d, phone, "/reports", "reports."+a.lang)
	b.shot(d, phone, b.first("main a[href^='/reports/']"), "answer."+a.lang)
	b.shot(d, phone, "/rescue?act=password&step=1", "rescue."+a.lang)

	b.be(d, "responder", a.lang)
	b.shot(d, wide, "/outbox", "outbox."+a.lang)
	b.shot(d, wide, b.first("main a[href^='/outbox/']"), "mail."+a.lang)
	b.open(d.web + "/desk?tab=answered")
	b.shot(d, a.desk, b.first("main a[href^='/desk/']"), "desk."+a.lang)
	b.open(d.web + "/desk?tab=unsure")
	b.open(d.web + b.labelled("Price for twelve lamps"))
	b.follow("button[name='answer'][value='legitimate']")
	b.do("the answer", chromedp.ScrollIntoView("#answer"))
	b.shot(d, a.desk, "", "prepared."+a.lang)

	b.be(d, "lead", a.lang)
	b.shot(d, wide, "/numbers", "numbers."+a.lang)
}

// complete waits for the end of the company's past year.
func (d *demo) complete(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(10 * patience)
	for time.Now().Before(deadline) {
		page, err := d.get(t.Context(), "/demo")
		if err == nil && !bytes.Contains(page, []byte("<progress")) {
			return
		}
		time.Sleep(time.Second) // looking again
	}
	t.Fatal("the history does not end")
}

// be signs in through a door of the demo and speaks a language.
func (b *browser) be(d *demo, role, lang string) {
	b.t.Helper()
	b.open(d.web + "/demo/in/" + role)
	b.do("language", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`fetch("/language", {method: "POST", body: new URLSearchParams({to: %q, back: "/about"})}).then(r => { if (!r.ok) throw r.status })`, lang),
		chromedp.EvalAwaitPromise))
}

// first is where the first such link leads.
func (b *browser) first(selector string) string {
	b.t.Helper()
	b.do(selector, chromedp.WaitReady(selector))
	return see[string](b, fmt.Sprintf(`document.querySelector(%q).getAttribute("href")`, selector))
}

// labelled is where the last row of the desk with these words leads.
func (b *browser) labelled(words string) string {
	b.t.Helper()
	return see[string](b, fmt.Sprintf(
		`[...document.querySelectorAll("main a[href^='/desk/']")].filter(a => a.innerText.includes(%q)).at(-1).getAttribute("href")`, words))
}

// shot takes a picture of a page, or with path "" of what is there.
func (b *browser) shot(d *demo, l lens, path, name string) {
	b.t.Helper()
	b.look(l)
	if path != "" {
		b.open(d.web + path)
	}
	b.do("to rest", chromedp.Sleep(300*time.Millisecond)) // frames are drawn
	taken, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	light := lighter(b.t, taken)
	if len(light) > heaviest {
		b.t.Errorf("%s weighs %d kB", name, len(light)>>10)
	}
	if err := os.WriteFile(filepath.Join(pictures, name+".png"), light, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// lighter keeps the 256 commonest colours: a page of text loses nothing that
// one sees, and two thirds of its weight.
func lighter(t *testing.T, taken []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		t.Fatal(err)
	}
	few := image.NewPaletted(full.Bounds(), commonest(full, 256))
	draw.Draw(few, few.Rect, full, full.Bounds().Min, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// commonest lists the n commonest colours of a picture.
func commonest(m image.Image, n int) color.Palette {
	count := map[color.RGBA]int{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			r, g, b, a := m.At(x, y).RGBA()
			count[color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}]++
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], slices.Compare([]uint8{a.R, a.G, a.B}, []uint8{b.R, b.G, b.B}))
	})
	var few color.Palette
	for _, c := range all[:min(n, len(all))] {
		few = append(few, c)
	}
	return few
}

// look sets the screen.
func (b *browser) look(l lens) {
	b.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.t.Fatal(err)
	}
	b.do("the screen", chromedp.EmulateViewport(l.width, l.height))
}
