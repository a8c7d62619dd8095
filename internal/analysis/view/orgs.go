package view

import "github.com/bienvu/bienvu/internal/analysis/domain"

// orgs remembers the registrable domains of the first hosts of a message: its
// links lead to the same few places, and the list of suffixes is long.
type orgs []struct{ host, org string }

// mostOrgs limits how many are remembered, as each is looked at in turn.
const mostOrgs = 16

// of gives the registrable domain of a host.
func (o *orgs) of(host string) string {
	for i := range *o {
		if (*o)[i].host == host {
			return (*o)[i].org
		}
	}
	org := domain.Org(host)
	if len(*o) < mostOrgs {
		*o = append(*o, struct{ host, org string }{host, org})
	}
	return org
}
