package link_test

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/verdict"
)

func find(found []verdict.Finding, id string) (verdict.Finding, bool) {
	i := slices.IndexFunc(found, func(f verdict.Finding) bool { return f.ID == id })
	if i < 0 {
		return verdict.Finding{}, false
	}
	return found[i], true
}

// Wherever the second address stands and however it is written, it is seen.
func TestAnAddressInAnAddress(t *testing.T) {
	t.Parallel()
	const target = "https://marbrerie.example/compte"
	coded := base64.StdEncoding.EncodeToString([]byte(target))
	for address, want := range map[string]string{
		"https://roc.example/go?to=" + target:                                            "link.redirect",
		"https://roc.example/go?to=" + url.QueryEscape(target):                           "link.redirect",
		"https://roc.example/go?to=" + url.QueryEscape(url.QueryEscape(target)):          "link.redirect",
		"https://roc.example/go/" + target:                                               "link.redirect",
		"https://roc.example/go#" + target:                                               "link.redirect",
		"https://www.google.com/url?q=" + url.QueryEscape(target):                        "link.redirect",
		"https://marbrerie-example.translate.goog/compte":                                "link.redirect",
		"https://roc.example/go?to=" + coded:                                             "link.coded-target",
		"https://roc.example/" + strings.TrimRight(coded, "="):                           "link.coded-target",
		"https://roc.example/go#x" + coded:                                               "link.coded-target",
		"https://roc.example/go?to=" + hex.EncodeToString([]byte(target)):                "link.coded-target",
		"https://roc.example/go?to=https://www.roc.example/b":                            "",
		"https://roc.example/go?to=aHR0cA":                                               "",
		"https://roc.example/a/b?c=d":                                                    "",
		"https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(target): "",
		"https://atelier.example/go?to=" + target:                                        "",
	} {
		var got string
		for _, f := range check("Atelier <info@atelier.example>", `<a href="`+address+`">x</a>`) {
			if f.ID != "link.redirect" && f.ID != "link.coded-target" {
				continue
			}
			got = f.ID
			if f.Args["onward"] != "marbrerie[.]example" {
				t.Errorf("%s: on to %q", address, f.Args["onward"])
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestTheRecipientInAnAddress(t *testing.T) {
	t.Parallel()
	const to = "emma.petit@roc.example"
	coded := base64.StdEncoding.EncodeToString([]byte(to))
	for address, want := range map[string]bool{
		"https://marbrerie.example/?e=" + to: true, "https://marbrerie.example/#" + to: true, "https://marbrerie.example/#" + coded: true,
		"https://marbrerie.example/a/" + strings.TrimRight(coded, "="): true, "https://marbrerie.example/?e=emma.petit%40roc.example": true,
		"https://marbrerie.example/?e=" + hex.EncodeToString([]byte(to)): true, "https://marbrerie.example/?e=1": false,
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmarbrerie.example&data=05%7C02%7C" + to: false,
	} {
		if _, got := find(check("Atelier <info@atelier.example>", `<a href="`+address+`">x</a>`), "link.recipient"); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

// The destination is judged, not the filter that the link goes through.
func TestWhatIsWrappedIsJudged(t *testing.T) {
	t.Parallel()
	wrap := func(s string) string {
		return `<a href="https://eur01.safelinks.protection.outlook.com/?url=` + url.QueryEscape(s) + `&data=x">www.roc.example</a>`
	}
	const from = "Atelier <info@atelier.example>"
	if _, found := find(check(from, wrap("http://192.0.2.7/a")), "link.ip"); !found {
		t.Error("a bare number inside is not seen")
	}
	if got := ids(check(from, wrap("https://atelier.example/a"))); !slices.Contains(got, "link.sender-own") {
		t.Errorf("the sender's own link inside: %v", got)
	}
	if f, found := find(check(from, `<a href="https://protect-eu.mimecast.com/s/abc">x</a>`), "link.opaque"); !found || f.Class != verdict.Neutral {
		t.Error("a filter that keeps the address to itself is not noted")
	}
	deep := "https://marbrerie.example/"
	for range 3 {
		deep = "https://slack-redir.net/link?url=" + url.QueryEscape(deep)
	}
	if _, found := find(check(from, `<a href="`+deep+`">x</a>`), "link.layered"); !found {
		t.Error("three redirectors in one another are not told")
	}
}

func TestPagesWhereNoneBelongs(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"/wp-content/themes/x/login/": true, "/wp-includes/a/index.html": true, "/wp-admin/js/bank": true, "/.well-known/pki/verify.php": true,
		"/cgi-bin/secure/index.html": true, "/wp-content/uploads/2031/doc.html": true, "/wp-content/uploads/2031/03/plan.pdf": false,
		"/wp-content/uploads/2031/03/": false, "/wp-content/themes/x/style.css": false, "/cgi-bin/search?q=1": false,
		"/.well-known/change-password": false, "/wp-content/plugins/letter/do": false, "/news/a.html": false,
	} {
		if _, got := find(check("Atelier <info@atelier.example>", `<a href="https://marbrerie.example`+path+`">x</a>`), "link.hacked-site"); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Atelier <info@atelier.example>", "https://roc.example/go?to=aHR0cHM6Ly9tYXJicmVyaWUuZXhhbXBsZQ%3D%3D#68747470")
	f.Fuzz(func(_ *testing.T, from, address string) {
		check(from, `<a href="`+address+`">x</a>`)
	})
}
