package authcheck

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/mail"
)

func read(raw string) *mail.Message { return mail.Read([]byte(raw), mail.DefaultBudget()) }

func house() subject.House {
	return subject.House{
		Domains: []string{"corp.example"}, Known: []string{"bank.example"},
		TrustedServers: []string{"mx.corp.example"},
	}
}

func ids(t *testing.T, s subject.Subject) []string {
	t.Helper()
	var out []string
	for _, f := range Check(t.Context(), s) {
		out = append(out, f.ID)
	}
	return out
}

func TestReadFromFields(t *testing.T) {
	t.Parallel()
	from := func(d string, fields ...string) string {
		head := ""
		for _, f := range fields {
			head += "Authentication-Results: " + f + "\r\n"
		}
		return head + strings.Replace(plainMail, "shop.example", d, 1)
	}
	const good, bad = "mx.corp.example; spf=pass smtp.mailfrom=a@", "mx.corp.example; spf=fail smtp.mailfrom=a@"
	tests := map[string]struct {
		raw  string
		want []string
	}{
		"nothing known":               {plainMail, nil},
		"trusted pass":                {from("shop.example", good+"shop.example; dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example"), []string{"auth.dmarc-pass", "auth.dkim-pass-aligned"}},
		"trusted, aligned, no record": {from("shop.example", good+"shop.example; dkim=none; dmarc=none"), []string{"auth.proved"}},
		"trusted fail":                {from("shop.example", bad+"shop.example; dkim=none; dmarc=fail header.from=shop.example"), []string{"auth.dmarc-fail"}},
		"trusted fail, reject":        {from("shop.example", bad+"shop.example; dkim=none; dmarc=fail policy.dmarc=reject"), []string{"auth.dmarc-fail-reject"}},
		"our domain forged":           {from("corp.example", bad+"corp.example; dkim=none; dmarc=fail"), []string{"auth.own-domain-forged"}},
		"below our domain forged":     {from("pay.corp.example", bad+"corp.example; dkim=none"), []string{"auth.own-domain-forged"}},
		"partner forged":              {from("bank.example", bad+"bank.example; dkim=none; dmarc=fail"), []string{"auth.known-forged"}},
		"spf fails alone":             {from("shop.example", bad+"shop.example; dkim=none; dmarc=none"), []string{"auth.spf-fail"}},
		"softfail":                    {from("shop.example", "mx.corp.example; spf=softfail smtp.mailfrom=a@shop.example"), []string{"auth.spf-softfail"}},
		"nothing passes":              {from("shop.example", "mx.corp.example; spf=none; dkim=none; dmarc=none"), []string{"auth.nothing-passes"}},
		"DNS was away there":          {from("shop.example", "mx.corp.example; spf=temperror; dkim=none; dmarc=temperror"), nil},
		"passes for another domain":   {from("shop.example", good+"other.example; dkim=pass header.d=other.example; dmarc=none"), nil},
		"unknown server says pass":    {from("corp.example", "mx.evil.example; spf=pass smtp.mailfrom=a@corp.example; dmarc=pass"), []string{"auth.claimed-pass"}},
		"unknown server says fail":    {from("shop.example", "mx.other.example; dmarc=fail"), []string{"auth.claimed-dmarc-fail"}},
		"unknown server, spf":         {from("shop.example", "mx.other.example; spf=hardfail"), []string{"auth.claimed-spf-fail"}},
		"unknown server, nothing":     {from("shop.example", "mx.other.example; spf=none; dkim=none"), []string{"auth.claimed-nothing"}},
		"two fields, two methods":     {from("shop.example", "mx.corp.example; spf=pass smtp.mailfrom=a@shop.example", "mx.corp.example; dmarc=pass"), []string{"auth.dmarc-pass"}},
		"ours above a forged one":     {from("shop.example", bad+"shop.example; dmarc=fail", "mx.corp.example; dmarc=pass; dkim=pass header.d=shop.example"), []string{"auth.results-forged", "auth.dmarc-fail"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ids(t, subject.Subject{Message: read(tt.raw), House: house(), Now: now})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func live(t *testing.T, raw string, z dns.Fake) []string {
	t.Helper()
	return ids(t, subject.Subject{Message: read(raw), House: house(), DNS: z, Now: now})
}

const hops = "Received: from edge.corp.example (edge.corp.example [10.0.0.5]) by store.mx.corp.example with ESMTP; Mon, 2 Mar 2026 09:00:02 +0000\r\n" +
	"Received: from mail.shop.example (mail.shop.example [IP]) by mx.corp.example with ESMTPS; Mon, 2 Mar 2026 09:00:01 +0000\r\n" +
	"Received: from evil.example (evil.example [192.0.2.1]) by mx.corp.example.evil.example with ESMTPS; Mon, 2 Mar 2026 09:00:01 +0000\r\n"

func arrived(ip, raw string) string {
	return "Return-Path: <a@shop.example>\r\n" + strings.Replace(hops, "IP", ip, 1) + raw
}

func TestVerifiedLive(t *testing.T) {
	t.Parallel()
	signed := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=r; h=from", rsaPrivate())
	const reject = "v=DMARC1; p=reject"
	claimed := "Authentication-Results: mx.evil.example; dmarc=pass; spf=pass smtp.mailfrom=a@shop.example\r\n"
	tests := map[string]struct {
		raw    string
		record string
		want   []string
	}{
		"signed":                      {signed, reject, []string{"auth.dmarc-pass", "auth.dkim-pass-aligned"}},
		"signed, no policy":           {signed, "", []string{"auth.proved", "auth.dkim-pass-aligned"}},
		"altered, unknown way":        {signed + "pay\r\n", reject, []string{"auth.unchecked", "auth.dkim-broken"}},
		"spf from the trusted hop":    {arrived("192.0.2.1", plainMail), reject, []string{"auth.dmarc-pass"}},
		"spf fails at that hop":       {arrived("198.51.100.9", plainMail), reject, []string{"auth.dmarc-fail-reject"}},
		"forged claim loses to proof": {arrived("198.51.100.9", claimed+plainMail), reject, []string{"auth.dmarc-fail-reject"}},
		"sealed by a trusted server": {
			seal(plainMail, 1, "list.example", "a", "rsa-sha256", "none", "dmarc=pass header.from=shop.example", rsaPrivate()),
			"", []string{"auth.dmarc-pass", "auth.arc-pass"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := subject.Subject{Message: read(tt.raw), House: house(), DNS: dmarcZone(tt.record), Now: now}
			s.House.TrustedServers = append(s.House.TrustedServers, "list.example")
			if diff := cmp.Diff(tt.want, ids(t, s)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := live(t, signed, dns.Fake{Fail: []string{"r._domainkey.shop.example", "_dmarc.shop.example"}}); !slices.Equal(got, []string{"auth.unchecked"}) {
		t.Errorf("DNS away: %v", got)
	}
}

// A chain sealed by a stranger proves nothing, however intact.
func TestStrangersSealProvesNothing(t *testing.T) {
	t.Parallel()
	raw := seal(plainMail, 1, "list.example", "a", "rsa-sha256", "none", "dmarc=pass header.from=shop.example", rsaPrivate())
	if got := live(t, raw, zone()); slices.Contains(got, "auth.dmarc-pass") || slices.Contains(got, "auth.proved") {
		t.Errorf("%v", got)
	}
}

// Microsoft's servers leave their name out of the field; it counts when the
// mail lies in such a server of the house.
func TestFieldWithoutServerName(t *testing.T) {
	t.Parallel()
	field := "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=shop.example;\r\n" +
		" dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100\r\n"
	hop := "Received: from a.example (192.0.2.1) by b.mx.corp.example with HTTPS; Mon, 2 Mar 2026 09:00:01 +0000\r\n"
	for raw, want := range map[string]string{hop + field + plainMail: "auth.dmarc-pass", field + plainMail: "auth.claimed-pass"} {
		if got := ids(t, subject.Subject{Message: read(raw), House: house(), Now: now}); !slices.Equal(got, []string{want}) {
			t.Errorf("want %s, got %v", want, got)
		}
	}
}

func TestSignedDomains(t *testing.T) {
	t.Parallel()
	raw := sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; d=shop.example; s=r; h=from", rsaPrivate())
	e := Gather(t.Context(), subject.Subject{Message: read(raw), House: house(), DNS: zone(), Now: now})
	if !slices.Equal(e.Signed(), []string{"shop.example"}) || !e.Proved() {
		t.Errorf("%v %v", e.Signed(), e.Proved())
	}
	e = Gather(t.Context(), subject.Subject{Message: read("Authentication-Results: mx.evil.example; dkim=pass header.d=sim.example\r\n" + plainMail), House: house()})
	if len(e.Signed()) != 0 || e.Proved() {
		t.Errorf("a stranger's word counted: %v", e.Signed())
	}
}

// Each finding says something to the expert and to the reporter, in each
// language, and the reporter's sentence holds no word of our trade.
func TestEveryFindingHasItsSentences(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(os.DirFS("../sentences"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		for _, id := range IDs() {
			for _, who := range []string{"expert", "reporter"} {
				if !c.Has(lang, "finding."+id+"."+who) {
					t.Errorf("%s: finding.%s.%s is missing", lang, id, who)
				}
			}
			said := strings.ToLower(c.T(lang, "finding."+id+".reporter", nil))
			for _, word := range []string{"spf", "dkim", "dmarc", "arc ", "dns", " domain ", "domaine", "header", "en-tête", "serveur", "server", "authent"} {
				if strings.Contains(said, word) {
					t.Errorf("%s %s: %q is no word for a reporter", lang, id, word)
				}
			}
		}
	}
}
