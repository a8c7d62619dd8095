// Package dnstest holds what every dns.Resolver must do.
package dnstest

import (
	"context"
	"slices"
	"testing"

	"github.com/bienvu/bienvu/internal/dns"
)

// Zone is the literal that a resolver under test must answer from.
func Zone() dns.Fake {
	return dns.Fake{
		TXT:  map[string][]string{"mail.example": {"v=spf1 -all", "other"}},
		MX:   map[string][]string{"mail.example": {"mx1.mail.example", "mx2.mail.example"}},
		IP:   map[string][]string{"mx1.mail.example": {"192.0.2.1", "2001:db8::1"}},
		PTR:  map[string][]string{"192.0.2.1": {"mx1.mail.example"}},
		Fail: []string{"away.example", "203.0.113.66"},
	}
}

// Conform checks a resolver that answers from Zone.
func Conform(t *testing.T, r dns.Resolver) {
	t.Helper()
	answers(t, r)
	errs(t, r)
	cancelled(t, r)
}

func answers(t *testing.T, r dns.Resolver) {
	t.Helper()
	ctx := t.Context()
	for _, name := range []string{"mail.example", "Mail.Example", "mail.example."} {
		if got, err := r.LookupTXT(ctx, name); err != nil || !slices.Equal(got, []string{"v=spf1 -all", "other"}) {
			t.Errorf("TXT %s: %q, %v", name, got, err)
		}
	}
	if got, err := r.LookupMX(ctx, "mail.example"); err != nil || len(got) != 2 || got[0].Host != "mx1.mail.example." {
		t.Errorf("MX: %v, %v", got, err)
	}
	if got, err := r.LookupIPAddr(ctx, "mx1.mail.example"); err != nil || len(got) != 2 {
		t.Errorf("IP: %v, %v", got, err)
	}
	if got, err := r.LookupIPAddr(ctx, "192.0.2.9"); err != nil || len(got) != 1 || got[0].IP.String() != "192.0.2.9" {
		t.Errorf("IP of an address: %v, %v", got, err)
	}
	if got, err := r.LookupAddr(ctx, "192.0.2.1"); err != nil || !slices.Equal(got, []string{"mx1.mail.example."}) {
		t.Errorf("PTR: %v, %v", got, err)
	}
}

func errs(t *testing.T, r dns.Resolver) {
	t.Helper()
	for name, lookup := range lookups(r) {
		if err := lookup(t.Context(), pick(name, "missing.example", "203.0.113.9")); !dns.IsNotFound(err) {
			t.Errorf("%s of a missing name: %v", name, err)
		}
		if err := lookup(t.Context(), pick(name, "away.example", "203.0.113.66")); err == nil || dns.IsNotFound(err) {
			t.Errorf("%s of a name that can't be asked: %v", name, err)
		}
	}
}

func cancelled(t *testing.T, r dns.Resolver) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, lookup := range lookups(r) {
		if err := lookup(ctx, pick(name, "never-asked.example", "203.0.113.77")); err == nil || dns.IsNotFound(err) {
			t.Errorf("%s with a cancelled context: %v", name, err)
		}
	}
}

func lookups(r dns.Resolver) map[string]func(context.Context, string) error {
	return map[string]func(context.Context, string) error{
		"TXT": func(ctx context.Context, n string) error { _, err := r.LookupTXT(ctx, n); return err },
		"MX":  func(ctx context.Context, n string) error { _, err := r.LookupMX(ctx, n); return err },
		"IP":  func(ctx context.Context, n string) error { _, err := r.LookupIPAddr(ctx, n); return err },
		"PTR": func(ctx context.Context, n string) error { _, err := r.LookupAddr(ctx, n); return err },
	}
}

// pick gives what a kind of lookup is about: a name, or an address for PTR.
func pick(kind, name, address string) string {
	if kind == "PTR" {
		return address
	}
	return name
}
