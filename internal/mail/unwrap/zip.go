package unwrap

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/msg"
)

// Limits of one archive.
const (
	zipListed  = 20_000  // entries that are listed
	zipEntries = 100     // entries that are opened
	zipRatio   = 200     // bytes out for a byte in; more is a bomb
	zipFloor   = 1 << 20 // under this size the ratio does not matter
	zipDepth   = 2       // archives inside archives
)

func isZip(name, mediaType string, b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) &&
		(strings.HasSuffix(strings.ToLower(name), ".zip") || strings.Contains(mediaType, "zip") || name == "")
}

// archive takes the messages in a zip archive. One that needs a password, or
// for which there is no room, is noted, once.
func (c *collection) archive(raw []byte) {
	z := zipReader{room: c.room}
	z.read(c, raw, 0)
	if z.closed {
		c.closed(ShapeZip)
	}
}

type zipReader struct {
	room   *room
	opened int
	closed bool // something in it was not opened
}

func (z *zipReader) read(c *collection, raw []byte, depth int) {
	if bytes.Count(raw, []byte("PK\x01\x02")) > zipListed {
		return
	}
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	for _, f := range r.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		if z.opened++; z.opened > zipEntries {
			return
		}
		if !z.room.take(0) {
			z.closed = true
			return
		}
		if f.Flags&1 != 0 {
			z.closed = true
			continue
		}
		z.entry(c, f, depth)
	}
}

func (z *zipReader) entry(c *collection, f *zip.File, depth int) {
	b, cut := z.bytes(f)
	name := f.Name[strings.LastIndexAny(f.Name, `/\`)+1:]
	before := len(c.files)
	switch {
	case msg.Is(b):
		c.outlook(name, b)
	case isZip(name, "", b) && depth+1 < zipDepth:
		z.read(c, b, depth+1)
		return
	case isMessage(name, b):
		c.raw(name, ShapeZip, b)
	}
	for i := before; i < len(c.files); i++ {
		c.files[i].Shape = ShapeZip
		if cut {
			c.files[i].Complete, c.files[i].Note = false, NoteCut
		}
	}
}

// bytes unpacks one entry within what is left; cut says that there was more.
func (z *zipReader) bytes(f *zip.File) (b []byte, cut bool) {
	allowed := min(int64(z.room.bytes), max(zipFloor, int64(min(f.CompressedSize64, 1<<32))*zipRatio))
	r, err := f.Open()
	if err != nil {
		return nil, false
	}
	defer func() { _ = r.Close() }()                // reading from memory: nothing to lose
	b, _ = io.ReadAll(io.LimitReader(r, allowed+1)) // what a damaged entry gave is kept
	if int64(len(b)) > allowed {
		b, cut = b[:allowed], true
	}
	z.room.take(len(b))
	return b, cut
}
