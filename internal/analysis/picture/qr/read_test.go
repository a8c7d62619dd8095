package qr_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"

	"github.com/bienvu/bienvu/internal/analysis/picture/qr"
)

const (
	short = "https://login.paie-verif.example/a?id=7f3"
	long  = "https://secure.paie-verif.example/document/partage/2031/03/authentification?utilisateur=emma.lorrain%40fonderie-roc.example&jeton=4f6b2c1d9e8a7755aa10"
)

// rate reads pictures and tells how many gave the text.
type rate struct{ good, all int }

func (r *rate) read(img image.Image, want string) {
	r.all++
	for _, c := range qr.Read(img).Codes {
		if c.Text == want {
			r.good++
			return
		}
	}
}

// TestRead draws codes in many ways. The floors are what was reached when they
// were set: a change that reads less fails.
func TestRead(t *testing.T) {
	t.Parallel()
	black, white := color.Gray{0}, color.Gray{255}
	for name, c := range map[string]struct {
		look
		quality, grain, floor int // floor in percent
	}{
		"plain":         {look: look{dark: black, pale: white}, floor: 100},
		"turned 15":     {look: look{dark: black, pale: white, turn: 15}, floor: 100},
		"turned 30":     {look: look{dark: black, pale: white, turn: 30}, floor: 100},
		"turned 45":     {look: look{dark: black, pale: white, turn: 45}, floor: 100},
		"turned 90":     {look: look{dark: black, pale: white, turn: 90}, floor: 100},
		"upside down":   {look: look{dark: black, pale: white, turn: 180}, floor: 100},
		"inverted":      {look: look{dark: white, pale: black}, floor: 100},
		"inverted, 30":  {look: look{dark: white, pale: black, turn: 30}, floor: 100},
		"low contrast":  {look: look{dark: color.Gray{120}, pale: color.Gray{150}}, floor: 100},
		"red on yellow": {look: look{dark: color.RGBA{200, 30, 30, 255}, pale: color.RGBA{250, 240, 90, 255}}, floor: 100},
		"white on blue": {look: look{dark: white, pale: color.RGBA{20, 60, 180, 255}}, floor: 100},
		"logo":          {look: look{dark: black, pale: white, logo: 0.2}, floor: 100},
		"seen aslant":   {look: look{dark: black, pale: white, lean: 0.15}, floor: 100},
		"jpeg 40":       {look: look{dark: black, pale: white}, quality: 40, floor: 100},
		"jpeg 40, 15":   {look: look{dark: black, pale: white, turn: 15}, quality: 40, floor: 100},
		"grain":         {look: look{dark: black, pale: white}, grain: 60, floor: 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var missed []string
			var r rate
			for _, text := range []string{short, long} {
				m := modules(t, text, decoder.ErrorCorrectionLevel_H)
				for _, side := range []float64{2.4 * float64(len(m)), 250, 600} {
					l := c.look
					l.side = side
					before := r.good
					r.read(dress(t, one(m, l), c.quality, c.grain), text)
					if r.good == before {
						missed = append(missed, fmt.Sprintf("%.0f px, %d modules", side, len(m)))
					}
				}
			}
			t.Logf("%d of %d read; missed: %s", r.good, r.all, strings.Join(missed, "; "))
			if 100*r.good < c.floor*r.all {
				t.Errorf("%d of %d read, at least %d %% wanted", r.good, r.all, c.floor)
			}
		})
	}
}

func dress(t *testing.T, img *image.RGBA, quality, grain int) image.Image {
	t.Helper()
	if grain > 0 {
		img = grainy(img, grain, 7)
	}
	if quality > 0 {
		return squeezed(t, img, quality)
	}
	return img
}

// TestSmall reads codes whose modules are hardly more than a pixel.
func TestSmall(t *testing.T) {
	t.Parallel()
	m := modules(t, short, decoder.ErrorCorrectionLevel_L)
	var r rate
	var missed []string
	for side := 50.0; side <= 120; side += 2.5 {
		before := r.good
		r.read(one(m, look{side: side, dark: color.Gray{0}, pale: color.Gray{255}}), short)
		if r.good == before {
			missed = append(missed, fmt.Sprintf("%.1f", side))
		}
	}
	t.Logf("%d modules: %d of %d sizes read; missed %v", len(m), r.good, r.all, missed)
	if 100*r.good < 90*r.all {
		t.Errorf("%d of %d read", r.good, r.all)
	}
}

