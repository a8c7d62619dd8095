package desk

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/authcheck"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/people"
)

// mayAnswer says whether the product may write to the sender of a delivery by
// itself, and if not, why a person has to look. Answering a forged sender would
// make us the ones who mail strangers (backscatter).
func (d *Desk) mayAnswer(ctx context.Context, v cases.Delivery, m *mail.Message) cases.Hold {
	switch {
	case v.Automatic != "":
		return cases.HoldAutomatic
	case !people.InDomains(v.From, d.Org.Domains), d.isOwnAddress(v.From):
		return cases.HoldUnknownSender
	case v.Person == "" && !d.proved(ctx, v, m):
		return cases.HoldUnproved
	}
	return cases.HoldNone
}

// isOwnAddress keeps us from writing to ourselves.
func (d *Desk) isOwnAddress(address string) bool {
	local, domain, _ := strings.Cut(people.Normal(address), "@")
	local, _, _ = strings.Cut(local, "+")
	bare := local + "@" + domain
	return bare == people.Normal(d.Org.From.Addr) ||
		slices.ContainsFunc(d.Org.Reports, func(ours string) bool { return people.Normal(ours) == bare })
}

// proved reports whether the mail proves that it comes from whom it says: it
// came from a relay we trust and that relay does not say otherwise, or SPF or
// DKIM passes for the sender's own domain.
func (d *Desk) proved(ctx context.Context, v cases.Delivery, m *mail.Message) bool {
	ip, err := netip.ParseAddr(v.RemoteIP)
	if err == nil && d.isRelay(ip) {
		return !d.relayDoubts(m)
	}
	if d.DNS == nil {
		return false
	}
	checked := authcheck.Verify(ctx, d.DNS, m.Raw, authcheck.Envelope{IP: net.ParseIP(v.RemoteIP), Helo: v.Helo, MailFrom: v.EnvelopeFrom, Now: d.Now()})
	return checked.Aligned()
}

func (d *Desk) isRelay(ip netip.Addr) bool {
	ip = ip.Unmap()
	return slices.ContainsFunc(d.Org.Relays, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// relayDoubts reports whether a server we trust says that the sender's own
// domain disowns this mail. Only the topmost such field counts: those below
// may have come with the mail.
func (d *Desk) relayDoubts(m *mail.Message) bool {
	for _, field := range m.Auth {
		if !slices.ContainsFunc(d.Org.House.TrustedServers, func(s string) bool { return strings.EqualFold(s, field.Server) }) {
			continue
		}
		for _, r := range field.Results {
			if r.Method == "dmarc" && r.Value == "fail" {
				return true
			}
		}
		return false
	}
	return false
}

// unreadable reports whether one of the originals could not be opened.
func unreadable(reports []cases.Reported) bool {
	return slices.ContainsFunc(reports, func(r cases.Reported) bool { return r.Shape == unwrap.ShapeEncrypted })
}
