package raster_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/document/raster"
)

// passes writes a grey JPEG that passes over its picture n times, in ten bytes
// and some more each time.
func passes(side, n int) []byte {
	var b bytes.Buffer
	b.WriteString("\xff\xd8\xff\xdb\x00\x43\x00" + string(bytes.Repeat([]byte{1}, 64)))
	b.Write([]byte{0xff, 0xc2, 0, 11, 8, byte(side >> 8), byte(side), byte(side >> 8), byte(side), 1, 1, 0x11, 0})
	b.Write([]byte{0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xe0}) // one code: a run of empty blocks
	for range n {
		b.Write([]byte{0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0x7f, 0xff, 0}) // 32,767 of them
	}
	b.WriteString("\xff\xd9")
	return b.Bytes()
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	var plain, deep, photo bytes.Buffer
	for _, err := range []error{
		png.Encode(&plain, image.NewGray(image.Rect(0, 0, 40, 30))), png.Encode(&deep, image.NewGray16(image.Rect(0, 0, 40, 30))),
		jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 40, 30)), nil),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	photo.WriteString("\xff\xd8" + string(bytes.Repeat([]byte("\xff\xda\x00\x02"), 100))) // what a telephone keeps behind the picture
	for name, c := range map[string]struct {
		body []byte
		cost int
	}{
		"a picture":                       {plain.Bytes(), 1200},
		"sixteen bits":                    {deep.Bytes(), 2400},
		"a photograph, and a film":        {photo.Bytes(), 1200},
		"as many scans as programs write": {passes(100, 11), 10_000},
		"more":                            {passes(100, 120), 110_000},
		"very many":                       {passes(1000, 10_000), raster.Most + 1},
		"a page too large for all memory": {passes(65535, 1), raster.Most + 1},
	} {
		if s, ok := raster.Measure(c.body); !ok || s.Cost != c.cost {
			t.Errorf("%s: %d, want %d", name, s.Cost, c.cost)
		}
	}
	for _, none := range []string{"", "no picture", "\xff\xd8", "\xff\xd8\xff"} {
		if s, ok := raster.Measure([]byte(none)); ok {
			t.Errorf("%q: %+v", none, s)
		}
	}
}

// TestDecode unpacks what was paid for and nothing else.
func TestDecode(t *testing.T) {
	t.Parallel()
	if img := raster.Decode(passes(100, 3)); img == nil || img.At(5, 5) != (color.Gray{128}) {
		t.Error("a picture of three scans was not unpacked")
	}
	if raster.Decode(passes(1000, 10_000)) != nil {
		t.Error("10,000 scans were unpacked")
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add(passes(20, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, ok := raster.Measure(b); ok && (s.Width <= 0 || s.Height <= 0 || s.Cost <= 0) {
			t.Errorf("%+v", s)
		}
	})
}
