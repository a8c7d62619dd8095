package wrapped_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/link/wrapped"
)

// Every service wraps the same address, in its own manner.
func TestUnwrap(t *testing.T) {
	t.Parallel()
	const inner = "https://atelier.example/a?b=1"
	for address, by := range map[string]string{
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&data=05%7C02%7Cemma%40roc.example&reserved=0":       "Microsoft Safe Links",
		"https://eur01.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&amp;data=05":                          "Microsoft Safe Links",
		"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&locale=fr":     "Microsoft Safe Links",
		"https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&k=x":                                                         "Proofpoint",
		"https://urldefense.proofpoint.com/v2/url?u=https-3A__atelier.example_a-3Fb-3D1&d=DwMF&c=x":                                                        "Proofpoint",
		"https://urldefense.com/v3/__https://atelier.example/a*b=1__;Pw!!abc!def$":                                                                         "Proofpoint",
		"https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fatelier.example%2fa%3fb%3d1&c=E,1,x":                                                          "Barracuda",
		"https://secure-web.cisco.com/1abcDEF/https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                                   "Cisco",
		"https://eu-west-1.protection.sophos.com/?d=atelier.example&u=aHR0cHM6Ly9hdGVsaWVyLmV4YW1wbGUvYT9iPTE=&i=x":                                        "Sophos",
		"https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url=https%3a%2f%2fatelier.example%2fa%3fb%3d1&umid=x":                               "Trend Micro",
		"https://protect2.fireeye.com/v1/url?k=x&q=1&u=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                          "Trellix",
		"https://clicktime.symantec.com/3abc?u=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                                  "Symantec",
		"https://antiphishing.vadesecure.com/v4?f=x&i=y&u=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                       "Vade",
		"https://protect.checkpoint.com/v2/___https://atelier.example/a?b=1___.YXA":                                                                        "Check Point",
		"https://avanan.url-protection.com/v1/url?o=https%3A//atelier.example/a%3Fb%3D1&g=x":                                                               "Check Point",
		"https://mail.roc.example/owa/redir.aspx?C=x&URL=https%3a%2f%2fatelier.example%2fa%3fb%3d1":                                                        "Outlook on the web",
		"https://fml.roc.example/fmlurlsvc/?fewReq=x&url=https%3a%2f%2fatelier.example%2fa%3fb%3d1":                                                        "FortiMail",
		"https://www.google.com/url?q=https://atelier.example/a%3Fb%3D1&sa=D":                                                                              "Google",
		"https://www.google.fr/url?sa=t&url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                                     "Google",
		"https://www.google.com/amp/s/atelier.example/a%3Fb=1":                                                                                             "Google",
		"https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9hdGVsaWVyLmV4YW1wbGUvYT9iPTE&ntb=1":                                                               "Bing",
		"https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&urlhash=x":                                                  "LinkedIn",
		"https://l.facebook.com/l.php?u=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1&h=x":                                                                     "Facebook",
		"https://slack-redir.net/link?url=https%3A%2F%2Fatelier.example%2Fa%3Fb%3D1":                                                                       "Slack",
		"https://r.search.yahoo.com/_ylt=x/RV=2/RU=https%3a%2f%2fatelier.example%2fa%3fb%3d1/RK=2/RS=x":                                                    "Yahoo",
		"https://ci3.googleusercontent.com/proxy/abc=s0-d-e1-ft#https://atelier.example/a?b=1":                                                             "Gmail pictures",
		"https://abc.r.eu-west-1.awstrack.me/L0/https:%2F%2Fatelier.example%2Fa%3Fb=1/1/0102/x=1":                                                          "Amazon SES",
		"https://7d60a46f.mjt.lu/lnk/AAA/1/x/aHR0cHM6Ly9hdGVsaWVyLmV4YW1wbGUvYT9iPTE":                                                                      "Mailjet",
		"https://mandrillapp.com/track/click/1/x?p=eyJ2IjoxLCJ1cmwiOiJodHRwczpcL1wvYXRlbGllci5leGFtcGxlXC9hP2I9MSJ9":                                       "Mandrill",
		"https://click.pstmrk.it/3s/atelier.example%2Fa%3Fb=1/abc/def/ghi":                                                                                 "Postmark",
		"https://web.archive.org/web/2024/https://atelier.example/a?b=1":                                                                                   "Internet Archive",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fatelier.example%252Fa%253Fb%3D1": "Microsoft Safe Links",
	} {
		got, name, ok := wrapped.Unwrap(address)
		if got != inner || name != by || !ok {
			t.Errorf("%s:\n%q by %q, %t; want %s", address, got, name, ok, by)
		}
	}
}