// TestSeveral reads three codes of different sizes and colours in one picture.
func TestSeveral(t *testing.T) {
	t.Parallel()
	img := sheet(1000, 700, color.Gray{240})
	black, white := color.Gray{0}, color.Gray{255}
	paint(img, modules(t, short, decoder.ErrorCorrectionLevel_M), 200, 200, look{side: 220, dark: black, pale: white})
	paint(img, modules(t, long, decoder.ErrorCorrectionLevel_M), 700, 250, look{side: 300, turn: 20, dark: black, pale: white})
	paint(img, modules(t, "WIFI:S:Atelier;T:WPA;P:secret;;", decoder.ErrorCorrectionLevel_Q), 300, 550, look{side: 90, dark: white, pale: black})
	var got []string
	for _, c := range qr.Read(img).Codes {
		got = append(got, c.Text)
	}
	for _, want := range []string{short, long, "WIFI:S:Atelier;T:WPA;P:secret;;"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q not read; got %q", want, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("%d codes, want 3", len(got))
	}
}

// TestUnread: a code whose middle is painted over is told, and not read.
func TestUnread(t *testing.T) {
	t.Parallel()
	m := modules(t, long, decoder.ErrorCorrectionLevel_L)
	r := qr.Read(one(m, look{side: 300, dark: color.Gray{0}, pale: color.Gray{255}, logo: 0.6}))
	if len(r.Codes) != 1 || !r.Codes[0].Unread || r.Codes[0].Text != "" {
		t.Errorf("got %+v, want one code that can't be read", r)
	}
}

// TestNothing: pictures without a code give none, read or unread.
func TestNothing(t *testing.T) {
	t.Parallel()
	for name, img := range pictures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r := qr.Read(img); len(r.Codes) != 0 {
				t.Errorf("found %+v", r)
			}
		})
	}
}

// pictures are what is no code.
func pictures() map[string]image.Image {
	out := map[string]image.Image{}
	for name, f := range map[string]func(x, y int, r *rand.Rand) float64{
		"blank":         func(_, _ int, _ *rand.Rand) float64 { return 255 },
		"noise":         func(_, _ int, r *rand.Rand) float64 { return float64(r.IntN(256)) },
		"checkerboard":  func(x, y int, _ *rand.Rand) float64 { return float64((x/8 + y/8) % 2 * 255) },
		"fine checkers": func(x, y int, _ *rand.Rand) float64 { return float64((x/2 + y/2) % 2 * 255) },
		"bars":          func(x, _ int, _ *rand.Rand) float64 { return float64(uint32(x/3)*2654435761>>31) * 255 },
		"blocks": func(x, y int, _ *rand.Rand) float64 {
			return float64((uint32(x/6)*2654435761+uint32(y/6)*2246822519)>>13&1) * 255
		},
		"rings": func(x, y int, _ *rand.Rand) float64 {
			return 128 + 127*math.Sin(math.Hypot(float64(x-400), float64(y-300))/5)
		},
		"photo": func(x, y int, r *rand.Rand) float64 {
			return 128 + 60*math.Sin(float64(x)/47)*math.Cos(float64(y)/31) + 40*math.Sin(float64(x*y)/9001) + float64(r.IntN(30))
		},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		img := image.NewGray(image.Rect(0, 0, 800, 600))
		for i := range img.Pix {
			img.Pix[i] = uint8(min(max(f(i%800, i/800, r), 0), 255))
		}
		out[name] = img
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	all := pictures()
	all["code"] = one(modules(b, long, decoder.ErrorCorrectionLevel_M), look{side: 300, dark: color.Gray{0}, pale: color.Gray{255}})
	for name, img := range all {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				qr.Read(img)
			}
		})
	}
}
