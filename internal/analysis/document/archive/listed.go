package archive

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Blocks of RAR 4: checksum, kind, flags, size; a file's packed bytes follow.
const (
	rar4Main      = 0x73
	rar4File      = 0x74
	rar4Locked    = 0x80   // of the main block: names are encrypted
	rar4FileLock  = 0x04   // of a file: its content is
	rar4Long      = 0x8000 // bytes follow the block
	rar4Large     = 0x100  // a file over 4 GiB has longer sizes
	rar4NameAt    = 32
	rar4NameLarge = 40
)

func readRar4(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Cut: true} // only listed
	le := binary.LittleEndian
	for b = b[7:]; len(b) >= 7; {
		kind, flags, size := b[2], le.Uint16(b[3:]), int(le.Uint16(b[5:]))
		if size < 7 || size > len(b) || !budget.Entry() {
			return c
		}
		follow := int64(0)
		if (flags&rar4Long != 0 || kind == rar4File) && size >= 11 {
			follow = int64(le.Uint32(b[7:]))
		}
		switch {
		case kind == rar4Main && flags&rar4Locked != 0:
			c.Locked = true
			return c
		case kind == rar4File && size > rar4NameAt:
			c.Locked = c.Locked || flags&rar4FileLock != 0
			c.Files = append(c.Files, paper.File{Name: rar4Name(b[:size], flags)})
		}
		b = b[min(int64(size)+follow, int64(len(b))):]
	}
	return c
}

func rar4Name(b []byte, flags uint16) string {
	at := rar4NameAt
	if flags&rar4Large != 0 {
		at = rar4NameLarge
	}
	n := int(binary.LittleEndian.Uint16(b[26:]))
	b = b[min(at, len(b)):]
	name := b[:min(n, len(b))]
	if i := bytes.IndexByte(name, 0); i >= 0 { // the same name in Unicode follows
		name = name[:i]
	}
	return strings.ToValidUTF8(string(name), "?")
}

// Blocks of RAR 5: checksum, then numbers of any length.
const (
	rar5File    = 2
	rar5Lock    = 4 // all that follows is encrypted
	rar5HasMore = 1 // an extra area
	rar5HasData = 2
	rar5Time    = 2
	rar5Sum     = 4
)

// fields reads numbers of seven bits a byte, the lowest first.
type fields struct{ b []byte }

func (f *fields) number() uint64 {
	var n uint64
	for i := 0; i < 10 && i < len(f.b); i++ {
		n |= uint64(f.b[i]&0x7f) << (7 * i)
		if f.b[i] < 0x80 {
			f.b = f.b[i+1:]
			return n
		}
	}
	f.b = nil
	return 0
}

func (f *fields) skip(n uint64) []byte {
	n = min(n, uint64(len(f.b)))
	out := f.b[:n]
	f.b = f.b[n:]
	return out
}

func readRar5(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Cut: true} // only listed
	f := fields{b[8:]}
	for len(f.b) > 5 && budget.Entry() {
		f.skip(4)
		head := fields{f.skip(f.number())}
		kind, flags := head.number(), head.number()
		var more, data uint64
		if flags&rar5HasMore != 0 {
			more = head.number()
		}
		if flags&rar5HasData != 0 {
			data = head.number()
		}
		switch kind {
		case rar5Lock:
			c.Locked = true
			return c
		case rar5File:
			rar5Entry(head, more, c)
		}
		f.skip(data)
	}
	return c
}

func rar5Entry(head fields, more uint64, c *paper.Contents) {
	flags := head.number()
	head.number() // size
	head.number() // attributes
	if flags&rar5Time != 0 {
		head.skip(4)
	}
	if flags&rar5Sum != 0 {
		head.skip(4)
	}
	head.number() // method
	head.number() // system
	name := head.skip(head.number())
	c.Files = append(c.Files, paper.File{Name: strings.ToValidUTF8(string(name), "?")})
	if more > uint64(len(head.b)) {
		return
	}
	for extra := (fields{head.b[uint64(len(head.b))-more:]}); len(extra.b) > 1; {
		record := fields{extra.skip(extra.number())}
		if len(record.b) > 0 && record.number() == 1 { // encryption of this file
			c.Locked = true
		}
	}
}

// Properties of a 7-Zip header.
const (
	sevenHeader = 32
	sevenPlain  = 0x01
	sevenNames  = 0x11
)

// read7z reads the names where the header stands in clear. Mostly it is
// compressed, and then nothing is known but whether it is encrypted too.
func read7z(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Cut: true} // only listed
	if len(b) < sevenHeader {
		return c
	}
	at, n := binary.LittleEndian.Uint64(b[12:]), binary.LittleEndian.Uint64(b[20:])
	if at > uint64(len(b)-sevenHeader) || n == 0 {
		return c
	}
	head := b[sevenHeader+at:]
	head = head[:min(n, uint64(len(head)), 1<<20)]
	c.Locked = bytes.Contains(head, []byte("\x06\xf1\x07\x01")) // AES-256
	if len(head) == 0 || head[0] != sevenPlain || !budget.Take(len(head)) {
		return c
	}
	if i := bytes.LastIndexByte(head, sevenNames); i >= 0 {
		names(head[i+1:], c, budget)
	}
	return c
}

// names reads names in UTF-16, each ended by a zero, after their size and a flag.
func names(b []byte, c *paper.Contents, budget *paper.Budget) {
	f := fields{b}
	f.number()
	f.skip(1)
	var units []uint16
	for b = f.b; len(b) >= 2; b = b[2:] {
		unit := binary.LittleEndian.Uint16(b)
		if unit != 0 {
			units = append(units, unit)
			continue
		}
		if len(units) == 0 || !budget.Entry() {
			return
		}
		c.Files = append(c.Files, paper.File{Name: string(utf16.Decode(units))})
		units = units[:0]
	}
}

// readCab reads the names of a cabinet (MS-CAB 2.3).
func readCab(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Cut: true} // only listed
	if len(b) < 36 {
		return c
	}
	at, n := uint64(binary.LittleEndian.Uint32(b[16:])), int(binary.LittleEndian.Uint16(b[28:]))
	b = b[min(at, uint64(len(b))):]
	for range n {
		if len(b) < 17 || !budget.Entry() {
			return c
		}
		end := bytes.IndexByte(b[16:], 0)
		if end < 0 {
			return c
		}
		c.Files = append(c.Files, paper.File{Name: strings.ToValidUTF8(string(b[16:16+end]), "?")})
		b = b[16+end+1:]
	}
	return c
}
