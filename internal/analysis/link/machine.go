package link

import (
	"net/netip"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

// machines looks for links to a hired machine by the name that its provider gave
// it: who has a site has a name for it.
func (l *look) machines() {
	for i, link := range l.v.Links {
		if i >= most {
			break
		}
		if link.Clickable() && !domain.IP(link.Host) && !domain.Same(link.Host, l.v.Host) && !l.v.Ours(link.Host) && machine(link.Host) {
			l.find("link.machine", link, nil)
			return
		}
	}
}

// machine reports whether a host bears the name that a provider gives to a
// machine: its number address, or a kind of machine and its number.
func machine(host string) bool {
	if groups(host) >= 4 {
		return true
	}
	first, _, more := strings.Cut(host, ".")
	if !more {
		return false
	}
	for _, kind := range machineNames {
		if rest, ok := strings.CutPrefix(first, kind); ok && len(strings.TrimLeft(rest, "-")) >= 4 && strings.Trim(rest, "-0123456789") == "" {
			return true
		}
	}
	return false
}

// groups counts the numbers up to 255 that stand one after the other in a host,
// with one sign between them.
func groups(host string) int {
	n, best := 0, 0
	for _, part := range strings.FieldsFunc(host, func(r rune) bool { return r == '.' || r == '-' }) {
		if len(part) > 3 || strings.Trim(part, "0123456789") != "" || part > "255" && len(part) == 3 {
			n = 0
			continue
		}
		n++
		best = max(best, n)
	}
	return best
}

// machineNames are the words with which providers begin the names of machines.
//
//nolint:gochecknoglobals // a constant table
var machineNames = []string{"vps", "vps-", "server", "srv", "vm", "vm-", "env-", "node", "host", "static-", "ip-", "ec2-"}

// inside reports whether a number is an address within a house's own network
// or of the reader's own machine (RFC 1918, RFC 4193, RFC 1122): nobody outside
// can wait there.
func inside(host string) bool {
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && (addr.IsPrivate() || addr.IsLoopback() || addr.IsUnspecified())
}
