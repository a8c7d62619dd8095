package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/archive"
	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

func gz(name string, body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name = name
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

func tarOf(name, body string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	_ = w.WriteHeader(&tar.Header{Name: name, Size: int64(len(body)), Mode: 0o600, Typeflag: tar.TypeReg})
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	return b.Bytes()
}

func wide(s string) string {
	out := ""
	for _, u := range utf16.Encode([]rune(s)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

// rar4 writes the headers of one file.
func rar4(name string, mainFlags, fileFlags uint16) []byte {
	le := binary.LittleEndian
	b := []byte("Rar!\x1a\x07\x00\x00\x00\x73")
	b = le.AppendUint16(b, mainFlags)
	b = append(le.AppendUint16(b, 13), 0, 0, 0, 0, 0, 0)
	head := make([]byte, 32)
	head[2] = 0x74
	le.PutUint16(head[3:], fileFlags|0x8000)
	le.PutUint16(head[5:], uint16(32+len(name)))
	le.PutUint32(head[7:], 4)
	le.PutUint16(head[26:], uint16(len(name)))
	return append(append(append(b, head...), name...), "data"...)
}

// rar5 writes the headers of one file; extra is its extra area.
func rar5(name, extra string) []byte {
	head := "\x02\x03" + string([]byte{byte(len(extra))}) + "\x04" + "\x00" + "\x05\x00" + "\x00\x00" + string([]byte{byte(len(name))}) + name + extra
	return []byte("Rar!\x1a\x07\x01\x00" + "sum!" + string([]byte{byte(len(head))}) + head + "data")
}

func sevenZip(head string) []byte {
	b := make([]byte, 32)
	copy(b, "7z\xbc\xaf\x27\x1c")
	binary.LittleEndian.PutUint64(b[20:], uint64(len(head)))
	return append(b, head...)
}

func cab(name string) []byte {
	b := make([]byte, 36+16)
	copy(b, "MSCF")
	b[16], b[28] = 36, 1
	return append(b, name+"\x00"...)
}

// iso writes a disk with one file in its root folder.
func iso(name, body string) []byte {
	b := make([]byte, 21*2048)
	record := func(at, sector, size int, name string, flags byte) int {
		n := 33 + len(name)
		b[at], b[at+25], b[at+32] = byte(n), flags, byte(len(name))
		binary.LittleEndian.PutUint32(b[at+2:], uint32(sector))
		binary.LittleEndian.PutUint32(b[at+10:], uint32(size))
		copy(b[at+33:], name)
		return at + n
	}
	copy(b[16*2048:], "\x01CD001")
	record(16*2048+156, 18, 2048, "\x00", 2)
	copy(b[17*2048:], "\xffCD001")
	at := record(18*2048, 18, 2048, "\x00", 2)
	at = record(at, 18, 2048, "LOOP", 2)
	record(at, 19, len(body), name, 0)
	copy(b[19*2048:], body)
	return b
}

func oneNote(name, body string) []byte {
	head := "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"
	mark := "\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac"
	size := string(binary.LittleEndian.AppendUint64(nil, uint64(len(body))))
	return []byte(head + "\x01\x02" + wide(name) + "\x00\x00" + mark + size + strings.Repeat("\x00", 12) + body)
}

func TestRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file   []byte
		want   []paper.File
		locked bool
		cut    bool
	}{
		"gzip":                 {gz("a.exe", []byte("x")), []paper.File{{Name: "a.exe", Body: []byte("x")}}, false, false},
		"gzip without a name":  {gz("", []byte("x")), []paper.File{{Name: "file.tar", Body: []byte("x")}}, false, false},
		"a broken gzip":        {[]byte("\x1f\x8bxx"), nil, false, true},
		"tar":                  {tarOf("b/c.js", "x"), []paper.File{{Name: "b/c.js", Body: []byte("x")}}, false, false},
		"RAR 4":                {rar4("a.exe", 0, 0), []paper.File{{Name: "a.exe"}}, false, true},
		"RAR 4, a locked file": {rar4("a.exe", 0, 4), []paper.File{{Name: "a.exe"}}, true, true},
		"RAR 4, locked names":  {rar4("a.exe", 0x80, 0), nil, true, true},
		"RAR 5":                {rar5("a.exe", ""), []paper.File{{Name: "a.exe"}}, false, true},
		"RAR 5, a locked file": {rar5("a.exe", "\x02\x01\x00"), []paper.File{{Name: "a.exe"}}, true, true},
		"RAR 5, locked names":  {[]byte("Rar!\x1a\x07\x01\x00sum!\x03\x04\x00\x00data"), nil, true, true},
		"7-Zip":                {sevenZip("\x01\x05\x01\x11\x0f\x00" + wide("a.exe") + "\x00\x00"), []paper.File{{Name: "a.exe"}}, false, true},
		"7-Zip, names packed":  {sevenZip("\x17\x06xx"), nil, false, true},
		"7-Zip, locked":        {sevenZip("\x17\x06\x24\x06\xf1\x07\x01"), nil, true, true},
		"a cabinet":            {cab("a.exe"), []paper.File{{Name: "a.exe"}}, false, true},
		"a disk":               {iso("RUN.LNK;1", "xyz"), []paper.File{{Name: "RUN.LNK", Body: []byte("xyz")}}, false, false},
		"a notebook":           {oneNote("open.hta", "<hta:"), []paper.File{{Body: []byte("<hta:")}, {Name: "open.hta"}}, false, false},
		"one we cannot open":   {[]byte("\xfd7zXZ\x00data"), nil, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, known := archive.Read("file.tgz", c.file, paper.Default())
			if !known {
				t.Fatal("not recognised")
			}
			if diff := cmp.Diff(c.want, got.Files); diff != "" || got.Locked != c.locked || got.Cut != c.cut {
				t.Errorf("locked %t, cut %t; %s", got.Locked, got.Cut, diff)
			}
		})
	}
	if _, known := archive.Read("a.txt", []byte("words"), paper.Default()); known {
		t.Error("words were taken for an archive")
	}
}

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(bytes.Repeat([]byte("x"), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBudget unpacks no more than it may, and says so.
func TestBudget(t *testing.T) {
	t.Parallel()
	r, err := archive.OpenZip(zipOf(t, "a.bin", "b.png", "c.bin"))
	if err != nil {
		t.Fatal(err)
	}
	whole := archive.ReadZip(r, paper.Default())
	if whole.Cut || len(whole.Files) != 3 || len(whole.Files[0].Body) != 1<<20 || whole.Files[1].Body != nil {
		t.Errorf("cut %t, %d files", whole.Cut, len(whole.Files))
	}
	if c := archive.ReadZip(r, &paper.Budget{Bytes: 1<<20 + 9, Entries: 9}); !c.Cut || len(c.Files[2].Body) > 9 {
		t.Errorf("cut %t, %d bytes of the last", c.Cut, len(c.Files[2].Body))
	}
	if c := archive.ReadZip(r, &paper.Budget{Bytes: 8 << 20, Entries: 2}); !c.Cut || len(c.Files) != 2 {
		t.Errorf("cut %t, %d files", c.Cut, len(c.Files))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(gz("a", []byte("x")))
	f.Add(tarOf("a", "x"))
	f.Add(rar4("a.exe", 0, 0))
	f.Add(rar5("a.exe", "\x02\x01\x00"))
	f.Add(sevenZip("\x01\x11\x0f\x00" + wide("a")))
	f.Add(cab("a"))
	f.Add(oneNote("a.hta", "x"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		archive.Read("a", b, paper.Default())
		if r, err := archive.OpenZip(b); err == nil {
			archive.ReadZip(r, paper.Default())
		}
	})
}

func FuzzISO(f *testing.F) {
	f.Add(iso("A.EXE;1", "x")[16*2048:])
	f.Fuzz(func(_ *testing.T, b []byte) {
		disk := append(make([]byte, 16*2048), b...)
		if len(disk) > 0x8006 {
			copy(disk[0x8001:], "CD001")
		}
		archive.Read("a.iso", disk, paper.Default())
	})
}
