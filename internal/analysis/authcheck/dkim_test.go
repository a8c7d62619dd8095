package authcheck

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/bienvu/bienvu/internal/dns"
)

func verify(t *testing.T, raw string, r dns.Resolver) Result {
	t.Helper()
	return Verify(t.Context(), r, []byte(raw), Envelope{Now: now})
}

// What a library signs, we verify: each canonical form and key, with the line
// ends of the wire and those of a file.
func TestVerifiesWhatALibrarySigns(t *testing.T) {
	t.Parallel()
	forms := []dkim.Canonicalization{dkim.CanonicalizationSimple, dkim.CanonicalizationRelaxed}
	bodies := []string{"", "\r\n", "a", "a\r\n", " \t\r\nx  y \r\n\r\n\r\n", "one\r\n \r\n"}
	for _, h := range forms {
		for _, b := range forms {
			for _, body := range bodies {
				head, _, _ := strings.Cut(plainMail, "\r\n\r\n")
				raw := head + "\r\n\r\n" + body
				signed := signWithLibrary(t, raw, "shop.example", "r", rsaPrivate(), h, b)
				for name, variant := range map[string]string{"wire": signed, "file": strings.ReplaceAll(signed, "\r\n", "\n")} {
					res := verify(t, variant, zone())
					if len(res.DKIM) != 1 || res.DKIM[0].Status != Pass || res.DKIM[0].Domain != "shop.example" {
						t.Errorf("%s/%s %q %s: %+v", h, b, body, name, res.DKIM)
					}
				}
			}
		}
	}
	signed := signWithLibrary(t, plainMail, "shop.example", "e", edPrivate(), "relaxed", "simple")
	if res := verify(t, signed, zone()); res.DKIM[0].Status != Pass {
		t.Errorf("ed25519: %+v", res.DKIM)
	}
}

// And what our forms sign, a library verifies.
func TestALibraryVerifiesOurForms(t *testing.T) {
	t.Parallel()
	z := zone()
	for _, c := range []string{"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"} {
		raw := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; c="+c+"; d=shop.example; s=r; h=from:to:subject", rsaPrivate())
		got, err := dkim.VerifyWithOptions(strings.NewReader(raw), &dkim.VerifyOptions{
			LookupTXT: func(name string) ([]string, error) { return z.LookupTXT(context.Background(), name) },
		})
		if err != nil || len(got) != 1 || got[0].Err != nil {
			t.Errorf("%s: %v %+v", c, err, got[0])
		}
	}
}

func TestDKIMOutcomes(t *testing.T) {
	t.Parallel()
	const params = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=r; h=from:subject:subject"
	good := sign(plainMail, "DKIM-Signature", params, rsaPrivate())
	with := func(extra string) string { return sign(plainMail, "DKIM-Signature", params+extra, rsaPrivate()) }
	keys := func(record ...string) dns.Fake {
		return dns.Fake{TXT: map[string][]string{"r._domainkey.shop.example": record}}
	}
	past, future := fmt.Sprint(now.Unix()-10), fmt.Sprint(now.Unix()+10)
	key := strings.TrimPrefix(rsaRecord(), "v=DKIM1; k=rsa; p=")
	tests := map[string]struct {
		raw  string
		zone dns.Fake
		want Status
		not  Breach
	}{
		"good":                       {good, zone(), Pass, ""},
		"body changed":               {good + "PS: pay now\r\n", zone(), Fail, BodyChanged},
		"subject changed":            {strings.Replace(good, "order", "invoice", 1), zone(), Fail, HeaderChanged},
		"subject added":              {"Subject: urgent\r\n" + good, zone(), Fail, HeaderChanged}, // over-signed
		"case of a name changed":     {strings.Replace(good, "Subject:", "SUBJECT:", 1), zone(), Pass, ""},
		"not yet expired":            {with("; x=" + future), zone(), Pass, ""},
		"expired":                    {with("; x=" + past), zone(), Policy, ""},
		"whole length":               {with("; l=30"), zone(), Pass, ""},
		"part of the body":           {with("; l=5"), zone(), Policy, ""},
		"identity inside":            {with("; i=lise@eu.shop.example"), zone(), Pass, ""},
		"identity outside":           {with("; i=lise@evil.example"), zone(), PermError, ""},
		"identity looks inside":      {with("; i=lise@evilshop.example"), zone(), PermError, ""},
		"no key":                     {good, keys(), PermError, ""},
		"key revoked":                {good, keys("v=DKIM1; p="), PermError, ""},
		"key senseless":              {good, keys("v=DKIM1; p=AAAA"), PermError, ""},
		"key not for mail":           {good, keys("v=DKIM1; s=tls; p=" + key), PermError, ""},
		"key for any service":        {good, keys("s=*; p=" + key), Pass, ""},
		"key only for sha1":          {good, keys("h=sha1; p=" + key), PermError, ""},
		"key of another kind":        {good, keys(edRecord()), PermError, ""},
		"strict key, identity below": {with("; i=lise@eu.shop.example"), keys("t=s; p=" + key), PermError, ""},
		"weak key":                   {good, keys(weakRecord()), Policy, ""},
		"two records, one good":      {good, keys("v=spf1 -all", rsaRecord()), Pass, ""},
		"DNS away":                   {good, dns.Fake{Fail: []string{"r._domainkey.shop.example"}}, TempError, ""},
		"sha1":                       {strings.Replace(good, "rsa-sha256", "rsa-sha1", 1), zone(), PermError, ""},
		"version 2":                  {strings.Replace(good, "v=1", "v=2", 1), zone(), PermError, ""},
		"tag twice":                  {strings.Replace(good, "v=1", "v=1; v=1", 1), zone(), PermError, ""},
		"From not signed":            {strings.Replace(good, "h=from:", "h=to:", 1), zone(), PermError, ""},
		"unknown form":               {strings.Replace(good, "c=relaxed", "c=loose", 1), zone(), PermError, ""},
		"negative length":            {strings.Replace(good, "v=1", "v=1; l=-5", 1), zone(), PermError, ""},
		"key not in DNS":             {strings.Replace(good, "v=1", "v=1; q=http", 1), zone(), PermError, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := verify(t, tt.raw, tt.zone)
			if len(res.DKIM) != 1 || res.DKIM[0].Status != tt.want || res.DKIM[0].Broken != tt.not {
				t.Errorf("want %s %s, got %+v", tt.want, tt.not, res.DKIM)
			}
		})
	}
}

