package authcheck

import (
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/dns"
)

// chainOfTwo is a mail through a list that changed its subject and its body,
// and then through a forwarder that changed nothing.
func chainOfTwo() string {
	raw := seal(plainMail, 1, "list.example", "a", "rsa-sha256", "none", "dmarc=pass header.from=shop.example", rsaPrivate())
	raw = strings.Replace(raw, "Your   order", "[list] Your order", 1) + "-- \r\nthe list\r\n"
	// The list seals what it sends on; here as its second instance.
	raw = seal(raw, 2, "list.example", "a", "rsa-sha256", "pass", "dmarc=fail", rsaPrivate())
	return seal(raw, 3, "fwd.example", "b", "ed25519-sha256", "pass", "arc=pass", edPrivate())
}

func TestARCChainHolds(t *testing.T) {
	t.Parallel()
	res := verify(t, chainOfTwo(), zone())
	if res.ARC.Status != Pass || res.ARC.Oldest != 2 || len(res.ARC.Seals) != 3 {
		t.Fatalf("%+v", res.ARC)
	}
	first := res.ARC.Seals[0]
	if first.Domain != "list.example" || first.Chain != "none" || first.Results != "mx.list.example; dmarc=pass header.from=shop.example" {
		t.Errorf("%+v", first)
	}
	if res := verify(t, strings.ReplaceAll(chainOfTwo(), "\r\n", "\n"), zone()); res.ARC.Status != Pass {
		t.Errorf("with the line ends of a file: %+v", res.ARC)
	}
	if res := verify(t, plainMail, zone()); res.ARC.Status != None {
		t.Errorf("without a chain: %+v", res.ARC)
	}
}

func TestARCChainBreaks(t *testing.T) {
	t.Parallel()
	good := chainOfTwo()
	forged := zone()
	forged.TXT["a._domainkey.list.example"] = []string{edRecord()}
	tests := map[string]struct {
		raw  string
		zone dns.Fake
		want Status
	}{
		"body changed after the last seal": {good + "pay now\r\n", zone(), Fail},
		"subject changed":                  {strings.Replace(good, "[list]", "[urgent]", 1), zone(), Fail},
		"results of the first forged":      {strings.Replace(good, "i=1; mx.list.example; dmarc=pass", "i=1; mx.list.example; dmarc=fail", 1), zone(), Fail},
		"results of the last forged":       {strings.Replace(good, "arc=pass", "arc=fail", 1), zone(), Fail},
		"key of a middle seal changed":     {good, forged, Fail},
		"sealer says broken":               {seal(plainMail, 1, "list.example", "a", "rsa-sha256", "fail", "x=y", rsaPrivate()), zone(), Fail},
		"first says pass":                  {seal(plainMail, 1, "list.example", "a", "rsa-sha256", "pass", "x=y", rsaPrivate()), zone(), Fail},
		"instance missing":                 {without(good, "i=2"), zone(), Fail},
		"one field missing":                {dropFirst(good, "ARC-Message-Signature:"), zone(), Fail},
		"one field twice":                  {"ARC-Authentication-Results: i=1; mx.list.example; x=y\r\n" + good, zone(), Fail},
		"senseless instance":               {"ARC-Seal: i=0; cv=none\r\n" + good, zone(), Fail},
		"too long":                         {strings.Repeat("ARC-Authentication-Results: i=9; x\r\n", 1000) + plainMail, zone(), Fail},
		"a seal with h=":                   {strings.Replace(good, "ARC-Seal: i=3;", "ARC-Seal: i=3; h=from;", 1), zone(), Fail},
		"DNS away":                         {good, dns.Fake{Fail: []string{"b._domainkey.fwd.example"}}, TempError},
		"key gone":                         {good, dns.Fake{}, Fail},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if res := verify(t, tt.raw, tt.zone); res.ARC.Status != tt.want {
				t.Errorf("want %s, got %+v", tt.want, res.ARC)
			}
		})
	}
}

// The order of the fields says nothing; their instance does. A validator that
// pairs fields by order fails on mails whose fields a server has sorted.
func TestARCFieldsArePairedByInstance(t *testing.T) {
	t.Parallel()
	m := split([]byte(chainOfTwo()))
	var sorted strings.Builder
	for _, name := range []string{"arc-authentication-results", "arc-message-signature", "arc-seal"} {
		got := m.named(name)
		for _, g := range slices.Backward(got) {
			sorted.WriteString(g.raw)
		}
	}
	for _, f := range m.fields {
		if !strings.HasPrefix(f.name, "arc-") {
			sorted.WriteString(f.raw)
		}
	}
	if res := verify(t, sorted.String()+"\r\n"+string(m.body), zone()); res.ARC.Status != Pass {
		t.Errorf("%+v", res.ARC)
	}
}

func without(raw, instance string) string {
	m := split([]byte(raw))
	var b strings.Builder
	for _, f := range m.fields {
		if !strings.HasPrefix(f.name, "arc-") || !strings.Contains(f.raw, " "+instance+";") {
			b.WriteString(f.raw)
		}
	}
	return b.String() + "\r\n" + string(m.body)
}

func dropFirst(raw, name string) string {
	before, rest, _ := strings.Cut(raw, name)
	_, after, _ := strings.Cut(rest, "\r\n")
	return before + after
}