func TestUnwrapTheOdd(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]struct {
		inner, by string
		ok        bool
	}{
		"https://protect-eu.mimecast.com/s/abcDEF?domain=atelier.example":                         {"https://atelier.example", "Mimecast", true},
		"https://protect-eu.mimecast.com/s/abcDEF":                                                {"", "Mimecast", false},
		"https://atpscan.global.hornetsecurity.com/index.php?atp_str=abc":                         {"", "Hornetsecurity", false},
		"https://protect.checkpoint.com/v2/r05/___mxxtx://fyjqnjw.jcfruqj___.YXA":                 {"", "Check Point", false},
		"https://atelier--nord-example.translate.goog/a":                                          {"https://atelier-nord.example/a", "Google Translate", true},
		"https://urldefense.com/v3/__https:/atelier.example/**Ax__;4oKswqM!!a!b$":                 {"https://atelier.example/€£x", "Proofpoint", true},
		"https://www.google.com/maps/place/x":                                                     {"", "", false},
		"https://www.linkedin.com/in/emma":                                                        {"", "", false},
		"https://atelier.example/?url=https://roc.example":                                        {"", "", false},
		"mailto:emma@roc.example":                                                                 {"", "", false},
		"":                                                                                        {"", "", false},
		"https://slack-redir.net/link?url=javascript:alert(1)":                                    {"", "", false},
		"https://slack-redir.net/link?url=" + strings.Repeat("a", 9000):                           {"", "", false},
		"https://slack-redir.net@atelier.example/link?url=https://roc.example":                    {"", "", false},
		"https://eur01.safelinks.protection.outlook.com.atelier.example/?url=https://roc.example": {"", "", false},
	} {
		inner, by, ok := wrapped.Unwrap(address)
		if inner != want.inner || by != want.by || ok != want.ok {
			t.Errorf("%.80s: %q, %q, %t; want %+v", address, inner, by, ok, want)
		}
	}
}

func TestLayersEnd(t *testing.T) {
	t.Parallel()
	address := "https://atelier.example/"
	for range 7 {
		address = "https://slack-redir.net/link?url=" + strings.NewReplacer("%", "%25", ":", "%3A", "/", "%2F", "?", "%3F", "=", "%3D").Replace(address)
	}
	inner, _, ok := wrapped.Unwrap(address)
	if !ok || !strings.HasPrefix(inner, "https://slack-redir.net/") {
		t.Errorf("after five layers: %q, %t", inner, ok)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]wrapped.Kind{"Mimecast": wrapped.Guard, "Mailjet": wrapped.Counter, "Bing": wrapped.Redirector, "AMP cache": wrapped.Cache} {
		if got := wrapped.KindOf(name); got != want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func FuzzUnwrap(f *testing.F) {
	f.Add("https://urldefense.com/v3/__https:/atelier.example/**Ax__;4oKswqM!!a!b$")
	f.Add("https://protect.checkpoint.com/v2/___https://a___.b")
	f.Add("https://x.mjt.lu/lnk/%/aHR0")
	f.Add("//google.com/url?%zz=%&q=http:/x")
	f.Fuzz(func(t *testing.T, address string) {
		inner, by, ok := wrapped.Unwrap(address)
		if ok && (by == "" || !strings.HasPrefix(strings.ToLower(inner), "http")) {
			t.Errorf("%q gives %q by %q", address, inner, by)
		}
	})
}

func BenchmarkUnwrap(b *testing.B) {
	for b.Loop() {
		wrapped.Unwrap("https://www.atelier.example/news/2031/03/index.html?utm=1")
	}
}
