package picture_test

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
)

// busy writes a JPEG that passes over its picture n times, in some bytes each.
func busy(side, n int) []byte {
	var b bytes.Buffer
	b.WriteString("\xff\xd8\xff\xdb\x00\x43\x00" + string(bytes.Repeat([]byte{1}, 64)))
	b.Write([]byte{0xff, 0xc2, 0, 11, 8, byte(side >> 8), byte(side), byte(side >> 8), byte(side), 1, 1, 0x11, 0})
	b.Write([]byte{0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xe0})
	b.Write(bytes.Repeat([]byte{0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0x7f, 0xff, 0}, n)) // one run of 32,767 empty blocks
	b.WriteString("\xff\xd9")
	return b.Bytes()
}

// TestBusyPicture is told of, and not unpacked.
func TestBusyPicture(t *testing.T) {
	t.Parallel()
	if ids, _, _ := check(letter("<p>"+words, "image/jpeg", busy(1000, 300))); !slices.Contains(ids, "picture.unread") {
		t.Errorf("300 scans: %v", ids)
	}
}

// TestDocumentsShareABudget sends many small documents, each of which unpacks
// to much.
func TestDocumentsShareABudget(t *testing.T) {
	t.Parallel()
	pdf := bombs(t, 30)
	if ids, _, _ := check(pdf); !slices.Contains(ids, "picture.unread") {
		t.Errorf("thirty documents of four megabytes: %v", ids)
	}
}

// bombs writes a mail of n documents, each with one picture that is four million
// bytes of nothing.
func bombs(t *testing.T, n int) []byte {
	t.Helper()
	packed := deflated(t, make([]byte, 2000*2000))
	doc := fmt.Sprintf("%%PDF-1.7\n1 0 obj<</Subtype/Image/Width 19/Height 19/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj", len(packed), packed) +
		fmt.Sprintf("\n2 0 obj<</Subtype/Image/Width 2000/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj", len(packed), packed)
	var b strings.Builder
	b.WriteString("From: Paie <paie@paie-verif.example>\r\nSubject: Document\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
	for range n {
		b.WriteString("--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(doc)) + "\r\n")
	}
	return []byte(b.String() + "--b--\r\n")
}

// TestDeepPicture reads a code of sixteen bits a colour like any other.
func TestDeepPicture(t *testing.T) {
	t.Parallel()
	plain := code(t, address)
	deep := image.NewNRGBA64(plain.Bounds())
	for y := range deep.Rect.Dy() {
		for x := range deep.Rect.Dx() {
			deep.Set(x, y, plain.At(x, y))
		}
	}
	if _, links, _ := check(letter("<p>"+words, "image/png", packed(t, "image/png", deep))); len(links) != 1 || !strings.HasPrefix(links[0], address) {
		t.Errorf("found %v", links)
	}
}

func deflated(t *testing.T, body []byte) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
