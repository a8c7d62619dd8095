package authcheck

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"github.com/bienvu/bienvu/internal/dns"
)

// verifyDKIM checks the topmost signatures: the nearest to us were made last,
// over what came closest to what we have.
func (m *message) verifyDKIM(ctx context.Context, r dns.Resolver, now time.Time) []Signature {
	var out []Signature
	for _, f := range m.named("dkim-signature") {
		if len(out) == maxSignatures {
			break
		}
		out = append(out, m.verifySignature(ctx, r, f, now))
	}
	return out
}

// signed is a DKIM-Signature, or an ARC-Message-Signature, taken apart.
type signed struct {
	field         field
	tags          tags
	domain        string
	selector      string
	kind          string // "rsa" or "ed25519"
	headers, text canonical
	names         []string // h=
	length        int      // l=, -1 for all
	hash, sig     []byte
}

// The ways in which a signature makes no sense.
var (
	errVersion   = errors.New("not version 1")
	errMissing   = errors.New("a required tag is missing")
	errAlgorithm = errors.New("an algorithm nobody should use")
	errForm      = errors.New("an unknown canonical form")
	errFrom      = errors.New("From is not signed")
	errIdentity  = errors.New("the identity is outside the domain")
	errEncoding  = errors.New("a value that can't be decoded")
	errQuery     = errors.New("the key is not in DNS")
	errDomain    = errors.New("the domain makes no sense")
)

// verifySignature checks one DKIM signature (RFC 6376 6.1).
func (m *message) verifySignature(ctx context.Context, r dns.Resolver, f field, now time.Time) Signature {
	t, err := parseTags(f.value())
	if err != nil {
		return Signature{Status: PermError, Reason: err.Error()}
	}
	res := Signature{Domain: asciiDomain(t.compact("d")), Selector: t.compact("s"), Identity: t.compact("i")}
	if t.compact("v") != "1" {
		return res.end(PermError, errVersion)
	}
	s, err := readSigned(f, t)
	if err != nil {
		return res.end(PermError, err)
	}
	if !within(res.Identity, s.domain, false) {
		return res.end(PermError, errIdentity)
	}
	return m.verifySigned(ctx, r, s, res, now)
}

func (s Signature) end(status Status, err error) Signature {
	s.Status, s.Reason = status, err.Error()
	return s
}

// within reports whether an identity lies in a domain; no identity does.
func within(identity, domain string, exactly bool) bool {
	if identity == "" {
		return true
	}
	_, host, ok := strings.Cut(identity, "@")
	if !ok {
		return false
	}
	host = asciiDomain(host)
	return host == domain || (!exactly && strings.HasSuffix(host, "."+domain))
}

// readSigned reads what DKIM and ARC message signatures share.
func readSigned(f field, t tags) (signed, error) {
	for _, tag := range []string{"a", "b", "bh", "d", "h", "s"} {
		if t.compact(tag) == "" {
			return signed{}, errMissing
		}
	}
	s := signed{field: f, tags: t, domain: asciiDomain(t.compact("d")), selector: t.compact("s"), names: t.list("h")}
	if s.domain == "" {
		return signed{}, errDomain
	}
	var err error
	if s.kind, err = algorithm(t); err != nil {
		return signed{}, err
	}
	if s.headers, s.text, err = forms(t.compact("c")); err != nil {
		return signed{}, err
	}
	if !slices.ContainsFunc(s.names, func(n string) bool { return strings.EqualFold(n, "from") }) {
		return signed{}, errFrom
	}
	if q := t.list("q"); q != nil && !slices.Contains(q, "dns/txt") && !slices.Contains(q, "dns") {
		return signed{}, errQuery
	}
	return s.withHashes()
}

func (s signed) withHashes() (signed, error) {
	var err1, err2, err3 error
	s.hash, err1 = base64.StdEncoding.DecodeString(s.tags.compact("bh"))
	s.sig, err2 = base64.StdEncoding.DecodeString(s.tags.compact("b"))
	s.length = -1
	if l, ok := s.tags["l"]; ok {
		s.length, err3 = strconv.Atoi(l)
	}
	if errors.Join(err1, err2, err3) != nil || s.length < -1 {
		return signed{}, errEncoding
	}
	return s, nil
}

// algorithm reads a=. RFC 8301 forbids SHA-1.
func algorithm(t tags) (string, error) {
	switch strings.ToLower(t.compact("a")) {
	case "rsa-sha256":
		return "rsa", nil
	case "ed25519-sha256":
		return "ed25519", nil
	}
	return "", errAlgorithm
}

func forms(c string) (headers, text canonical, err error) {
	h, b, _ := strings.Cut(strings.ToLower(c), "/")
	headers, text = canonical(h), canonical(b)
	if h == "" {
		headers = simple
	}
	if b == "" {
		text = simple
	}
	for _, form := range []canonical{headers, text} {
		if form != simple && form != relaxed {
			return "", "", errForm
		}
	}
	return headers, text, nil
}

// verifySigned checks body, fields and key, in the order of their cost.
func (m *message) verifySigned(ctx context.Context, r dns.Resolver, s signed, res Signature, now time.Time) Signature {
	res.Expired = expired(s.tags, now)
	sum, whole := m.bodyHash(s.text, s.length)
	if !bytes.Equal(sum, s.hash) {
		res.Broken = BodyChanged
		return res.end(Fail, errors.New("the body was changed"))
	}
	k, status, err := fetchKey(ctx, r, s.domain, s.selector)
	if err != nil {
		return res.end(status, err)
	}
	res.Testing = k.testing
	switch {
	case k.kind != s.kind:
		return res.end(PermError, errBadKey)
	case k.strict && !within(res.Identity, s.domain, true):
		return res.end(PermError, errIdentity)
	case !k.holds(m.signedText(s), s.sig):
		res.Broken = HeaderChanged
		return res.end(Fail, errors.New("the signature does not match"))
	case !whole:
		return res.end(Policy, errors.New("only the beginning of the body is signed"))
	case res.Expired:
		return res.end(Policy, errors.New("the signature has expired"))
	}
	res.Status = Pass
	return res
}

// signedText is what a signature signs: its fields, then itself without b=.
func (m *message) signedText(s signed) []byte {
	var b bytes.Buffer
	pick := m.picker()
	for _, name := range s.names {
		if f, ok := pick.next(name); ok {
			b.WriteString(s.headers.header(f))
		}
	}
	self := s.headers.header(withoutSignature(s.field))
	b.WriteString(strings.TrimSuffix(self, "\r\n"))
	return b.Bytes()
}

func expired(t tags, now time.Time) bool {
	seconds, err := strconv.ParseInt(t.compact("x"), 10, 64)
	if err != nil || seconds > math.MaxInt32*100 {
		return false
	}
	return now.After(time.Unix(seconds, 0))
}

// longestDomain is longer than any name of 253 letters is in UTF-8, in bytes.
const longestDomain = 4*253 + 8

// asciiDomain gives a domain as DNS knows it, or "" when it can't be one.
func asciiDomain(s string) string {
	if len(s) > longestDomain { // writing it in ASCII takes the square of its length
		return ""
	}
	s = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), ".")
	if strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f }) {
		encoded, err := idna.Lookup.ToASCII(s)
		if err != nil {
			return ""
		}
		s = encoded
	}
	if s == "" || len(s) > 253 || strings.Contains(s, "..") || strings.ContainsAny(s, " \t\r\n@/\\;:<>()[]\"") {
		return ""
	}
	return s
}
