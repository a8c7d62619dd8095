// Package tneftest writes small winmail.dat files for tests.
package tneftest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// File is what to put in a stream.
type File struct {
	Subject, Body, HTML string
	Headers             string // transport headers
	Attachments         []Attachment
}

// Attachment is a file, or a message when Message is not nil.
type Attachment struct {
	Name    string
	Data    []byte
	Message *File
}

// Write gives the bytes of a TNEF stream.
func Write(f File) []byte {
	var b bytes.Buffer
	put(&b, uint32(0x223E9F78), uint16(1))
	attribute(&b, 1, 0x00069007, []byte{0xE4, 0x04, 0, 0, 0, 0, 0, 0})
	attribute(&b, 1, 0x00018004, append([]byte("old subject"), 0))
	attribute(&b, 1, 0x00069003, props(
		text(0x0037, f.Subject), text(0x1000, f.Body), text(0x007D, f.Headers), named("x-example", "v"),
		binaryProp(0x1013, []byte(f.HTML)), integer(0x3FDE, 65001)))
	for _, a := range f.Attachments {
		attribute(&b, 2, 0x00069002, make([]byte, 14))
		if a.Message != nil {
			attribute(&b, 2, 0x00069005, props(text(0x3707, a.Name), integer(0x3705, 5), object(Write(*a.Message))))
			continue
		}
		attribute(&b, 2, 0x00018010, append([]byte("SHORT~1.DAT"), 0))
		attribute(&b, 2, 0x0006800F, a.Data)
		attribute(&b, 2, 0x00069005, props(text(0x3707, a.Name)))
	}
	return b.Bytes()
}

func put(b *bytes.Buffer, values ...any) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v)
	}
}

func attribute(b *bytes.Buffer, level byte, id uint32, data []byte) {
	sum := uint16(0)
	for _, c := range data {
		sum += uint16(c)
	}
	put(b, level, id, uint32(len(data)), data, sum)
}

func props(list ...[]byte) []byte {
	var b bytes.Buffer
	n := uint32(0)
	for _, p := range list {
		if p != nil {
			n++
		}
	}
	put(&b, n)
	for _, p := range list {
		b.Write(p)
	}
	return b.Bytes()
}

func utf16le(s string) []byte {
	var b bytes.Buffer
	put(&b, utf16.Encode([]rune(s)), uint16(0))
	return b.Bytes()
}

func variable(kind, id uint16, data []byte) []byte {
	var b bytes.Buffer
	put(&b, kind, id, uint32(1), uint32(len(data)), data)
	b.Write(make([]byte, (4-len(data)%4)%4))
	return b.Bytes()
}

func text(id uint16, s string) []byte {
	if s == "" {
		return nil
	}
	return variable(0x001F, id, utf16le(s))
}

func binaryProp(id uint16, data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	return variable(0x0102, id, data)
}

func object(stream []byte) []byte {
	return variable(0x000D, 0x3701, append(make([]byte, 16), stream...))
}

func integer(id uint16, v uint32) []byte {
	var b bytes.Buffer
	put(&b, uint16(3), id, v)
	return b.Bytes()
}

// named is a property with a name of its own, which readers must step over.
func named(name, value string) []byte {
	var b bytes.Buffer
	n := utf16le(name)
	put(&b, uint16(0x001F), uint16(0x8001), make([]byte, 16), uint32(1), uint32(len(n)), n)
	b.Write(make([]byte, (4-len(n)%4)%4))
	v := utf16le(value)
	put(&b, uint32(1), uint32(len(v)), v)
	b.Write(make([]byte, (4-len(v)%4)%4))
	return b.Bytes()
}
