// Package msg reads Outlook's .msg files and rebuilds the mail inside.
//
// A .msg file is an OLE compound file (package cfb): a small file system of
// storages (folders) and streams (files). MS-OXMSG says which: one stream of
// fixed-size properties, one stream for each longer property, one storage for
// each recipient and each attachment. The properties are MAPI's, and package
// mapi turns them into RFC 5322.
package msg

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/bienvu/bienvu/internal/mail/msg/cfb"
	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// ErrNotMsg says that the bytes are not an Outlook message.
var ErrNotMsg = errors.New("msg: not an Outlook message")

// Is reports whether raw starts like a compound file, as every .msg does. Old
// Office documents do too: Convert tells them apart.
func Is(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
}

// ToRFC822 rebuilds the RFC 5322 message of an Outlook file. limit is the
// most bytes the content may come to; zero or less means 64 MiB. The error is
// ErrNotMsg or mapi.ErrTooBig.
func ToRFC822(raw []byte, limit int) ([]byte, error) {
	c, err := Convert(raw, limit)
	return c.RFC822, err
}

// Converted is a rebuilt message.
type Converted struct {
	RFC822  []byte
	Headers bool // the transport headers were in the file; without them From, To and Date are Outlook's word only
}

// Convert is ToRFC822 that also says where the headers are from.
func Convert(raw []byte, limit int) (Converted, error) {
	if limit <= 0 {
		limit = mapi.DefaultLimit
	}
	limit = min(limit, mapi.Growth(len(raw)))
	f, err := cfb.Open(raw)
	if err != nil {
		return Converted{}, fmt.Errorf("%w: %w", ErrNotMsg, err)
	}
	if f.Root.Child(propertiesStream) == nil {
		return Converted{}, ErrNotMsg
	}
	m, err := (&reader{file: f, left: limit}).message(f.Root, topHeader, 0)
	if err != nil {
		return Converted{}, err
	}
	out, err := m.RFC822(limit)
	return Converted{RFC822: out, Headers: m.HasHeaders()}, err
}
