// Package picturetest draws codes for tests: small, turned, inverted, grainy,
// with a logo, or seen aslant.
package picturetest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// Modules makes the modules of a code, true for dark.
func Modules(t testing.TB, text string, level decoder.ErrorCorrectionLevel) [][]bool {
	t.Helper()
	code, err := encoder.Encoder_encode(text, level, map[gozxing.EncodeHintType]any{})
	if err != nil {
		t.Fatal(err)
	}
	m := code.GetMatrix()
	out := make([][]bool, m.GetHeight())
	for y := range out {
		for x := range m.GetWidth() {
			out[y] = append(out[y], m.Get(x, y) == 1)
		}
	}
	return out
}

// Look is how a code is drawn.
type Look struct {
	Side       float64 // pixels of the code without its quiet zone
	Turn       float64 // degrees
	Lean       float64 // how much smaller the far side is: a sheet seen from the side
	Dark, Pale color.Color
	Logo       float64 // share of the side that a logo covers
}

// Paint draws a code around (cx, cy), each pixel the mean of nine points.
func Paint(dst draw.Image, m [][]bool, cx, cy float64, l Look) {
	n := float64(len(m))
	sin, cos := math.Sincos(l.Turn * math.Pi / 180)
	reach := int(l.Side*0.8) + 4
	for y := int(cy) - reach; y < int(cy)+reach; y++ {
		for x := int(cx) - reach; x < int(cx)+reach; x++ {
			if !(image.Pt(x, y).In(dst.Bounds())) {
				continue
			}
			dark, in := 0, 0
			for i := range 9 {
				px, py := float64(x)+float64(i%3)/3+1.0/6-cx, float64(y)+float64(i/3)/3+1.0/6-cy
				u, v := (px*cos+py*sin)/l.Side, (-px*sin+py*cos)/l.Side
				w := 1 + l.Lean*v
				u, v = u/w, v/w
				uu, vv := (u+0.5)*n, (v+0.5)*n
				if uu < -4 || vv < -4 || uu >= n+4 || vv >= n+4 {
					continue
				}
				in++
				switch {
				case max(math.Abs(u), math.Abs(v)) < l.Logo/2:
				case uu < 0 || vv < 0 || uu >= n || vv >= n:
				case m[int(vv)][int(uu)]:
					dark++
				}
			}
			if in > 4 {
				dst.Set(x, y, mix(l.Dark, l.Pale, float64(dark)/float64(in)))
			}
		}
	}
}

func mix(a, b color.Color, share float64) color.Color {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	of := func(x, y uint32) uint8 { return uint8((float64(x)*share + float64(y)*(1-share)) / 257) }
	return color.RGBA{of(r1, r2), of(g1, g2), of(b1, b2), 255}
}

// Sheet is an empty picture of one colour.
func Sheet(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// One is a picture with one code in its middle.
func One(m [][]bool, l Look) *image.RGBA {
	side := int(l.Side*1.6) + 10
	img := Sheet(side, side, l.Pale)
	Paint(img, m, float64(side)/2, float64(side)/2, l)
	return img
}

// Squeezed is the picture after it was kept as a JPEG.
func Squeezed(t testing.TB, img image.Image, quality int) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Grainy adds noise of up to so many levels to each pixel.
func Grainy(img *image.RGBA, levels int, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = uint8(min(max(int(img.Pix[i])+r.IntN(2*levels+1)-levels, 0), 255))
		}
	}
	return img
}
