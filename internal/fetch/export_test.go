package fetch

import (
	"net/http"
	"net/netip"
)

// NewLike makes a client that trusts what another transport trusts.
func NewLike(o Options, like http.RoundTripper) Getter { return newClient(o, like) }

// Inside says whether an address lies inside the house.
func Inside(ip netip.Addr) bool { return inside(ip) }
