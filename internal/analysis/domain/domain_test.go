package domain_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

func TestImitates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		host, real string
		want       domain.Imitation
	}{
		{"fonderie-roc.example", "fonderie-roc.example", domain.No},
		{"mail.fonderie-roc.example", "fonderie-roc.example", domain.No},
		{"f0nderie-r0c.example", "fonderie-roc.example", domain.Letters},
		{"fonderle-roc.example", "fonderie-roc.example", domain.Letters},
		{"fondérie-roc.example", "fonderie-roc.example", domain.Letters},
		{"fonderie-rok.example", "fonderie-roc.example", domain.Typo},
		{"fonderie-roc-paie.example", "fonderie-roc.example", domain.Glued},
		{"fonderie-roc.net", "fonderie-roc.example", domain.Ending},
		{"marbrerie-lac.example", "fonderie-roc.example", domain.No},
		{"bis.example", "roc.example", domain.No},
	} {
		if got := domain.Imitates(c.host, c.real); got != c.want {
			t.Errorf("Imitates(%s, %s) = %q, want %q", c.host, c.real, got, c.want)
		}
	}
}

func TestImitatedBrand(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"paypa1.example": "paypal", "paypal-secure.example": "paypal", "micros0ft.example": "microsoft",
		"paypal.com": "", "mail.paypal.com": "", "atelier-lettre.example": "", "gmail.com": "", "": "",
		"netflix.top": "netflix",
	} {
		b, how := domain.ImitatedBrand(host)
		if b.Name != want || (want == "") != (how == domain.No) {
			t.Errorf("ImitatedBrand(%s) = %q, %q; want %q", host, b.Name, how, want)
		}
	}
}

func TestDisguised(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"pаypаl": true, "paypal": false, "élève": false, "привет": false, "Ελλάδα": false, "bаnque": true, "ａｂｃ": false,
	} {
		if got := domain.Disguised(word); got != want {
			t.Errorf("Disguised(%s) = %t", word, got)
		}
	}
}

func TestIP(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"192.0.2.1": true, "3221225985": true, "0xc0.0.2.1": true, "[2001:db8::1]": true, "2001:db8::1": true,
		"abc.example": false, "": false, "1and1.example": false,
	} {
		if got := domain.IP(host); got != want {
			t.Errorf("IP(%s) = %t", host, got)
		}
	}
}

func TestListsAreRead(t *testing.T) {
	t.Parallel()
	for name, holds := range map[string]bool{
		"shortener": domain.Shortener("bit.ly"), "free mail": domain.FreeMail("gmail.com"), "free host": domain.FreeHost("abc.web.app"),
		"form": domain.FormBuilder("docs.google.com", "/forms/d/1"), "ending": domain.RiskyTLD("abc.top"), "brand": domain.BrandOwned("www.paypal.com"),
	} {
		if !holds {
			t.Errorf("the list of %s is not read", name)
		}
	}
	if domain.FormBuilder("docs.google.com", "/document/d/1") || domain.RiskyTLD("abc.example") || domain.FreeHost("web.example") {
		t.Error("a list holds too much")
	}
}

func TestDefang(t *testing.T) {
	t.Parallel()
	if got := domain.Defang("https://a.example/x@b"); got != "https[:]//a[.]example/x[@]b" {
		t.Error(got)
	}
}

func FuzzDomain(f *testing.F) {
	f.Add("xn--pypl-53dc.example", "paypal.com")
	f.Add("..", "[::1]")
	f.Fuzz(func(_ *testing.T, a, b string) {
		domain.Imitates(a, b)
		domain.ImitatedBrand(a)
		domain.IP(a)
		domain.Real(a)
		domain.Random(a)
		domain.Disguised(domain.Unicode(a))
	})
}

// Same asks the list of suffixes only where the endings agree, and tells what
// the list tells.
func TestSameByTheList(t *testing.T) {
	t.Parallel()
	hosts := []string{"", ".", "com", "co.uk", "uk", "a.example", "b.a.example", "A.EXAMPLE.", "c.example", "x.a.co.uk", "a.co.uk", "b.co.uk", "x..com", "y..com", "127.0.0.1", "10.0.0.1", "localhost", "a.github.io", "b.github.io"}
	for _, a := range hosts {
		for _, b := range hosts {
			want := a != "" && b != "" && (a == b || domain.Org(a) == domain.Org(b))
			if got := domain.Same(a, b); got != want {
				t.Errorf("Same(%q, %q) = %v, want %v", a, b, got, want)
			}
		}
	}
}
