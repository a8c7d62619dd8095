// Package tnef reads winmail.dat, the envelope that Outlook and Exchange put
// around a message when they believe that Outlook will read it too
// (MS-OXTNEF): a stream of attributes, each with a length and a checksum,
// holding MAPI properties.
package tnef

import "errors"

// ErrNotTNEF says that the bytes are not a TNEF stream.
var ErrNotTNEF = errors.New("tnef: not a TNEF stream")

// Content is what a TNEF stream holds.
type Content struct {
	Subject     string
	Text, HTML  string // UTF-8; "" when absent
	Attachments []Attachment
	RFC822      []byte // the whole as an RFC 5322 message
	Cut         bool   // the stream ended early or went over the limit
}

// Attachment is one file, or one message when Message is not nil.
type Attachment struct {
	Name    string
	Type    string // media type, "" when unknown
	Data    []byte
	Message []byte // an embedded message as RFC 5322
}

// Is reports whether raw starts with the TNEF signature.
func Is(raw []byte) bool {
	return len(raw) >= 6 && raw[0] == 0x78 && raw[1] == 0x9F && raw[2] == 0x3E && raw[3] == 0x22
}

// Read reads a TNEF stream. limit is the most bytes the content may come to;
// zero or less means 64 MiB.
func Read(raw []byte, limit int) (Content, error) {
	if !Is(raw) {
		return Content{}, ErrNotTNEF
	}
	return Content{}, nil
}
