package authcheck

import (
	"net"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/dns"
)

// dmarcZone holds one domain with each record of the test and a mail server
// at 192.0.2.1.
func dmarcZone(record string) dns.Fake {
	z := zone()
	z.TXT["shop.example"] = []string{"v=spf1 ip4:192.0.2.1 -all"}
	z.TXT["bounces.shop.example"] = []string{"v=spf1 ip4:192.0.2.1 ~all"}
	z.TXT["other.example"] = []string{"v=spf1 ip4:192.0.2.1 -all"}
	z.TXT["r._domainkey.other.example"] = []string{rsaRecord()}
	z.TXT["r._domainkey.eu.shop.example"] = []string{rsaRecord()}
	if record != "" {
		z.TXT["_dmarc.shop.example"] = []string{record}
	}
	z.IP["eu.shop.example"] = []string{"192.0.2.1"}
	return z
}

func TestDMARC(t *testing.T) {
	t.Parallel()
	const here, away = "192.0.2.1", "198.51.100.9"
	signedBy := func(d string) string {
		return sign(plainMail, "DKIM-Signature", "v=1; a=rsa-sha256; c=relaxed/relaxed; d="+d+"; s=r; h=from", rsaPrivate())
	}
	from := func(d string) string { return strings.Replace(plainMail, "lise@shop.example", "lise@"+d, 1) }
	tests := map[string]struct {
		record, raw, sender, ip string
		want                    Status
		wish                    Wish
		aligned                 bool
	}{
		"spf aligned":               {"v=DMARC1; p=reject", plainMail, "a@shop.example", here, Pass, WishReject, true},
		"spf aligned below":         {"v=DMARC1; p=reject", plainMail, "a@bounces.shop.example", here, Pass, WishReject, true},
		"spf strict, below":         {"v=DMARC1; p=reject; aspf=s", plainMail, "a@bounces.shop.example", here, Fail, WishReject, false},
		"spf passes for another":    {"v=DMARC1; p=quarantine", plainMail, "a@other.example", here, Fail, WishQuarantine, false},
		"spf fails":                 {"v=DMARC1; p=none", plainMail, "a@shop.example", away, Fail, WishNone, false},
		"dkim aligned":              {"v=DMARC1; p=reject", signedBy("shop.example"), "a@other.example", away, Pass, WishReject, true},
		"dkim aligned below":        {"v=DMARC1; p=reject", signedBy("eu.shop.example"), "", away, Pass, WishReject, true},
		"dkim strict, below":        {"v=DMARC1; p=reject; adkim=s", signedBy("eu.shop.example"), "", away, Fail, WishReject, false},
		"dkim of another":           {"v=DMARC1; p=reject", signedBy("other.example"), "", away, Fail, WishReject, false},
		"no record, but aligned":    {"", signedBy("shop.example"), "", away, None, "", true},
		"no record":                 {"", plainMail, "", away, None, "", false},
		"no client address":         {"v=DMARC1; p=reject", plainMail, "a@shop.example", "", NotChecked, WishReject, false},
		"no address, dkim aligned":  {"v=DMARC1; p=reject", signedBy("shop.example"), "", "", Pass, WishReject, true},
		"subdomain":                 {"v=DMARC1; p=none; sp=reject", from("eu.shop.example"), "", away, Fail, WishReject, false},
		"missing subdomain":         {"v=DMARC1; p=none; sp=none; np=reject", from("no.shop.example"), "", away, Fail, WishReject, false},
		"np, subdomain exists":      {"v=DMARC1; p=none; sp=none; np=reject", from("eu.shop.example"), "", away, Fail, WishNone, false},
		"still testing":             {"v=DMARC1; p=reject; t=y", plainMail, "", away, Fail, WishQuarantine, false},
		"senseless wish, reports":   {"v=DMARC1; p=drop; rua=mailto:a@shop.example", plainMail, "", away, Fail, WishNone, false},
		"senseless wish":            {"v=DMARC1; p=drop", plainMail, "", away, PermError, "", false},
		"not a record":              {"v=DMARC2; p=reject", plainMail, "", away, None, "", false},
		"two From fields":           {"v=DMARC1; p=reject", "From: boss@corp.example\r\n" + signedBy("shop.example"), "a@shop.example", here, PermError, "", false},
		"two domains in From":       {"v=DMARC1; p=reject", strings.Replace(plainMail, "<lise@shop.example>", "<lise@shop.example>, x@corp.example", 1), "a@shop.example", here, PermError, "", false},
		"From with a bare comma":    {"v=DMARC1; p=reject", strings.Replace(plainMail, "Lise Martin", "Martin, Lise", 1), "a@shop.example", here, Pass, WishReject, true},
		"display name with address": {"v=DMARC1; p=reject", strings.Replace(plainMail, "Lise Martin", "\"boss@corp.example\"", 1), "a@shop.example", here, Pass, WishReject, true},
		"no From":                   {"v=DMARC1; p=reject", "To: a@b.example\r\n\r\nx", "a@shop.example", here, PermError, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := Verify(t.Context(), dmarcZone(tt.record), []byte(tt.raw), Envelope{
				IP: net.ParseIP(tt.ip), Helo: "mx.nowhere.example", MailFrom: tt.sender, Now: now,
			})
			if res.DMARC.Status != tt.want || res.DMARC.Wish != tt.wish || res.Aligned() != tt.aligned {
				t.Errorf("want %s %q %v, got %+v\nSPF %+v\nDKIM %+v", tt.want, tt.wish, tt.aligned, res.DMARC, res.SPF, res.DKIM)
			}
		})
	}
}

func TestSeveralRecordsAreNone(t *testing.T) {
	t.Parallel()
	z := dmarcZone("")
	z.TXT["_dmarc.shop.example"] = []string{"v=DMARC1; p=reject", "v=DMARC1; p=none", "something else"}
	if res := verify(t, plainMail, z); res.DMARC.Status != None {
		t.Errorf("%+v", res.DMARC)
	}
}

func TestDNSAwayIsNoFailure(t *testing.T) {
	t.Parallel()
	z := dmarcZone("v=DMARC1; p=reject")
	z.Fail = []string{"shop.example"}
	res := Verify(t.Context(), z, []byte(plainMail), Envelope{IP: net.IPv4(192, 0, 2, 1), MailFrom: "a@shop.example", Now: now})
	if res.SPF.Status != TempError || res.DMARC.Status != TempError {
		t.Errorf("%+v", res)
	}
}

func TestSPFOfTheNullSenderAsksTheClientsName(t *testing.T) {
	t.Parallel()
	res := Verify(t.Context(), dmarcZone("v=DMARC1; p=reject"), []byte(plainMail),
		Envelope{IP: net.IPv4(192, 0, 2, 1), Helo: "bounces.shop.example", MailFrom: "<>", Now: now})
	if res.SPF.Status != Pass || res.SPF.Domain != "bounces.shop.example" || !res.DMARC.BySPF {
		t.Errorf("%+v", res)
	}
}
