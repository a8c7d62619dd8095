// Package dns is the seam to the domain name system: what we ask of it, the
// real resolver, and a literal as fake.
package dns

import (
	"context"
	"net"
)

// Resolver is what we ask of the domain name system. Names are given without
// the trailing dot. "No such name" is an error for which net.DNSError.IsNotFound
// is true; any other error is temporary. It is also the resolver interface that
// the SPF library asks for.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error)
	LookupAddr(ctx context.Context, addr string) ([]string, error)
}
