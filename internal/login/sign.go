package login

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"github.com/bienvu/bienvu/internal/fault"
)

// Action is what a signed link in one of our mails asks for.
type Action struct {
	Name    string // such as "clicked"
	Subject string // what it is about: the ID of a case
	Person  string // whom the mail went to
	Expires time.Time
}

// The form of a link: base64url of version, minute of expiry (4 bytes), the
// three texts, and the first 16 bytes of an HMAC-SHA256 over all that. A text
// is its length and its bytes, or 0xff and the 16 bytes of a UUID, which keeps
// links short enough to stay whole in a plain-text mail.
const (
	linkVersion = 1
	headSize    = 5
	macSize     = 16
	isUUID      = 0xff
	maxText     = 0xfe
	minKey      = 16
	linkDomain  = "bienvu action link\x00" // this key signs nothing else of this form
)

// Sign makes the URL-safe text of a link that lets this person do this action
// on this subject, without signing in, until it expires (to the minute). Texts
// over 254 bytes are cut; ours are identifiers.
func Sign(key []byte, action, subject, person string, expires time.Time) string {
	b := []byte{linkVersion}
	b = binary.BigEndian.AppendUint32(b, uint32(expires.Unix()/60))
	for _, text := range []string{action, subject, person} {
		b = appendText(b, text)
	}
	return base64.RawURLEncoding.EncodeToString(append(b, mac(key, b)...))
}

// Verify reads a link that Sign made with the same key. A forged or damaged one
// is fault.Forbidden with "fault.link-wrong", an old one "fault.link-expired".
func Verify(key []byte, link string, now time.Time) (Action, error) {
	wrong := fault.New(fault.Forbidden, "fault.link-wrong", nil)
	raw, err := base64.RawURLEncoding.Strict().DecodeString(link)
	if err != nil || len(raw) < headSize+macSize || len(key) < minKey {
		return Action{}, wrong
	}
	b, sum := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	if !hmac.Equal(sum, mac(key, b)) || b[0] != linkVersion {
		return Action{}, wrong
	}
	a := Action{Expires: time.Unix(60*int64(binary.BigEndian.Uint32(b[1:headSize])), 0).UTC()}
	rest := b[headSize:]
	for _, text := range []*string{&a.Name, &a.Subject, &a.Person} {
		var ok bool
		if *text, rest, ok = cutText(rest); !ok {
			return Action{}, wrong
		}
	}
	if !now.Before(a.Expires) {
		return Action{}, fault.New(fault.Forbidden, "fault.link-expired", nil)
	}
	return a, nil
}

func mac(key, b []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(linkDomain))
	h.Write(b)
	return h.Sum(nil)[:macSize]
}

func appendText(b []byte, text string) []byte {
	if id, err := uuid.Parse(text); err == nil && id.String() == text {
		return append(append(b, isUUID), id[:]...)
	}
	text = text[:min(len(text), maxText)]
	return append(append(b, byte(len(text))), text...)
}

func cutText(b []byte) (text string, rest []byte, ok bool) {
	if len(b) == 0 {
		return "", nil, false
	}
	size := int(b[0])
	if size == isUUID {
		size = len(uuid.UUID{})
	}
	if len(b) < 1+size {
		return "", nil, false
	}
	if b[0] == isUUID {
		return uuid.UUID(b[1 : 1+size]).String(), b[1+size:], true
	}
	return string(b[1 : 1+size]), b[1+size:], true
}
