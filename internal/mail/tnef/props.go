package tnef

import (
	"encoding/binary"

	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// table is one table of properties, and the message in its object property
// where there is one.
type table struct {
	mapi.Props
	object *mapi.Message
}

// multi marks a property that holds several values.
const multi = 0x1000

// widths are the bytes a fixed value takes; they are padded to four.
//
//nolint:gochecknoglobals // a constant table
var widths = map[uint16]int{
	0x0001: 0, mapi.TypeInt16: 4, mapi.TypeInt32: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4,
	mapi.TypeBool: 4, mapi.TypeInt64: 8, mapi.TypeTime: 8, 0x0048: 16,
}

// cursor reads forward and remembers when there was too little.
type cursor struct {
	b   []byte
	bad bool
}

func (c *cursor) take(n int64) []byte {
	if n < 0 || n > int64(len(c.b)) {
		c.bad = true
		c.b = nil
		return nil
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

func (c *cursor) u16() uint16 {
	if b := c.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (c *cursor) u32() uint32 {
	if b := c.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// padded takes n bytes and the padding to a multiple of four after them; at
// the very end the padding may be missing.
func (c *cursor) padded(n int64) []byte {
	out := c.take(n)
	if pad := (4 - n%4) % 4; !c.bad {
		c.b = c.b[min(pad, int64(len(c.b))):]
	}
	return out
}

// table reads one table and gives what stands after it.
func (r *reader) table(b []byte, depth int) (table, []byte) {
	c := &cursor{b: b}
	t := table{Props: mapi.Props{}}
	for n := c.u32(); n > 0 && !c.bad && len(c.b) > 0; n-- {
		r.property(c, &t, depth)
	}
	r.cut = r.cut || c.bad
	return t, c.b
}

func (r *reader) property(c *cursor, t *table, depth int) {
	kind, id := c.u16(), c.u16()
	if id >= 0x8000 {
		c.take(16) // the name space of a named property
		if c.u32() == 0 {
			c.take(4)
		} else {
			c.padded(int64(c.u32()))
		}
	}
	width, fixed := widths[kind&^multi]
	count := uint32(1)
	if !fixed || kind&multi != 0 {
		count = min(c.u32(), uint32(min(len(c.b), 1<<30)))
	}
	if fixed && width == 0 {
		count = min(count, 1) // any number of nothing is nothing
	}
	for ; count > 0 && !c.bad; count-- {
		size := int64(width)
		if !fixed {
			size = int64(c.u32())
		}
		v := c.padded(size)
		if !c.bad {
			r.keep(t, id, kind, v, depth)
		}
	}
}

// keep stores a single value. An object is the identifier of its kind, 16
// bytes, and for a message a TNEF stream of its own.
func (r *reader) keep(t *table, id, kind uint16, v []byte, depth int) {
	if kind == mapi.TypeObject && len(v) > 16 {
		if Is(v[16:]) && depth < maxDepth {
			t.object = r.stream(v[16:], depth+1)
			return
		}
		v = v[16:]
	}
	if kind&multi == 0 {
		t.Props[id] = mapi.Value{Type: kind, Data: v}
	}
}
