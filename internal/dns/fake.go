package dns

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync/atomic"
)

// Fake is a domain name system written down as a literal. What is in none of
// its maps does not exist. Names are in lower case, without the trailing dot.
type Fake struct {
	TXT  map[string][]string
	MX   map[string][]string // hosts, the preferred first
	IP   map[string][]string // addresses of both families
	PTR  map[string][]string // names of an address
	Fail []string            // names (or addresses) whose question is not answered
	// Asked, when set, counts the questions.
	Asked *atomic.Int64
}

var _ Resolver = Fake{}

func (f Fake) name(ctx context.Context, name string) (string, error) {
	if f.Asked != nil {
		f.Asked.Add(1)
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if err := ctx.Err(); err != nil {
		return name, &net.DNSError{Err: err.Error(), Name: name, IsTimeout: true, IsTemporary: true}
	}
	if slices.Contains(f.Fail, name) {
		return name, Failure(name)
	}
	return name, nil
}

// LookupTXT gives the strings of a name.
func (f Fake) LookupTXT(ctx context.Context, name string) ([]string, error) {
	name, err := f.name(ctx, name)
	if err != nil {
		return nil, err
	}
	if got, ok := f.TXT[name]; ok {
		return slices.Clone(got), nil
	}
	return nil, Missing(name)
}

// LookupMX gives the mail servers of a name.
func (f Fake) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	name, err := f.name(ctx, name)
	if err != nil {
		return nil, err
	}
	hosts, ok := f.MX[name]
	if !ok {
		return nil, Missing(name)
	}
	servers := make([]*net.MX, len(hosts))
	for i, host := range hosts {
		servers[i] = &net.MX{Host: host + ".", Pref: uint16(10 * (i + 1))}
	}
	return servers, nil
}

// LookupIPAddr gives the addresses of a name; an address is its own.
func (f Fake) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	if ip := net.ParseIP(host); ip != nil {
		return []net.IPAddr{{IP: ip}}, nil
	}
	host, err := f.name(ctx, host)
	if err != nil {
		return nil, err
	}
	texts, ok := f.IP[host]
	if !ok {
		return nil, Missing(host)
	}
	addresses := make([]net.IPAddr, len(texts))
	for i, text := range texts {
		addresses[i] = net.IPAddr{IP: net.ParseIP(text)}
	}
	return addresses, nil
}

// LookupAddr gives the names of an address.
func (f Fake) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	addr, err := f.name(ctx, addr)
	if err != nil {
		return nil, err
	}
	names, ok := f.PTR[addr]
	if !ok {
		return nil, Missing(addr)
	}
	dotted := make([]string, len(names))
	for i, name := range names {
		dotted[i] = name + "."
	}
	return dotted, nil
}
