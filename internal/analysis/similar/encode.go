package similar

import (
	"encoding/binary"
	"errors"
)

// Longest is how many bytes a Print takes at most.
const Longest = 400

// form is the version of the encoding. One that is not read any more makes an
// error, and the message is then known by its exact key alone.
const form = 1

var errForm = errors.New("similar: not a fingerprint of this form")

// Bytes writes the print: its form, the counts of its lists, then its fields in
// the order of the type, little endian.
func (p Print) Bytes() []byte {
	le := binary.LittleEndian
	out := make([]byte, 0, Longest)
	out = append(out, form)
	for _, n := range []int{len(p.Hosts), len(p.Shapes), len(p.Images), len(p.Looks), len(p.Files), len(p.Names)} {
		out = append(out, byte(n))
	}
	out = le.AppendUint16(out, p.Words)
	if p.Words > 0 {
		for _, t := range p.Text {
			out = le.AppendUint16(out, t)
		}
	}
	out = le.AppendUint64(le.AppendUint16(out, p.Tags), p.Layout)
	for _, list := range [][]uint32{p.Hosts, p.Shapes, p.Images, p.Files, p.Names, {p.Sender, p.Box, p.Home, p.Subject}} {
		for _, n := range list {
			out = le.AppendUint32(out, n)
		}
	}
	for _, n := range p.Looks {
		out = le.AppendUint64(out, n)
	}
	return le.AppendUint64(out, p.Exact)
}

// Parse reads what Bytes wrote; anything else is an error.
func Parse(raw []byte) (Print, error) {
	var p Print
	if len(raw) < 9 || len(raw) > Longest || raw[0] != form {
		return p, errForm
	}
	r := reader{rest: raw[7:]}
	p.Words = r.u16()
	for i := range p.Text {
		if p.Words > 0 {
			p.Text[i] = r.u16()
		}
	}
	p.Tags, p.Layout = r.u16(), r.u64()
	p.Hosts, p.Shapes, p.Images = r.list(raw[1], mostHosts), r.list(raw[2], mostShapes), r.list(raw[3], mostImages)
	p.Files, p.Names = r.list(raw[5], mostFiles), r.list(raw[6], mostFiles)
	p.Sender, p.Box, p.Home, p.Subject = r.u32(), r.u32(), r.u32(), r.u32()
	for range min(raw[4], mostLooks) {
		p.Looks = append(p.Looks, r.u64())
	}
	p.Exact = r.u64()
	if r.short || len(r.rest) > 0 {
		return Print{}, errForm
	}
	return p, nil
}

// reader takes numbers from the front; what is not there reads as 0 and is noted.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if len(r.rest) < n {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) u16() uint16 { return binary.LittleEndian.Uint16(r.take(2)) }
func (r *reader) u32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *reader) u64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }

func (r *reader) list(n byte, most int) []uint32 {
	if int(n) > most {
		r.short = true
		return nil
	}
	var out []uint32
	for range n {
		out = append(out, r.u32())
	}
	return out
}
