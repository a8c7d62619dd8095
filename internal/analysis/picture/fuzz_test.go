package picture_test

import (
	"encoding/binary"
	"hash/crc32"
	"image/color"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/picture/picturetest"
)

// crc mends the check sum of a PNG's header.
func crc(b []byte) { binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29])) }

// FuzzCheck feeds any bytes as a picture: no panic, no hang.
func FuzzCheck(f *testing.F) {
	img := code(f, "https://a.example/b")
	for _, kind := range []string{"image/png", "image/jpeg", "image/gif", "image/bmp"} {
		f.Add(packed(f, kind, img))
	}
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		check(letter("x", "image/png", body))
	})
}

// BenchmarkCheck tells what a message with one picture costs.
func BenchmarkCheck(b *testing.B) {
	for name, raw := range map[string][]byte{
		"code":  letter(words, "image/png", packed(b, "image/png", code(b, address))),
		"photo": letter(words, "image/jpeg", packed(b, "image/jpeg", picturetest.Grainy(picturetest.Sheet(1200, 900, color.Gray{120}), 40, 1))),
		"words": letter(words+words+words, "", nil),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				check(raw)
			}
		})
	}
}
