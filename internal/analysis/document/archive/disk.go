package archive

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// A disk of ISO 9660 (ECMA-119): sectors of 2,048 bytes; from the sixteenth on
// descriptors, one of which names the root folder. Joliet adds a second tree
// with names in UTF-16, which Windows shows.
const (
	sector      = 2048
	firstSector = 16
	rootAt      = 156
	recordSize  = 33
	primary     = 1
	secondary   = 2
	lastOne     = 255
	isFolder    = 2
)

func readISO(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	d := disk{b: b, c: &paper.Contents{}, budget: budget, seen: map[uint32]bool{}}
	var root []byte
	for at := firstSector * sector; at+sector <= len(b) && at < (firstSector+16)*sector; at += sector {
		s := b[at : at+sector]
		if string(s[1:6]) != "CD001" || s[0] == lastOne {
			break
		}
		joliet := s[0] == secondary && s[88] == '%' && s[89] == '/'
		if s[0] == primary && root == nil || joliet {
			root, d.wide = s[rootAt:rootAt+recordSize+1], joliet
		}
	}
	if root == nil {
		d.c.Cut = true
		return d.c
	}
	d.folder(root, "", 0)
	return d.c
}

type disk struct {
	b      []byte
	c      *paper.Contents
	budget *paper.Budget
	wide   bool // names are UTF-16
	seen   map[uint32]bool
}

// extent gives the bytes of a record.
func (d *disk) extent(record []byte) []byte {
	from := uint64(binary.LittleEndian.Uint32(record[2:])) * sector
	size := uint64(binary.LittleEndian.Uint32(record[10:]))
	from = min(from, uint64(len(d.b)))
	return d.b[from:min(from+size, uint64(len(d.b)))]
}

// folder lists a folder; each is listed once.
func (d *disk) folder(record []byte, path string, depth int) {
	at := binary.LittleEndian.Uint32(record[2:])
	if d.seen[at] || depth > 8 {
		return
	}
	d.seen[at] = true
	for list := d.extent(record); len(list) > recordSize; {
		n := int(list[0])
		if n == 0 { // records do not cross sectors
			list = list[min(len(list), (len(list)-1)%sector+1):]
			continue
		}
		if n <= recordSize || n > len(list) {
			return
		}
		if !d.budget.Entry() {
			d.c.Cut = true
			return
		}
		d.record(list[:n], path, depth)
		list = list[n:]
	}
}

func (d *disk) record(r []byte, path string, depth int) {
	raw := r[recordSize:min(recordSize+int(r[32]), len(r))]
	if len(raw) == 1 && raw[0] < 2 { // this folder and the one above
		return
	}
	name := d.name(raw)
	if r[25]&isFolder != 0 {
		d.folder(r, path+name+"/", depth+1)
		return
	}
	file := paper.File{Name: path + name}
	if body := d.extent(r); len(body) <= mostFile && d.budget.Take(len(body)/4) {
		file.Body = body
	} else {
		d.c.Cut = true
	}
	d.c.Files = append(d.c.Files, file)
}

func (d *disk) name(raw []byte) string {
	name := strings.ToValidUTF8(string(raw), "?")
	if d.wide {
		units := make([]uint16, 0, len(raw)/2)
		for ; len(raw) > 1; raw = raw[2:] {
			units = append(units, binary.BigEndian.Uint16(raw))
		}
		name = string(utf16.Decode(units))
	}
	name, _, _ = strings.Cut(name, ";") // the version
	return strings.TrimSuffix(name, ".")
}

// fileMark begins each embedded file of a OneNote notebook (MS-ONESTORE
// 2.6.13); its size follows, and after 20 bytes the file.
const fileMark = "\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac"

// readOneNote takes out the files of a notebook. Their names stand elsewhere,
// in UTF-16; those that end dangerously are listed by name.
func readOneNote(_ string, b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{Document: true}
	for rest := b; ; {
		i := bytes.Index(rest, []byte(fileMark))
		if i < 0 {
			break
		}
		if !budget.Entry() {
			c.Cut = true
			break
		}
		rest = rest[i+len(fileMark):]
		if len(rest) < 20 {
			break
		}
		size := min(binary.LittleEndian.Uint64(rest), uint64(len(rest)-20), mostFile)
		if !budget.Take(int(size / 4)) { // files that claim to overlap are looked at more than once
			c.Cut = true
			break
		}
		c.Files = append(c.Files, paper.File{Body: rest[20 : 20+size]})
		rest = rest[20:]
	}
	if !budget.Take(len(b) / 4) {
		c.Cut = true
		return c
	}
	for _, ending := range embedded {
		if name := nameEnding(b, ending); name != "" {
			c.Files = append(c.Files, paper.File{Name: name})
		}
	}
	return c
}

//nolint:gochecknoglobals // a constant table
var embedded = []string{".hta", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".cmd", ".bat", ".ps1", ".lnk", ".exe", ".scr", ".chm", ".iso", ".msi", ".dll"}

// nameEnding finds a file name in UTF-16 by its ending.
func nameEnding(b []byte, ending string) string {
	wide := make([]byte, 0, 2*len(ending)+2)
	for i := range len(ending) {
		wide = append(wide, ending[i], 0)
	}
	i := bytes.Index(b, append(wide, 0, 0))
	if i < 0 {
		return ""
	}
	from := i
	for from >= 2 && b[from-1] == 0 && b[from-2] >= ' ' && b[from-2] < 0x7f && i-from < 200 {
		from -= 2
	}
	return strings.ReplaceAll(string(b[from:i+2*len(ending)]), "\x00", "")
}
