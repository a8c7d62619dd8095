package qr_test

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

// modules makes the modules of a code, true for dark.
func modules(t testing.TB, text string, level decoder.ErrorCorrectionLevel) [][]bool {
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

// look is how a code is drawn.
type look struct {
	side       float64 // pixels of the code without its quiet zone
	turn       float64 // degrees
	lean       float64 // how much smaller the far side is: a sheet seen from the side
	dark, pale color.Color
	logo       float64 // share of the side that a logo covers
}

// paint draws a code around (cx, cy), each pixel the mean of sixteen points.
func paint(dst draw.Image, m [][]bool, cx, cy float64, l look) {
	n := float64(len(m))
	sin, cos := math.Sincos(l.turn * math.Pi / 180)
	reach := int(l.side*0.9) + 4
	for y := int(cy) - reach; y < int(cy)+reach; y++ {
		for x := int(cx) - reach; x < int(cx)+reach; x++ {
			if !(image.Pt(x, y).In(dst.Bounds())) {
				continue
			}
			dark, in := 0, 0
			for i := range 16 {
				px, py := float64(x)+float64(i%4)/4+0.125-cx, float64(y)+float64(i/4)/4+0.125-cy
				u, v := (px*cos+py*sin)/l.side, (-px*sin+py*cos)/l.side
				w := 1 + l.lean*v
				u, v = u/w, v/w
				uu, vv := (u+0.5)*n, (v+0.5)*n
				if uu < -4 || vv < -4 || uu >= n+4 || vv >= n+4 {
					continue
				}
				in++
				switch {
				case max(math.Abs(u), math.Abs(v)) < l.logo/2:
				case uu < 0 || vv < 0 || uu >= n || vv >= n:
				case m[int(vv)][int(uu)]:
					dark++
				}
			}
			if in > 8 {
				dst.Set(x, y, mix(l.dark, l.pale, float64(dark)/float64(in)))
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

// sheet is an empty picture of one colour.
func sheet(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// one is a picture with one code in its middle.
func one(m [][]bool, l look) *image.RGBA {
	side := int(l.side*1.6) + 10
	img := sheet(side, side, l.pale)
	paint(img, m, float64(side)/2, float64(side)/2, l)
	return img
}

// squeezed is the picture after it was kept as a JPEG.
func squeezed(t testing.TB, img image.Image, quality int) image.Image {
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

// grainy adds noise of up to so many levels to each pixel.
func grainy(img *image.RGBA, levels int, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = uint8(min(max(int(img.Pix[i])+r.IntN(2*levels+1)-levels, 0), 255))
		}
	}
	return img
}
