// Package cfb reads OLE compound files (MS-CFB), the small file system inside
// Outlook's .msg and old Office documents.
//
// A compound file is cut into sectors. A table (FAT) says for each sector
// which one follows, so a stream is a chain; streams under 4,096 bytes live in
// 64-byte mini sectors inside one big stream with a table of its own. The
// directory is itself a chain of 128-byte entries that form binary trees.
// Every number comes from outside: here each chain is bounded by the file's
// own size, each directory entry is used once, and depth is capped, so that
// cost stays linear whatever the file claims.
package cfb

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// ErrFormat says that the bytes are not a compound file that can be read.
var ErrFormat = errors.New("cfb: not a compound file")

// Limits of one file.
const (
	maxEntries = 1 << 16
	maxDepth   = 64
)

const (
	headerSize = 512
	entrySize  = 128
	miniSector = 64
	miniCutoff = 4096
	noEntry    = 0xFFFFFFFF
	lastSector = 0xFFFFFFFA // sector numbers from here on are marks
)

// Entry is a stream (file) or a storage (folder).
type Entry struct {
	Name     string
	Storage  bool
	Children []*Entry // of a storage, in directory order
	Size     int64    // claimed by the file; Bytes may give fewer

	start              uint32
	left, right, child uint32
}

// Child finds a direct child by name, nil when there is none.
func (e *Entry) Child(name string) *Entry {
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// File is an open compound file.
type File struct {
	Root *Entry

	raw     []byte
	sector  int
	fat     []uint32
	miniFAT []uint32
	mini    []byte
}

// Open reads the tables and the directory.
func Open(raw []byte) (*File, error) {
	f := &File{raw: raw}
	if len(raw) < headerSize || binary.BigEndian.Uint64(raw) != 0xD0CF11E0A1B11AE1 {
		return nil, ErrFormat
	}
	switch shift := f.u16(30); shift {
	case 9, 12:
		f.sector = 1 << shift
	default:
		return nil, ErrFormat
	}
	f.readFAT()
	entries := f.entries()
	if len(entries) == 0 {
		return nil, ErrFormat
	}
	f.Root = entries[0]
	f.Root.Storage = true
	f.miniFAT = words(f.chain(f.u32(60), len(raw)))
	f.mini = f.chain(f.Root.start, clampSize(f.Root.Size, len(raw)))
	tree{entries: entries, seen: make([]bool, len(entries))}.fill(f.Root, 0)
	return f, nil
}

// Claimed is how long a stream says it is, and no longer than the file: as much
// as Bytes may copy.
func (f *File) Claimed(e *Entry) int {
	if e == nil || e.Storage {
		return 0
	}
	return clampSize(e.Size, len(f.raw))
}

// Bytes gives a stream's content; less than Size where the file is damaged.
func (f *File) Bytes(e *Entry) []byte {
	if e == nil || e.Storage {
		return nil
	}
	size := clampSize(e.Size, len(f.raw))
	if e.Size < miniCutoff {
		return f.miniChain(e.start, size)
	}
	return f.chain(e.start, size)
}

// readFAT gathers the allocation table: its first 109 sectors are named in
// the header, the others in a chain of sectors (DIFAT).
func (f *File) readFAT() {
	room := len(f.raw)/f.sector + 1
	add := func(list []uint32) {
		for _, sn := range list {
			if sn < lastSector && room > 0 {
				f.fat = append(f.fat, words(f.at(sn))...)
				room--
			}
		}
	}
	add(words(f.raw[76:headerSize]))
	next := f.u32(68)
	for n := len(f.raw) / f.sector; next < lastSector && n > 0 && room > 0; n-- {
		list := words(f.at(next))
		if len(list) == 0 {
			return
		}
		add(list[:len(list)-1])
		next = list[len(list)-1]
	}
}

// at gives one sector, or what of it exists.
func (f *File) at(sn uint32) []byte {
	from := (int64(sn) + 1) * int64(f.sector)
	if from >= int64(len(f.raw)) {
		return nil
	}
	return f.raw[from:min(from+int64(f.sector), int64(len(f.raw)))]
}

// chain follows the FAT for at most size bytes. A chain that loops ends when
// it has given as much as it claimed, which is never more than the file.
func (f *File) chain(sn uint32, size int) []byte {
	var out []byte
	for len(out) < size && sn < lastSector {
		s := f.at(sn)
		if len(s) == 0 {
			break
		}
		out = append(out, s...)
		if int64(sn) >= int64(len(f.fat)) {
			break
		}
		sn = f.fat[sn]
	}
	return out[:min(size, len(out))]
}

func (f *File) miniChain(sn uint32, size int) []byte {
	var out []byte
	for len(out) < size && sn < lastSector {
		from := int64(sn) * miniSector
		if from >= int64(len(f.mini)) {
			break
		}
		out = append(out, f.mini[from:min(from+miniSector, int64(len(f.mini)))]...)
		if int64(sn) >= int64(len(f.miniFAT)) {
			break
		}
		sn = f.miniFAT[sn]
	}
	return out[:min(size, len(out))]
}

func (f *File) entries() []*Entry {
	dir := f.chain(f.u32(48), min(len(f.raw), maxEntries*entrySize))
	var out []*Entry
	for ; len(dir) >= entrySize; dir = dir[entrySize:] {
		out = append(out, f.entry(dir))
	}
	return out
}

func (f *File) entry(b []byte) *Entry {
	le := binary.LittleEndian
	e := &Entry{
		Name: name(b), Storage: b[66] == 1,
		left: le.Uint32(b[68:]), right: le.Uint32(b[72:]), child: le.Uint32(b[76:]),
		start: le.Uint32(b[116:]), Size: int64(le.Uint32(b[120:])),
	}
	if f.sector == 4096 { // version 4 has 64-bit sizes; version 3 may leave rubbish there
		e.Size = int64(le.Uint64(b[120:]) &^ (1 << 63))
	}
	return e
}

func name(b []byte) string {
	n := int(binary.LittleEndian.Uint16(b[64:]))
	if n < 2 || n > 64 {
		return ""
	}
	u := make([]uint16, 0, n/2)
	for i := 0; i+2 < n; i += 2 {
		u = append(u, binary.LittleEndian.Uint16(b[i:]))
	}
	return string(utf16.Decode(u))
}

// tree turns the directory's binary trees into lists of children.
type tree struct {
	entries []*Entry
	seen    []bool
}

func (t tree) fill(e *Entry, depth int) {
	if depth > maxDepth {
		return
	}
	todo := []uint32{e.child}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if i == noEntry || int64(i) >= int64(len(t.entries)) || i == 0 || t.seen[i] {
			continue
		}
		t.seen[i] = true
		c := t.entries[i]
		e.Children = append(e.Children, c)
		todo = append(todo, c.right, c.left)
	}
	for _, c := range e.Children {
		if c.Storage {
			t.fill(c, depth+1)
		}
	}
}

func (f *File) u16(at int) uint16 { return binary.LittleEndian.Uint16(f.raw[at:]) }
func (f *File) u32(at int) uint32 { return binary.LittleEndian.Uint32(f.raw[at:]) }

func words(b []byte) []uint32 {
	out := make([]uint32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, binary.LittleEndian.Uint32(b))
	}
	return out
}

func clampSize(size int64, limit int) int {
	return int(max(0, min(size, int64(limit))))
}
