package authcheck

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/dns"
)

// key is a public key as a domain publishes it (RFC 6376 3.6.1).
type key struct {
	public  crypto.PublicKey // *rsa.PublicKey or ed25519.PublicKey
	kind    string           // "rsa" or "ed25519"
	testing bool             // t=y
	strict  bool             // t=s: i= must be exactly d=
}

// The ways in which a key can't be used.
var (
	errNoKey      = errors.New("no key is published")
	errRevoked    = errors.New("the key was revoked")
	errBadKey     = errors.New("the published key makes no sense")
	errWeakKey    = errors.New("the key is too short to prove anything")
	errHugeKey    = errors.New("the key is longer than we compute with")
	errNotForMail = errors.New("the key is not for mail or not for SHA-256")
)

// fetchKey asks for the key of a selector. The status is Pass when there is one.
func fetchKey(ctx context.Context, r dns.Resolver, domain, selector string) (key, Status, error) {
	texts, err := r.LookupTXT(ctx, selector+"._domainkey."+domain)
	if dns.IsNotFound(err) || (err == nil && len(texts) == 0) {
		return key{}, PermError, errNoKey
	}
	if err != nil {
		return key{}, TempError, err
	}
	worst := errBadKey
	for _, text := range texts[:min(len(texts), 4)] {
		k, err := parseKey(text)
		if err == nil {
			return k, Pass, nil
		}
		worst = err
	}
	if errors.Is(worst, errWeakKey) || errors.Is(worst, errHugeKey) {
		return key{}, Policy, worst
	}
	return key{}, PermError, worst
}

// parseKey reads a key record.
func parseKey(text string) (key, error) {
	t, err := parseTags(text)
	if err != nil {
		return key{}, errBadKey
	}
	if v, ok := t["v"]; ok && v != "DKIM1" {
		return key{}, errBadKey
	}
	if h := t.list("h"); h != nil && !slices.Contains(h, "sha256") {
		return key{}, errNotForMail
	}
	if s := t.list("s"); s != nil && !slices.Contains(s, "email") && !slices.Contains(s, "*") {
		return key{}, errNotForMail
	}
	flags := t.list("t")
	k := key{kind: "rsa", testing: slices.Contains(flags, "y"), strict: slices.Contains(flags, "s")}
	if kind := strings.ToLower(t.compact("k")); kind != "" {
		k.kind = kind
	}
	return k.withPublic(t)
}

func (k key) withPublic(t tags) (key, error) {
	p, ok := t["p"]
	if !ok {
		return key{}, errBadKey
	}
	if p == "" {
		return key{}, errRevoked
	}
	der, err := base64.StdEncoding.DecodeString(t.compact("p"))
	if err != nil {
		return key{}, errBadKey
	}
	switch k.kind {
	case "rsa":
		return k.withRSA(der)
	case "ed25519":
		if len(der) != ed25519.PublicKeySize {
			return key{}, errBadKey
		}
		k.public = ed25519.PublicKey(der)
		return k, nil
	}
	return key{}, errBadKey
}

func (k key) withRSA(der []byte) (key, error) {
	public, err := rsaKey(der)
	if err != nil {
		return key{}, errBadKey
	}
	switch bits := public.N.BitLen(); {
	case bits < minKeyBits:
		return key{}, errWeakKey
	case bits > maxKeyBits:
		return key{}, errHugeKey
	}
	k.public = public
	return k, nil
}

// rsaKey reads both forms that are found in DNS: SubjectPublicKeyInfo, and the
// bare RSAPublicKey of RFC 6376's own text.
func rsaKey(der []byte) (*rsa.PublicKey, error) {
	if any, err := x509.ParsePKIXPublicKey(der); err == nil {
		if public, ok := any.(*rsa.PublicKey); ok {
			return public, nil
		}
		return nil, errBadKey
	}
	return x509.ParsePKCS1PublicKey(der)
}

// holds checks a signature over text.
func (k key) holds(text, signature []byte) bool {
	sum := sha256.Sum256(text)
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature) == nil
	case ed25519.PublicKey:
		return ed25519.Verify(public, sum[:], signature) // RFC 8463: the hash is what is signed
	}
	return false
}
