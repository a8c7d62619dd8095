package dns

import (
	"context"
	"net"
	"time"
)

// SystemAt is System asking the server at addr, for the conformance test.
func SystemAt(addr string, timeout time.Duration) Resolver {
	return system{timeout: timeout, net: &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "udp", addr)
		},
	}}
}
