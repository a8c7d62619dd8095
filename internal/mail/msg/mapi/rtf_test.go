package mapi_test

import (
	"encoding/binary"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

func TestReadRTF(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, html, text string }{
		"encapsulated HTML": {
			in: `{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Cyr;}}` +
				`{\*\htmltag19 <html>}{\*\htmltag84 <a href="https://x.example/?a=1\'26b">}\htmlrtf {\htmlrtf0 caf\'e9 ` +
				`{\f1 \'cf\'f0}\htmlrtf }\htmlrtf0 {\*\htmltag92 </a>}{\*\mhtmltag84 hidden}\htmlrtf only rtf\par\htmlrtf0` +
				` \u8364?{\*\htmltag4 \par}\{x\}\~{\*\htmltag27 </html>}}`,
			html: "<html><a href=\"https://x.example/?a=1&b\">café Пр</a>€\r\n{x}&nbsp;</html>",
		},
		"plain": {
			in:   `{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\info{\author Nobody}}{\*\generator X;}Hello\par \b bold\b0\tab x\line\u-10179?\u-8704?}`,
			text: "Hello\r\nbold\tx\r\n\U0001F600",
		},
		"binary and unbalanced": {in: `{\rtf1 a\bin3 }}}b}}}c\'4`, text: "abc"},
		"empty":                 {},
	} {
		got := mapi.ReadRTF([]byte(c.in), 1252)
		if got.HTML != c.html || got.Text != c.text {
			t.Errorf("%s:\n got %q / %q\nwant %q / %q", name, got.HTML, got.Text, c.html, c.text)
		}
	}
}

// The first example of MS-OXRTFCP: letters and references into the dictionary.
func TestDecompress(t *testing.T) {
	t.Parallel()
	head := func(kind string, raw uint32, body []byte) []byte {
		b := make([]byte, 16)
		binary.LittleEndian.PutUint32(b, uint32(len(body)+12))
		binary.LittleEndian.PutUint32(b[4:], raw)
		copy(b[8:], kind)
		return append(b, body...)
	}
	simple := head("LZFu", 0x2b, []byte{
		0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65,
		0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
	})
	if got := string(mapi.Decompress(simple, 1000)); got != "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n" {
		t.Errorf("simple: %q", got)
	}
	if got := string(mapi.Decompress(head("MELA", 5, []byte("hello world")), 1000)); got != "hello" {
		t.Errorf("stored: %q", got)
	}
	if got := len(mapi.Decompress(simple, 10)); got != 10 {
		t.Errorf("limit: %d", got)
	}
	if mapi.Decompress([]byte("short"), 10) != nil || mapi.Decompress(head("NOPE", 5, nil), 10) != nil {
		t.Error("something else was decompressed")
	}
}

func FuzzReadRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\fromhtml1 {\*\htmltag19 <html>}\'e9\u8364?}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = mapi.Decompress(b, 1<<16)
		r := mapi.ReadRTF(b, 1252)
		if n := len(r.HTML) + len(r.Text); n > 8*len(b)+16 {
			t.Errorf("%d bytes from %d", n, len(b))
		}
	})
}
