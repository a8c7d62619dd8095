package authcheck

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/bienvu/bienvu/internal/dns"
)

var now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// Keys are made once: making them is what costs.
var (
	rsaPrivate = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) })
	edPrivate  = sync.OnceValue(func() ed25519.PrivateKey {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		return must(private, err)
	})
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func rsaRecord() string {
	der := must(x509.MarshalPKIXPublicKey(rsaPrivate().Public()))
	return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)
}

func edRecord() string {
	public, _ := edPrivate().Public().(ed25519.PublicKey)
	return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
}

const plainMail = "From: Lise Martin <lise@shop.example>\r\n" +
	"To: team@corp.example\r\n" +
	"Subject:  Your   order\r\n" +
	"Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n" +
	"Message-ID: <1@shop.example>\r\n" +
	"\r\n" +
	"Hello,  \r\n" +
	"it is on \t its way.\r\n" +
	"\r\n\r\n"

// zone publishes the keys under the domains of the tests.
func zone() dns.Fake {
	return dns.Fake{TXT: map[string][]string{
		"r._domainkey.shop.example": {rsaRecord()},
		"e._domainkey.shop.example": {edRecord()},
		"a._domainkey.list.example": {rsaRecord()},
		"b._domainkey.fwd.example":  {edRecord()},
	}, IP: map[string][]string{}, MX: map[string][]string{}}
}

// signWithLibrary makes a DKIM signature with somebody else's code.
func signWithLibrary(t *testing.T, raw, domain, selector string, signer crypto.Signer, h, b dkim.Canonicalization) string {
	t.Helper()
	var out bytes.Buffer
	err := dkim.Sign(&out, strings.NewReader(raw), &dkim.SignOptions{
		Domain: domain, Selector: selector, Signer: signer, Hash: crypto.SHA256,
		HeaderCanonicalization: h, BodyCanonicalization: b,
		HeaderKeys: []string{"From", "To", "Subject", "Date", "Message-ID"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sign makes a field like DKIM-Signature or ARC-Message-Signature with our own
// canonical forms; tests compare it with the library's.
func sign(raw, name, params string, signer crypto.Signer) string {
	m := split([]byte(raw))
	_, form, _ := strings.Cut(must(parseTags(params)).compact("c"), "/")
	if form == "" {
		form = "simple"
	}
	sum, _ := m.bodyHash(canonical(form), lengthOf(params))
	f := field{name: strings.ToLower(name), raw: fmt.Sprintf("%s: %s; bh=%s; b=\r\n",
		name, params, base64.StdEncoding.EncodeToString(sum))}
	t := must(parseTags(f.value()))
	t["b"] = "AA=="
	s := must(readSigned(f, t))
	return strings.TrimSuffix(f.raw, "\r\n") + signature(signer, m.signedText(s)) + "\r\n" + raw
}

func lengthOf(params string) int {
	t := must(parseTags(params))
	n := -1
	if l, ok := t["l"]; ok {
		must(fmt.Sscan(l, &n))
	}
	return n
}

func signature(signer crypto.Signer, text []byte) string {
	sum := sha256.Sum256(text)
	opts := crypto.SignerOpts(crypto.SHA256)
	if _, ed := signer.(ed25519.PrivateKey); ed {
		opts = crypto.Hash(0)
	}
	return base64.StdEncoding.EncodeToString(must(signer.Sign(rand.Reader, sum[:], opts)))
}

// seal adds one instance of ARC on top of raw.
func seal(raw string, i int, domain, selector, algorithm, cv, results string, signer crypto.Signer) string {
	aar := fmt.Sprintf("ARC-Authentication-Results: i=%d; %s; %s\r\n", i, "mx."+domain, results)
	withMessage := sign(raw, "ARC-Message-Signature", fmt.Sprintf(
		"i=%d; a=%s; c=relaxed/relaxed; d=%s; s=%s; h=from:to:subject:date:message-id", i, algorithm, domain, selector), signer)
	unsigned := fmt.Sprintf("ARC-Seal: i=%d; a=%s; cv=%s; d=%s; s=%s; b=\r\n", i, algorithm, cv, domain, selector)
	sets := must(split([]byte(unsigned + aar + withMessage)).chain())
	sealed := strings.TrimSuffix(unsigned, "\r\n") + signature(signer, sealedText(sets)) + "\r\n"
	return sealed + aar + withMessage
}
