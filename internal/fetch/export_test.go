package fetch

import "net/http"

// NewLike makes a client that trusts what another transport trusts.
func NewLike(o Options, like http.RoundTripper) Getter { return newClient(o, like) }
