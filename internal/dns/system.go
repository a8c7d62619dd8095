package dns

import (
	"context"
	"net"
	"strings"
	"time"
)

// system asks the resolver of the machine.
type system struct {
	net     *net.Resolver
	timeout time.Duration
}

// System is the resolver of this machine. Each question ends after timeout at
// the latest; zero means 5 s.
func System(timeout time.Duration) Resolver {
	if timeout <= 0 {
		timeout = 5 * time.Second
	}
	return system{net: &net.Resolver{}, timeout: timeout}
}

// absolute makes a name that the search list of the machine does not touch:
// without it "paypal.example" could be asked as "paypal.example.corp.local".
func absolute(name string) string { return strings.TrimSuffix(name, ".") + "." }

func ask[T any](ctx context.Context, s system, name string, lookup func(context.Context, string) (T, error)) (T, error) {
	var none T
	if !valid(name) {
		return none, Missing(name)
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	return lookup(ctx, absolute(name))
}

func (s system) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return ask(ctx, s, name, s.net.LookupTXT)
}

func (s system) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	return ask(ctx, s, name, s.net.LookupMX)
}

func (s system) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	if ip := net.ParseIP(host); ip != nil {
		return []net.IPAddr{{IP: ip}}, nil
	}
	return ask(ctx, s, host, s.net.LookupIPAddr)
}

func (s system) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	if net.ParseIP(addr) == nil {
		return nil, Missing(addr)
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	return s.net.LookupAddr(ctx, addr)
}

// valid reports whether name can stand in a question (RFC 1035 2.3.4). Names
// come out of foreign mails, so anything may be tried.
func valid(name string) bool {
	name = strings.TrimSuffix(name, ".")
	if name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, unprintable) {
			return false
		}
	}
	return true
}

func unprintable(r rune) bool { return r <= ' ' || r >= 0x7f }
