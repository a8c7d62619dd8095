package msgtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"
	"unicode/utf16"
)

// Message is what to put in an Outlook file. Empty fields are left out.
type Message struct {
	Headers            string // as it travelled; "" for a message that Outlook holds without
	Subject            string
	FromName, FromAddr string
	To                 []Recipient
	Sent               time.Time
	Body, HTML         string
	RTF                []byte // compressed
	Class              string
	Codepage           int  // of HTML and, with Narrow, of every text
	Narrow             bool // text as bytes of the code page (already encoded by the caller)
	Attachments        []Attachment
	Extra              map[uint32]string // other texts by property number
}

// Recipient is one of the addressed; Kind is 1 for To and 2 for Cc.
type Recipient struct {
	Kind       int
	Name, Addr string
}

// Attachment is a file, or a message when Message is not nil.
type Attachment struct {
	Name, Type, ContentID string
	Data                  []byte
	Message               *Message
}

// Write gives the bytes of a .msg file.
func Write(m Message) []byte {
	s := m.storage("Root Entry", 32)
	return CFB(s)
}

func (m Message) storage(name string, header int) *Node {
	b := &builder{narrow: m.Narrow, header: header}
	b.text(0x001A, m.Class)
	b.text(0x0037, m.Subject)
	b.text(0x0042, m.FromName)
	b.text(0x5D02, m.FromAddr)
	b.text(0x007D, m.Headers)
	b.text(0x1000, m.Body)
	b.binary(0x1013, []byte(m.HTML))
	b.binary(0x1009, m.RTF)
	for id, s := range m.Extra {
		b.text(id, s)
	}
	if m.Codepage != 0 {
		b.fixed(0x3FDE, 3, uint64(m.Codepage))
		b.fixed(0x3FFD, 3, uint64(m.Codepage))
	}
	if !m.Sent.IsZero() {
		b.fixed(0x0039, 0x40, uint64(m.Sent.Unix()+11644473600)*1e7)
	}
	for i, r := range m.To {
		b.nodes = append(b.nodes, r.storage(i, m.Narrow))
	}
	for i, a := range m.Attachments {
		b.nodes = append(b.nodes, a.storage(i, m.Narrow))
	}
	return b.node(name)
}

func (r Recipient) storage(i int, narrow bool) *Node {
	b := &builder{narrow: narrow, header: 8}
	b.text(0x3001, r.Name)
	b.text(0x39FE, r.Addr)
	b.fixed(0x0C15, 3, uint64(r.Kind))
	return b.node(fmt.Sprintf("__recip_version1.0_#%08X", i))
}

func (a Attachment) storage(i int, narrow bool) *Node {
	b := &builder{narrow: narrow, header: 8}
	b.text(0x3707, a.Name)
	b.text(0x370E, a.Type)
	b.text(0x3712, a.ContentID)
	if a.Message != nil {
		b.fixed(0x3705, 3, 5)
		b.nodes = append(b.nodes, a.Message.storage("__substg1.0_3701000D", 24))
	} else {
		b.binary(0x3701, a.Data)
	}
	return b.node(fmt.Sprintf("__attach_version1.0_#%08X", i))
}

// builder gathers the streams of one storage.
type builder struct {
	narrow bool
	header int
	table  bytes.Buffer
	nodes  []*Node
}

func (b *builder) node(name string) *Node {
	table := append(make([]byte, b.header), b.table.Bytes()...)
	return &Node{Name: name, Children: append([]*Node{{Name: "__properties_version1.0", Data: table}}, b.nodes...)}
}

func (b *builder) text(id uint32, s string) {
	switch {
	case s == "":
	case b.narrow:
		b.stream(id<<16|0x1E, []byte(s))
	default:
		b.stream(id<<16|0x1F, u16s(utf16.Encode([]rune(s))))
	}
}

func (b *builder) binary(id uint32, data []byte) {
	if len(data) > 0 {
		b.stream(id<<16|0x102, data)
	}
}

func (b *builder) stream(tag uint32, data []byte) {
	b.nodes = append(b.nodes, &Node{Name: fmt.Sprintf("__substg1.0_%08X", tag), Data: data})
	b.row(tag, uint64(len(data)))
}

func (b *builder) fixed(id, kind uint32, v uint64) { b.row(id<<16|kind, v) }

func (b *builder) row(tag uint32, v uint64) {
	_ = binary.Write(&b.table, binary.LittleEndian, struct {
		Tag, Flags uint32
		Value      uint64
	}{tag, 6, v})
}
