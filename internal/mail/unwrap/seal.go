package unwrap

import (
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// open takes the signature's wrapping off a report (S/MIME RFC 8551 opaque
// signing, OpenPGP clear signing). sealed says that it is encrypted, which
// nobody but the person can undo.
func open(m *mail.Message) (_ *mail.Message, sealed bool) {
	for _, p := range m.Parts {
		switch {
		case p.Type == "application/pgp-encrypted":
			return m, true
		case strings.HasSuffix(p.Type, "pkcs7-mime") && len(m.Parts) == 1:
			inner, ok := signedContent(p.Body)
			if !ok {
				return m, true
			}
			return within(m, inner), false
		}
	}
	if strings.HasPrefix(strings.TrimSpace(m.Text), "-----BEGIN PGP MESSAGE-----") {
		return m, true
	}
	return clearSigned(m), false
}

// within reads an entity as the content of the message it was wrapped in.
func within(m *mail.Message, inner []byte) *mail.Message {
	var b strings.Builder
	for _, f := range m.Header {
		if n := strings.ToLower(f.Name); !strings.HasPrefix(n, "content-") && n != "mime-version" {
			b.WriteString(f.Name + ": " + f.Raw + "\r\n")
		}
	}
	return mail.Read(append([]byte(b.String()), inner...), mail.DefaultBudget())
}

// clearSigned takes the armour off a text (RFC 9580 section 7): lines before
// the first blank one, the signature, and the dashes that escape dashes.
func clearSigned(m *mail.Message) *mail.Message {
	text, ok := strings.CutPrefix(strings.TrimSpace(m.Text), "-----BEGIN PGP SIGNED MESSAGE-----")
	if !ok {
		return m
	}
	if _, body, found := strings.Cut(text, "\n\n"); found {
		text = body
	}
	text, _, _ = strings.Cut(text, "-----BEGIN PGP SIGNATURE-----")
	out := *m
	out.Text = strings.TrimSpace(strings.ReplaceAll("\n"+text, "\n- -", "\n-"))
	out.Shown = out.Text
	return &out
}

// signedContent gives the content of a CMS SignedData (RFC 5652 section 5);
// false for anything else, such as EnvelopedData.
func signedContent(b []byte) ([]byte, bool) {
	info := children(b, 0x30)
	if len(info) < 2 || string(info[0].body) != oidSignedData {
		return nil, false
	}
	signed := children(info[1].body, 0x30)
	if len(signed) < 3 {
		return nil, false
	}
	content := signed[2].list()
	if len(content) < 2 || string(content[0].body) != oidData {
		return nil, false
	}
	return octets(content[1].body, 0), true
}

const (
	oidSignedData = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
	oidData       = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
)

// element is one BER value. Mail software writes BER with indefinite lengths,
// which encoding/asn1 refuses.
type element struct {
	tag  byte
	body []byte
}

const berDepth = 24

// element reads the first value of b; size is what it takes.
func berElement(b []byte, depth int) (e element, size int) {
	if len(b) < 2 || depth > berDepth || b[0]&0x1F == 0x1F {
		return e, 0
	}
	if b[1] == 0x80 {
		return berIndefinite(b, depth)
	}
	n, head := int(b[1]), 2
	if n > 0x80 {
		if head += n - 0x80; n-0x80 > 4 || len(b) < head {
			return e, 0
		}
		n = 0
		for _, c := range b[2:head] {
			n = n<<8 | int(c)
		}
	}
	end := min(head+n, len(b)) // a signature that was cut still shows its text
	return element{b[0], b[head:end]}, end
}

func berIndefinite(b []byte, depth int) (element, int) {
	at := 2
	for at+1 < len(b) && (b[at] != 0 || b[at+1] != 0) {
		_, n := berElement(b[at:], depth+1)
		if n == 0 {
			return element{}, 0
		}
		at += n
	}
	return element{b[0], b[2:at]}, min(at+2, len(b))
}

// children gives the values inside the one that b begins with, when it has
// that tag.
func children(b []byte, tag byte) []element {
	e, n := berElement(b, 0)
	if n == 0 || e.tag != tag {
		return nil
	}
	return e.list()
}

// list reads a constructed value's content, at most a thousand values.
func (e element) list() []element {
	var out []element
	for b := e.body; len(b) > 0 && len(out) < 1000; {
		c, n := berElement(b, 1)
		if n == 0 {
			break
		}
		out = append(out, c)
		b = b[n:]
	}
	return out
}

// octets joins an OCTET STRING, written whole or in pieces.
func octets(b []byte, depth int) []byte {
	var out []byte
	for len(b) > 0 && depth < berDepth {
		e, n := berElement(b, depth)
		if n == 0 {
			break
		}
		if e.tag&0x20 != 0 {
			out = append(out, octets(e.body, depth+1)...)
		} else {
			out = append(out, e.body...)
		}
		b = b[n:]
	}
	return out
}
