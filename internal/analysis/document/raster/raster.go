// Package raster unpacks pictures that strangers made.
//
// What a picture costs has little to do with its bytes. Its size in pixels is
// read before anything is unpacked; pixels of sixteen bits a colour cost twice.
// A JPEG may draw over itself: a progressive one comes in scans, each of which
// passes over all of the picture, about ten of them in what programs write, and
// each in a dozen bytes in what was made to keep somebody busy. So scans are
// counted first, and paid for.
package raster

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif"  // the first picture of a GIF
	_ "image/jpeg" // and JPEG
	_ "image/png"  // and PNG

	_ "golang.org/x/image/bmp"  // and BMP
	_ "golang.org/x/image/webp" // and WebP
)

// Size is what is known of a picture before it is unpacked.
type Size struct {
	Width, Height int // at least 1
	Cost          int // pixels that unpacking it passes over, about; more than Most never fit an int of 32 bits
}

// Most is the number of pixels above which no picture is unpacked, and Cost is
// no longer told.
const Most = 64 << 20

// usualScans is how many scans a JPEG may have at the price of one.
const usualScans = 12

// Measure reads the size of a picture; false for what is none, or has none.
func Measure(b []byte) (s Size, ok bool) {
	defer func() {
		if recover() != nil { // decoders of others, fed with foreign bytes
			s, ok = Size{}, false
		}
	}()
	c, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return Size{}, false
	}
	s = Size{Width: c.Width, Height: c.Height, Cost: Most + 1}
	if c.Width > Most/c.Height {
		return s, true
	}
	times := 1
	switch {
	case kind == "jpeg":
		times += scans(b) / usualScans
	case deep(c.ColorModel):
		times++
	}
	if s.Cost = c.Width * c.Height; times > Most/s.Cost {
		s.Cost = Most + 1
	} else {
		s.Cost *= times
	}
	return s, true
}

func deep(m color.Model) bool {
	return m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model
}

// Decode unpacks a picture that was measured and paid for, nil when it is
// broken or over Most.
func Decode(b []byte) (img image.Image) {
	defer func() {
		if recover() != nil { // decoders of others, fed with foreign bytes
			img = nil
		}
	}()
	if s, ok := Measure(b); !ok || s.Cost > Most {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return img
}

// Markers of JPEG (ITU-T T.81, B.1.1).
const (
	start = 0xd8
	end   = 0xd9
	scan  = 0xda
	plain = 0x00 // after ff: a byte of the scan that is ff itself
	first = 0xd0 // the first of eight marks within a scan
	last  = 0xd7
)

// scans counts how often a JPEG passes over its picture. What stands after its
// end is not looked at: telephones keep a film there.
func scans(b []byte) (n int) {
	for at := 2; ; {
		i := bytes.IndexByte(b[min(at, len(b)):], 0xff)
		if i < 0 || at+i+1 >= len(b) {
			return n
		}
		at += i + 1
		switch mark := b[at]; {
		case mark == end:
			return n
		case mark == 0xff, mark == plain, mark == start, mark >= first && mark <= last:
			continue
		case mark == scan:
			n++
		}
		if at+2 < len(b) {
			at += 1 + max(2, int(b[at+1])<<8|int(b[at+2]))
		}
	}
}
