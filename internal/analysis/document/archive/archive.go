// Package archive lists what archives and disk images hold, and unpacks what
// can be unpacked and is worth a look, within a budget.
//
// Zip, gzip, bzip2, tar and ISO 9660 are unpacked; of RAR, 7-Zip and cabinets
// the names are read where they stand in clear. What cannot be opened is said
// to be unread rather than harmless.
package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// mostFile limits one unpacked file.
const mostFile = 8 << 20

// kind is a format and how it is read.
type kind struct {
	at   int
	mark string
	read func(name string, b []byte, budget *paper.Budget) *paper.Contents
}

// kinds are the formats besides zip, which documents use as well.
//
//nolint:gochecknoglobals // a constant table
var kinds = []kind{
	{0, "\x1f\x8b", readGzip},
	{0, "BZh", readBzip},
	{257, "ustar", readTar},
	{0, "Rar!\x1a\x07\x00", readRar4},
	{0, "Rar!\x1a\x07\x01\x00", readRar5},
	{0, "7z\xbc\xaf\x27\x1c", read7z},
	{0, "MSCF\x00\x00\x00\x00", readCab},
	{0x8001, "CD001", readISO},
	{0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", readOneNote},
	{0, "\xfd7zXZ\x00", readNothing},
	{0, "\x28\xb5\x2f\xfd", readNothing},
	{7, "**ACE**", readNothing},
	{2, "-lh", readNothing},
	{0, "\x60\xea", readNothing},
	{0, "MSWIM\x00\x00\x00", readNothing},
}

// Read gives what an archive holds; known is false for anything else.
func Read(name string, b []byte, budget *paper.Budget) (c *paper.Contents, known bool) {
	for _, k := range kinds {
		if len(b) >= k.at+len(k.mark) && string(b[k.at:k.at+len(k.mark)]) == k.mark {
			return k.read(name, b, budget), true
		}
	}
	return nil, false
}

// readNothing stands for formats that we cannot open.
func readNothing(string, []byte, *paper.Budget) *paper.Contents { return &paper.Contents{Cut: true} }

// mostListed limits the entries that a zip may list: each takes three hundred
// bytes of memory before any is looked at.
const mostListed = 20_000

var errListed = errors.New("archive: the zip lists more files than are looked at")

// OpenZip opens a zip, which may be an Office document.
func OpenZip(b []byte) (*zip.Reader, error) {
	if bytes.Count(b, []byte("PK\x01\x02")) > mostListed {
		return nil, errListed
	}
	return zip.NewReader(bytes.NewReader(b), int64(len(b))) //nolint:wrapcheck // the caller only asks whether it worked
}

// ReadZip gives what a zip holds. Bit 0 of an entry's flags says that it is
// encrypted (APPNOTE 4.4.4); its name stands in clear all the same.
func ReadZip(r *zip.Reader, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	for _, f := range r.File {
		if !budget.Entry() {
			c.Cut = true
			break
		}
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		file := paper.File{Name: f.Name}
		switch {
		case f.Flags&1 != 0:
			c.Locked = true
		case !dull(f.Name):
			file.Body = unzip(f, c, budget)
		}
		c.Files = append(c.Files, file)
	}
	return c
}

func unzip(f *zip.File, c *paper.Contents, budget *paper.Budget) []byte {
	r, err := f.Open()
	if err != nil {
		c.Cut = true
		return nil
	}
	defer r.Close()
	b, whole := budget.Read(r, mostFile)
	c.Cut = c.Cut || !whole
	return b
}

// dull reports whether a name ends like pictures, sound and film, which do
// nothing when opened; they are listed and not unpacked.
func dull(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".mp3", ".mp4", ".mov", ".avi", ".wav", ".ttf", ".woff", ".woff2", ".css":
		return true
	}
	return false
}

// mostMembers limits the gzips written one after the other in one file; a million
// of them may hold nothing at all.
const mostMembers = 1000

func readGzip(name string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil || bytes.Count(b, []byte("\x1f\x8b\x08")) > mostMembers {
		c.Cut = true
		return c
	}
	return single(orElse(r.Name, name), r, c, budget)
}

// perBzip is what one block of bzip2 costs, however little it holds: its tables
// are as large as it could be, and it may turn out broken at its end.
const perBzip = 512 << 10

func readBzip(name string, b []byte, budget *paper.Budget) *paper.Contents {
	if !budget.Take(perBzip) {
		return &paper.Contents{Cut: true, Files: []paper.File{{Name: unpackedName(name)}}}
	}
	return single(name, bzip2.NewReader(bytes.NewReader(b)), &paper.Contents{}, budget)
}

// single reads a packed file that is alone.
func single(name string, r io.Reader, c *paper.Contents, budget *paper.Budget) *paper.Contents {
	b, whole := budget.Read(r, mostFile)
	c.Cut = !whole
	c.Files = append(c.Files, paper.File{Name: unpackedName(name), Body: b})
	return c
}

// unpackedName drops the ending of the packing.
func unpackedName(name string) string {
	ext := path.Ext(name)
	switch strings.ToLower(ext) {
	case ".tgz", ".tbz", ".tbz2":
		return strings.TrimSuffix(name, ext) + ".tar"
	case ".gz", ".bz2":
		return strings.TrimSuffix(name, ext)
	}
	return name
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func readTar(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	r := tar.NewReader(bytes.NewReader(b))
	for {
		h, err := r.Next()
		if err != nil {
			c.Cut = c.Cut || err != io.EOF
			return c
		}
		if !budget.Entry() {
			c.Cut = true
			return c
		}
		file := paper.File{Name: h.Name}
		if h.Typeflag == tar.TypeReg && !dull(h.Name) {
			var whole bool
			file.Body, whole = budget.Read(r, mostFile)
			c.Cut = c.Cut || !whole
		}
		if h.Typeflag != tar.TypeDir {
			c.Files = append(c.Files, file)
		}
	}
}
