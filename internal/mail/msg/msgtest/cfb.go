// Package msgtest writes small compound files and Outlook messages for tests.
package msgtest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Node is a storage (Data nil) or a stream of a compound file.
type Node struct {
	Name     string
	Data     []byte
	Children []*Node
}

const (
	sector     = 512
	mini       = 64
	none       = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	fatMark    = 0xFFFFFFFD
)

// writer lays sectors out in the order in which they are added; sector 0 is
// the first after the header.
type writer struct {
	sectors bytes.Buffer
	fat     []uint32
	mini    bytes.Buffer
	miniFAT []uint32
	dir     []entry
}

type entry struct {
	node        *Node
	right       uint32
	child       uint32
	start, size uint32
}

// CFB writes a compound file (version 3).
func CFB(root *Node) []byte {
	w := &writer{}
	w.add(root)
	for i := range w.dir {
		w.place(&w.dir[i])
	}
	w.dir[0].size = uint32(w.mini.Len())
	w.dir[0].start = w.chain(w.mini.Bytes())
	miniFAT := w.chain(words(pad32(w.miniFAT)))
	dir := w.chain(w.directory())
	return w.finish(dir, miniFAT)
}

// add enters a node and its children; children are chained to the right,
// which is a legal if unbalanced tree.
func (w *writer) add(n *Node) uint32 {
	at := uint32(len(w.dir))
	w.dir = append(w.dir, entry{node: n, right: none, child: none, start: endOfChain})
	last := uint32(none)
	for _, c := range n.Children {
		i := w.add(c)
		if last == none {
			w.dir[at].child = i
		} else {
			w.dir[last].right = i
		}
		last = i
	}
	return at
}

func (w *writer) place(e *entry) {
	if e.node.Data == nil {
		return
	}
	e.size = uint32(len(e.node.Data))
	if len(e.node.Data) >= 4096 {
		e.start = w.chain(e.node.Data)
		return
	}
	if len(e.node.Data) == 0 {
		return
	}
	e.start = uint32(len(w.miniFAT))
	w.mini.Write(e.node.Data)
	for w.mini.Len()%mini != 0 {
		w.mini.WriteByte(0)
	}
	w.miniFAT = link(w.miniFAT, w.mini.Len()/mini)
}

// chain stores bytes in sectors and gives the first.
func (w *writer) chain(b []byte) uint32 {
	if len(b) == 0 {
		return endOfChain
	}
	at := uint32(len(w.fat))
	w.sectors.Write(b)
	for w.sectors.Len()%sector != 0 {
		w.sectors.WriteByte(0)
	}
	w.fat = link(w.fat, w.sectors.Len()/sector)
	return at
}

// link lengthens a table to n entries, each pointing at the next.
func link(table []uint32, n int) []uint32 {
	for len(table) < n-1 {
		table = append(table, uint32(len(table)+1))
	}
	return append(table, endOfChain)
}

func pad32(list []uint32) []uint32 {
	for len(list)%(sector/4) != 0 {
		list = append(list, none)
	}
	return list
}

func words(list []uint32) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, list)
	return b.Bytes()
}

func (w *writer) directory() []byte {
	var b bytes.Buffer
	for i, e := range w.dir {
		name := append(utf16.Encode([]rune(e.node.Name)), 0)
		raw := make([]byte, 64)
		copy(raw, u16s(name))
		kind := byte(1)
		switch {
		case i == 0:
			kind = 5
		case e.node.Data != nil:
			kind = 2
		}
		b.Write(raw)
		for _, v := range []any{
			uint16(len(name) * 2), kind, byte(1), uint32(none), e.right, e.child,
			[36]byte{}, e.start, e.size, uint32(0),
		} {
			_ = binary.Write(&b, binary.LittleEndian, v)
		}
	}
	for b.Len()%sector != 0 {
		b.WriteByte(0)
	}
	return b.Bytes()
}

func u16s(list []uint16) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, list)
	return b.Bytes()
}

// finish writes the table itself at the end, and the header before all.
func (w *writer) finish(dir, miniFAT uint32) []byte {
	first := len(w.fat)
	n := 1
	for (first+n)*4 > n*sector {
		n++
	}
	for range n {
		w.fat = append(w.fat, fatMark)
	}
	var h bytes.Buffer
	h.Write([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
	for _, v := range []any{
		[16]byte{}, uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), [6]byte{}, uint32(0),
		uint32(n), dir, uint32(0), uint32(4096), miniFAT, uint32(1), uint32(endOfChain), uint32(0),
	} {
		_ = binary.Write(&h, binary.LittleEndian, v)
	}
	for i := range 109 {
		v := uint32(none)
		if i < n {
			v = uint32(first + i)
		}
		_ = binary.Write(&h, binary.LittleEndian, v)
	}
	h.Write(w.sectors.Bytes())
	h.Write(words(pad32(w.fat)))
	return h.Bytes()
}
