package office

import (
	"encoding/binary"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// Records of a workbook (MS-XLS 2.3).
const (
	recordSheet   = 0x0085 // BoundSheet8: a sheet, its kind and whether it is hidden
	recordName    = 0x0018 // Lbl: a defined name
	recordLocked  = 0x002F // FilePass
	recordLink    = 0x01B8 // HLink
	recordBook    = 0x01AE // SupBook: another workbook, or a program (DDE)
	recordStrings = 0x00FC // SST: the text of the cells
	recordMore    = 0x003C // Continue
)

const (
	sheetOfMacros = 1    // the kind of a sheet of Excel 4 macros
	builtIn       = 0x20 // a name that Excel knows
	autoOpen      = 1    // … the one that runs when the workbook is opened
	autoClose     = 2
)

// workbook goes through the records of an old workbook: a number, a length, and
// that many bytes.
func (w *oleWalk) workbook(b []byte) {
	macros, auto := false, false
	for len(b) >= 4 {
		id, n := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		body := b[4:min(4+n, len(b))]
		b = b[4+len(body):]
		switch id {
		case recordLocked:
			w.c.Locked = true
			return
		case recordSheet:
			macros = macros || len(body) > 5 && body[5] == sheetOfMacros
		case recordName:
			auto = auto || startsItself(body)
		case recordBook:
			w.otherBook(body)
		case recordLink:
			for _, link := range addresses(narrow(body)) {
				w.c.Link(link, "")
			}
		case recordStrings, recordMore:
			if !w.c.Full() {
				w.c.Write(words(body))
			}
		}
	}
	if macros {
		w.c.Sign(paper.MacroSheet, "")
	}
	if macros && auto {
		w.c.Sign(paper.MacroAuto, "Auto_Open")
	}
}

// startsItself reports whether a name makes what it names run by itself.
func startsItself(b []byte) bool {
	if len(b) < 16 {
		return false
	}
	if b[0]&builtIn != 0 {
		return b[15] == autoOpen || b[15] == autoClose
	}
	return strings.HasPrefix(strings.ToLower(narrow(b[15:])), "auto_open") || strings.HasPrefix(strings.ToLower(narrow(b[14:])), "auto_open")
}

// otherBook looks for a link to a program: its name and the topic are parted by
// the character 3 (MS-XLS 2.5.277).
func (w *oleWalk) otherBook(b []byte) {
	if len(b) < 6 {
		return
	}
	text := narrow(b[4:])
	if program, topic, ok := strings.Cut(text, "\x03"); ok && strings.ContainsAny(topic, " /\\") {
		w.c.Sign(paper.Dynamic, clip(strings.Trim(program, "\x00\x01\x02 ")+" "+topic))
	}
}
