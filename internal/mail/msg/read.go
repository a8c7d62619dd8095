package msg

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/msg/cfb"
	"github.com/bienvu/bienvu/internal/mail/msg/mapi"
)

// Limits of one file, beside the bytes the caller allows.
const (
	maxDepth       = 20
	maxAttachments = 1000
	maxRecipients  = 2000
)

// Names of streams and storages (MS-OXMSG 2.2).
const (
	propertiesStream = "__properties_version1.0"
	valuePrefix      = "__substg1.0_"
	recipientPrefix  = "__recip_version1.0_#"
	attachPrefix     = "__attach_version1.0_#"
)

// Sizes of what stands before the properties in a properties stream.
const (
	topHeader      = 32
	embeddedHeader = 24
	childHeader    = 8
)

// reader reads one file; left counts down the bytes that may still be read.
type reader struct {
	file *cfb.File
	left int
}

func (r *reader) bytes(e *cfb.Entry) ([]byte, error) {
	if r.file.Claimed(e) > r.left { // asked before it is copied: any number of streams may be the same sectors
		return nil, mapi.ErrTooBig
	}
	b := r.file.Bytes(e)
	r.left -= len(b)
	return b, nil
}

func (r *reader) message(s *cfb.Entry, header, depth int) (*mapi.Message, error) {
	props, err := r.props(s, header)
	if err != nil {
		return nil, err
	}
	m := &mapi.Message{Props: props}
	for _, c := range s.Children {
		switch {
		case !c.Storage:
		case strings.HasPrefix(c.Name, recipientPrefix) && len(m.Recipients) < maxRecipients:
			p, err := r.props(c, childHeader)
			if err != nil {
				return nil, err
			}
			m.Recipients = append(m.Recipients, p)
		case strings.HasPrefix(c.Name, attachPrefix) && len(m.Attachments) < maxAttachments:
			a, err := r.attachment(c, depth)
			if err != nil {
				return nil, err
			}
			m.Attachments = append(m.Attachments, a)
		}
	}
	return m, nil
}

func (r *reader) attachment(s *cfb.Entry, depth int) (mapi.Attachment, error) {
	p, err := r.props(s, childHeader)
	a := mapi.Attachment{Props: p}
	if err != nil || depth >= maxDepth {
		return a, err
	}
	inner := s.Child(fmt.Sprintf("%s%04X%04X", valuePrefix, mapi.AttachData, mapi.TypeObject))
	if inner != nil && inner.Storage && inner.Child(propertiesStream) != nil {
		a.Embedded, err = r.message(inner, embeddedHeader, depth+1)
	}
	return a, err
}

// props gathers the properties of one storage: the small ones from its
// properties stream, the others from a stream each.
func (r *reader) props(s *cfb.Entry, header int) (mapi.Props, error) {
	out := mapi.Props{}
	fixed, err := r.bytes(s.Child(propertiesStream))
	if err != nil {
		return nil, err
	}
	for b := fixed[min(header, len(fixed)):]; len(b) >= 16; b = b[16:] {
		tag := binary.LittleEndian.Uint32(b)
		switch tag & 0xFFFF {
		case mapi.TypeInt16, mapi.TypeInt32, mapi.TypeBool, mapi.TypeInt64, mapi.TypeTime:
			out[uint16(tag>>16)] = mapi.Value{Type: uint16(tag & 0xFFFF), Data: b[8:16]}
		}
	}
	for _, c := range s.Children {
		if err := r.value(c, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *reader) value(e *cfb.Entry, out mapi.Props) error {
	hex, ok := strings.CutPrefix(e.Name, valuePrefix)
	if !ok || e.Storage || len(hex) != 8 {
		return nil
	}
	tag, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return nil //nolint:nilerr // a stream of somebody else's; not ours to judge
	}
	id, kind := uint16(tag>>16), uint16(tag&0xFFFF)
	if kind != mapi.TypeUnicode && kind != mapi.TypeString8 && kind != mapi.TypeBinary {
		return nil
	}
	if old, ok := out[id]; ok && old.Type == mapi.TypeUnicode {
		return nil
	}
	b, err := r.bytes(e)
	if err != nil {
		return err
	}
	out[id] = mapi.Value{Type: kind, Data: b}
	return nil
}
