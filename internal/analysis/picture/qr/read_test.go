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

	"github.com/bienvu/bienvu/internal/analysis/picture/picturetest"
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
		picturetest.Look
		quality, grain, floor int // floor in percent
	}{
		"plain":         {Look: picturetest.Look{Dark: black, Pale: white}, floor: 100},
		"turned 15":     {Look: picturetest.Look{Dark: black, Pale: white, Turn: 15}, floor: 100},
		"turned 30":     {Look: picturetest.Look{Dark: black, Pale: white, Turn: 30}, floor: 100},
		"turned 45":     {Look: picturetest.Look{Dark: black, Pale: white, Turn: 45}, floor: 100},
		"turned 90":     {Look: picturetest.Look{Dark: black, Pale: white, Turn: 90}, floor: 100},
		"upside down":   {Look: picturetest.Look{Dark: black, Pale: white, Turn: 180}, floor: 100},
		"inverted":      {Look: picturetest.Look{Dark: white, Pale: black}, floor: 100},
		"inverted, 30":  {Look: picturetest.Look{Dark: white, Pale: black, Turn: 30}, floor: 100},
		"low contrast":  {Look: picturetest.Look{Dark: color.Gray{120}, Pale: color.Gray{150}}, floor: 100},
		"red on yellow": {Look: picturetest.Look{Dark: color.RGBA{200, 30, 30, 255}, Pale: color.RGBA{250, 240, 90, 255}}, floor: 100},
		"white on blue": {Look: picturetest.Look{Dark: white, Pale: color.RGBA{20, 60, 180, 255}}, floor: 100},
		"logo":          {Look: picturetest.Look{Dark: black, Pale: white, Logo: 0.2}, floor: 100},
		"seen aslant":   {Look: picturetest.Look{Dark: black, Pale: white, Lean: 0.1}, floor: 100},
		"jpeg 40":       {Look: picturetest.Look{Dark: black, Pale: white}, quality: 40, floor: 100},
		"jpeg 40, 15":   {Look: picturetest.Look{Dark: black, Pale: white, Turn: 15}, quality: 40, floor: 100},
		"grain":         {Look: picturetest.Look{Dark: black, Pale: white}, grain: 60, floor: 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var missed []string
			var r rate
			for _, text := range []string{short, long} {
				m := picturetest.Modules(t, text, decoder.ErrorCorrectionLevel_H)
				for _, side := range []float64{2.4 * float64(len(m)), 4.3 * float64(len(m)), 410} {
					l := c.Look
					l.Side = side
					before := r.good
					r.read(dress(t, picturetest.One(m, l), c.quality, c.grain), text)
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
		img = picturetest.Grainy(img, grain, 7)
	}
	if quality > 0 {
		return picturetest.Squeezed(t, img, quality)
	}
	return img
}

// TestSmall reads codes whose modules are hardly more than a pixel.
func TestSmall(t *testing.T) {
	t.Parallel()
	m := picturetest.Modules(t, short, decoder.ErrorCorrectionLevel_L)
	var r rate
	var missed []string
	for side := 50.0; side <= 120; side += 2.5 {
		before := r.good
		r.read(picturetest.One(m, picturetest.Look{Side: side, Dark: color.Gray{0}, Pale: color.Gray{255}}), short)
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
	img := picturetest.Sheet(1000, 700, color.Gray{240})
	black, white := color.Gray{0}, color.Gray{255}
	picturetest.Paint(img, picturetest.Modules(t, short, decoder.ErrorCorrectionLevel_M), 200, 200, picturetest.Look{Side: 220, Dark: black, Pale: white})
	picturetest.Paint(img, picturetest.Modules(t, long, decoder.ErrorCorrectionLevel_M), 700, 250, picturetest.Look{Side: 300, Turn: 20, Dark: black, Pale: white})
	picturetest.Paint(img, picturetest.Modules(t, "WIFI:S:Atelier;T:WPA;P:secret;;", decoder.ErrorCorrectionLevel_Q), 300, 550, picturetest.Look{Side: 90, Dark: white, Pale: black})
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
	m := picturetest.Modules(t, long, decoder.ErrorCorrectionLevel_L)
	r := qr.Read(picturetest.One(m, picturetest.Look{Side: 300, Dark: color.Gray{0}, Pale: color.Gray{255}, Logo: 0.6}))
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
	all["code"] = picturetest.One(picturetest.Modules(b, long, decoder.ErrorCorrectionLevel_M), picturetest.Look{Side: 300, Dark: color.Gray{0}, Pale: color.Gray{255}})
	for name, img := range all {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				qr.Read(img)
			}
		})
	}
}

// FuzzRead feeds any pixels: no panic, and no place outside a picture's reach.
func FuzzRead(f *testing.F) {
	m := picturetest.Modules(f, "https://a.example", decoder.ErrorCorrectionLevel_L)
	img := picturetest.One(m, picturetest.Look{Side: 50, Dark: color.Gray{0}, Pale: color.Gray{255}})
	gray := image.NewGray(img.Bounds())
	for y := range gray.Rect.Dy() {
		for x := range gray.Rect.Dx() {
			gray.Set(x, y, img.At(x, y))
		}
	}
	f.Add(gray.Pix, uint16(gray.Rect.Dx()))
	f.Fuzz(func(t *testing.T, pix []byte, width uint16) {
		w := int(width%512) + 1
		h := len(pix) / w
		r := qr.Read(&image.Gray{Pix: pix, Stride: w, Rect: image.Rect(0, 0, w, h)})
		for _, c := range r.Codes {
			if c.Unread && c.Text != "" {
				t.Errorf("%+v is unread and says something", c)
			}
		}
	})
}

// TestSpent: a picture full of corner marks, in which a code could be hidden, is
// told as not looked at to the end.
func TestSpent(t *testing.T) {
	t.Parallel()
	img := image.NewGray(image.Rect(0, 0, 1200, 1200))
	for i := range img.Pix {
		x, y := i%1200%40/4, i/1200%40/4
		if ring := max(x, 6-x, y, 6-y); x > 6 || y > 6 || ring == 5 {
			img.Pix[i] = 255
		}
	}
	if r := qr.Read(img); !r.Spent {
		t.Errorf("900 corner marks, and it says all was looked at: %+v", r)
	}
}
