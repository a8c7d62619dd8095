package dns_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/dns/dnstest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	dnstest.Conform(t, dnstest.Zone())
	dnstest.Conform(t, dns.NewCache(dnstest.Zone(), 0, 0, time.Now))
	cached := dns.NewCache(dnstest.Zone(), time.Hour, 100, time.Now)
	dnstest.Conform(t, cached)
	dnstest.Conform(t, cached) // once more, from memory
}

func TestCacheForgetsAfterItsTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	zone := dnstest.Zone()
	zone.Asked = &atomic.Int64{}
	c := dns.NewCache(zone, time.Minute, 10, func() time.Time { return now })
	ask := func(want int64) {
		t.Helper()
		if _, err := c.LookupTXT(t.Context(), "mail.example"); err != nil {
			t.Fatal(err)
		}
		if got := zone.Asked.Load(); got != want {
			t.Errorf("asked %d times, want %d", got, want)
		}
	}
	ask(1)
	now = now.Add(59 * time.Second)
	ask(1)
	now = now.Add(time.Second)
	ask(2)
}

func TestCacheRemembersMissingNamesAndNoFailures(t *testing.T) {
	t.Parallel()
	zone := dnstest.Zone()
	zone.Asked = &atomic.Int64{}
	c := dns.NewCache(zone, time.Minute, 10, time.Now)
	for range 3 {
		if _, err := c.LookupTXT(t.Context(), "missing.example"); !dns.IsNotFound(err) {
			t.Error(err)
		}
	}
	if got := zone.Asked.Load(); got != 1 {
		t.Errorf("a missing name was asked for %d times", got)
	}
	for range 3 {
		if _, err := c.LookupTXT(t.Context(), "away.example"); err == nil {
			t.Error("no error")
		}
	}
	if got := zone.Asked.Load(); got != 4 {
		t.Errorf("a failure was remembered: asked %d times", got)
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := dns.NewCache(dnstest.Zone(), time.Hour, 10, time.Now)
	for i := range 1000 {
		_, _ = c.LookupTXT(t.Context(), fmt.Sprintf("n%d.example", i))
	}
	if c.Len() != 10 {
		t.Errorf("%d answers remembered, want 10", c.Len())
	}
}

func TestCacheAnswersAreNotShared(t *testing.T) {
	t.Parallel()
	c := dns.NewCache(dnstest.Zone(), time.Hour, 10, time.Now)
	for range 2 {
		got, err := c.LookupTXT(t.Context(), "mail.example")
		if err != nil || got[0] != "v=spf1 -all" {
			t.Fatalf("%q, %v", got, err)
		}
		got[0] = "scribbled"
	}
}

// Names come out of foreign mails; none of these may reach the network.
func TestSystemAsksNoImpossibleName(t *testing.T) {
	t.Parallel()
	r := dns.System(time.Second)
	for _, name := range []string{"", ".", "a..b", "a b.example", "é.example", "x\x00.example", fmt.Sprintf("%064d.example", 1)} {
		if _, err := r.LookupTXT(t.Context(), name); !dns.IsNotFound(err) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
