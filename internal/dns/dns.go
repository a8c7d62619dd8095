// Package dns is the seam to the domain name system: what we ask of it, the
// real resolver, a cache in front of one, and a literal as fake.
package dns

import (
	"context"
	"errors"
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

// IsNotFound reports whether err says that the name or the record does not
// exist, as opposed to "could not be asked".
func IsNotFound(err error) bool {
	d, ok := errors.AsType[*net.DNSError](err)
	return ok && d.IsNotFound
}

// Missing is the error of a name that does not exist.
func Missing(name string) error {
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

// Failure is the error of a name that could not be asked for.
func Failure(name string) error {
	return &net.DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
}