func weakRecord() string {
	weak := must(rsa.GenerateKey(rand.Reader, 2048))
	weak.N.Rsh(weak.N, 1400)
	return "p=" + base64.StdEncoding.EncodeToString(must(x509.MarshalPKIXPublicKey(&weak.PublicKey)))
}

func TestTestingKeyIsSaid(t *testing.T) {
	t.Parallel()
	raw := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from", rsaPrivate())
	res := verify(t, raw, dns.Fake{TXT: map[string][]string{"r._domainkey.shop.example": {"t=y:s; " + rsaRecord()[len("v=DKIM1; "):]}}})
	if !res.DKIM[0].Testing || res.DKIM[0].Status != Pass {
		t.Errorf("%+v", res.DKIM)
	}
}

// A mail with very many signatures costs no more than one with a few.
func TestSignaturesAndLookupsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 500 {
		line := sign(plainMail, "DKIM-Signature", fmt.Sprintf("v=1; a=ed25519-sha256; d=shop.example; s=s%d; h=from", i), edPrivate())
		b.WriteString(line[:strings.Index(line, "From:")])
	}
	z := zone()
	z.Asked = &atomic.Int64{}
	res := verify(t, b.String()+plainMail, z)
	if len(res.DKIM) != maxSignatures {
		t.Errorf("%d signatures", len(res.DKIM))
	}
	if n := z.Asked.Load(); n > lookupsForDKIM+lookupsForDMARC {
		t.Errorf("%d lookups", n)
	}
}

func TestOneKeyIsAskedForOnce(t *testing.T) {
	t.Parallel()
	raw := plainMail
	for range 5 {
		raw = sign(raw, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from", rsaPrivate())
	}
	z := zone()
	z.Asked = &atomic.Int64{}
	if res := verify(t, raw, z); len(res.DKIM) != 5 || res.DKIM[4].Status != Pass {
		t.Errorf("%+v", res.DKIM)
	}
	if n := z.Asked.Load(); n != 2 { // the key, and the DMARC record
		t.Errorf("%d lookups", n)
	}
}

// A header made to be slow must not be.
func TestHostileHeaderIsCheap(t *testing.T) {
	t.Parallel()
	var names bytes.Buffer
	for i := range 100_000 {
		fmt.Fprintf(&names, ":x%d", i)
	}
	raw := "DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=r; bh=AA==; b=AA==; h=from" + names.String() + "\r\n" +
		strings.Repeat("X: y\r\n", 10_000) + plainMail
	start := time.Now()
	verify(t, raw, zone())
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("took %v", d)
	}
}

func TestCancelledContextIsATemporaryError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	raw := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from", rsaPrivate())
	if res := Verify(ctx, zone(), []byte(raw), Envelope{Now: now}); res.DKIM[0].Status != TempError || res.DMARC.Status != TempError {
		t.Errorf("%+v", res)
	}
}

func TestNoDNSAtAll(t *testing.T) {
	t.Parallel()
	raw := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from", rsaPrivate())
	if res := verify(t, raw, nil); res.DKIM[0].Status != TempError || res.SPF.Status != NotChecked {
		t.Errorf("%+v", res)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte(sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from; l=3", rsaPrivate())))
	f.Add([]byte(chainOfTwo()))
	f.Add([]byte("\r\n\r\n"))
	f.Add([]byte("From: a@b.example\n\nx"))
	z := zone()
	f.Fuzz(func(t *testing.T, raw []byte) {
		res := Verify(t.Context(), z, raw, Envelope{Now: now, IP: []byte{192, 0, 2, 1}, Helo: string(raw[:min(len(raw), 20)])})
		if res.Aligned() && res.DMARC.From == "" {
			t.Error("aligned with nothing")
		}
	})
}

func FuzzTags(f *testing.F) {
	f.Add("v=1; a = b ;; c=d=e")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := parseTags(s)
		if (err == nil) == (len(got) == 0) {
			t.Errorf("%q: %v, %v", s, got, err)
		}
		_, _ = parseKey(s)
		_, _ = parseRecord(s)
	})
}
