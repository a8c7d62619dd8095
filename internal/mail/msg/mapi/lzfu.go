package mapi

import "encoding/binary"

// lzfuDictionary is what the compressor's window holds at the start
// (MS-OXRTFCP 2.1.3.1.4).
const lzfuDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}` +
	`{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier` +
	`{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const (
	lzfuCompressed = 0x75465A4C // "LZFu"
	lzfuPlain      = 0x414C454D // "MELA"
	lzfuWindow     = 4096
)

// Decompress undoes the compression of PidTagRtfCompressed (MS-OXRTFCP), as
// far as the bytes go and at most limit bytes. It gives nil for anything else.
func Decompress(b []byte, limit int) []byte {
	if len(b) < 16 {
		return nil
	}
	size := min(int64(binary.LittleEndian.Uint32(b[4:])), int64(limit))
	switch binary.LittleEndian.Uint32(b[8:]) {
	case lzfuPlain:
		return b[16:min(int64(len(b)), 16+size)]
	case lzfuCompressed:
		return lzfu(b[16:], int(size))
	default:
		return nil
	}
}

// lzfu reads runs of eight items behind a control byte: a set bit is a
// reference of 12 bits of place and 4 of length into a ring, a clear one a
// letter. A reference to the place being written ends the text.
func lzfu(b []byte, size int) []byte {
	var ring [lzfuWindow]byte
	at := copy(ring[:], lzfuDictionary)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		ring[at] = c
		at = (at + 1) % lzfuWindow
	}
	for len(b) > 0 && len(out) < size {
		control := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(b) > 0 && len(out) < size; bit++ {
			if control&(1<<bit) == 0 {
				put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out
			}
			ref := int(binary.BigEndian.Uint16(b))
			b = b[2:]
			from, n := ref>>4, ref&15+2
			if from == at {
				return out
			}
			for i := range n {
				put(ring[(from+i)%lzfuWindow])
			}
		}
	}
	return out[:min(size, len(out))]
}
