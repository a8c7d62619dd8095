// Package mapi turns a message made of MAPI properties into RFC 5322.
//
// Outlook and Exchange keep a message as a table: a 16-bit number says what a
// property is (0x0037 is the subject), another how its value is written
// (0x001F is UTF-16 text). A .msg file and a winmail.dat are two ways to write
// the same table; package msg and package tnef read them and build here.
// Numbers and names are those of MS-OXPROPS.
package mapi

import (
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf16"
)

// Types of property values (MS-OXCDATA 2.11.1).
const (
	TypeInt16   = 0x0002
	TypeInt32   = 0x0003
	TypeBool    = 0x000B
	TypeObject  = 0x000D
	TypeInt64   = 0x0014
	TypeString8 = 0x001E // text in the message's code page
	TypeUnicode = 0x001F // UTF-16, little endian
	TypeTime    = 0x0040 // 100 ns since 1601
	TypeBinary  = 0x0102
)

// Properties that are read here.
const (
	Class               = 0x001A
	Subject             = 0x0037
	SubmitTime          = 0x0039
	RepresentingName    = 0x0042
	RepresentingType    = 0x0064
	RepresentingAddress = 0x0065
	TransportHeaders    = 0x007D
	RecipientType       = 0x0C15
	SenderName          = 0x0C1A
	SenderAddress       = 0x0C1F
	DeliveryTime        = 0x0E06
	Body                = 0x1000
	RTFCompressed       = 0x1009
	HTML                = 0x1013
	MessageID           = 0x1035
	References          = 0x1039
	InReplyTo           = 0x1042
	DisplayName         = 0x3001
	EmailAddress        = 0x3003
	SMTPAddress         = 0x39FE
	AttachData          = 0x3701
	AttachExtension     = 0x3703
	AttachShortName     = 0x3704
	AttachMethod        = 0x3705
	AttachLongName      = 0x3707
	AttachType          = 0x370E
	AttachContentID     = 0x3712
	InternetCodepage    = 0x3FDE
	MessageCodepage     = 0x3FFD
	SenderSMTP          = 0x5D01
	RepresentingSMTP    = 0x5D02
)

// Value is one property as it was written.
type Value struct {
	Type uint16
	Data []byte
}

// Props is a table of properties by number.
type Props map[uint16]Value

// Message is a message, still as properties.
type Message struct {
	Props
	Recipients  []Props
	Attachments []Attachment
	Codepage    int // used where the properties name none; 0 is Windows-1252
}

// Attachment is a file, or a message when Embedded is not nil.
type Attachment struct {
	Props
	Embedded *Message
}

// Int gives a whole number, 0 when absent.
func (p Props) Int(id uint16) int {
	v := p[id]
	switch {
	case v.Type == TypeInt16 && len(v.Data) >= 2:
		return int(int16(binary.LittleEndian.Uint16(v.Data)))
	case len(v.Data) >= 4 && (v.Type == TypeInt32 || v.Type == TypeInt64 || v.Type == TypeBool):
		return int(int32(binary.LittleEndian.Uint32(v.Data)))
	default:
		return 0
	}
}

// Time gives a moment in UTC, zero when absent.
func (p Props) Time(id uint16) time.Time {
	v := p[id]
	if v.Type != TypeTime || len(v.Data) < 8 {
		return time.Time{}
	}
	const unixEpoch = 11644473600 // seconds from 1601 to 1970
	ticks := binary.LittleEndian.Uint64(v.Data)
	if ticks == 0 || ticks > 1<<62 {
		return time.Time{}
	}
	return time.Unix(int64(ticks/1e7)-unixEpoch, 0).UTC()
}

// Text gives a text as UTF-8 without its closing zeros; codepage is that of
// TypeString8 and of text kept as TypeBinary.
func (p Props) Text(id uint16, codepage int) string {
	v, ok := p[id]
	if !ok {
		return ""
	}
	s := ""
	switch v.Type {
	case TypeUnicode:
		s = UTF16(v.Data)
	case TypeString8, TypeBinary:
		s = Decode(v.Data, codepage)
	}
	s, _, _ = strings.Cut(s, "\x00")
	return s
}

// UTF16 decodes little-endian UTF-16; a lone last byte is dropped.
func UTF16(b []byte) string {
	u := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		u = append(u, binary.LittleEndian.Uint16(b))
	}
	return string(utf16.Decode(u))
}

// textCodepage is the code page of the message's TypeString8 values.
func (m *Message) textCodepage() int {
	for _, cp := range []int{m.Int(MessageCodepage), m.Codepage, m.Int(InternetCodepage)} {
		if cp > 0 && cp != 1200 {
			return cp
		}
	}
	return 1252
}

// htmlCodepage is the code page of the HTML body.
func (m *Message) htmlCodepage() int {
	if cp := m.Int(InternetCodepage); cp > 0 {
		return cp
	}
	return m.textCodepage()
}

func (m *Message) text(id uint16) string { return m.Text(id, m.textCodepage()) }
