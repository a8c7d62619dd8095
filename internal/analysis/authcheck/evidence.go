package authcheck

import (
	"context"
	"net"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/mail"
)

// Source says where an outcome comes from, and so how far it is believed.
type Source string

// The sources, the most believed first.
const (
	Live      Source = "live"      // verified by us, by asking DNS
	Trusted   Source = "trusted"   // written by a server that the house trusts, at reception
	Sealed    Source = "sealed"    // sealed by such a server, in a chain that holds
	Untrusted Source = "untrusted" // written by anyone; a forger would write "pass", hardly "fail"
	Nowhere   Source = ""          // nothing is known
)

// Outcome is what one source says of a mail.
type Outcome struct {
	Source Source
	SPF    Status
	DKIM   Status // the best of its signatures; Pass for any domain's
	DMARC  Status
	Signed []string // domains of passing signatures, in lower case
	SPFFor string   // domain that SPF passed or failed for
	Wish   Wish     // what the domain in From asks for, "" when not known
	Quote  string   // the field it was read from
}

// Evidence is all that is known of where a mail comes from.
type Evidence struct {
	From     string // the one domain in From, "" when there is none or several
	Live     Result // what we verified; its statuses are "" without DNS
	Checked  Outcome
	Believed Outcome // from our own servers, or from a chain they sealed
	Claimed  Outcome // from servers nobody vouches for
	Twofold  bool    // fields in the name of a trusted server contradict each other
}

// Gather collects the evidence. It asks DNS only when the subject has a resolver.
func Gather(ctx context.Context, s subject.Subject) Evidence {
	e := Evidence{}
	if len(s.Message.From) > 0 {
		e.From = asciiDomain(domainOf(s.Message.From[0].Addr))
	}
	e.read(s)
	if s.DNS == nil || len(s.Message.Raw) == 0 {
		return e
	}
	e.Live = Verify(ctx, s.DNS, s.Message.Raw, borderOf(s))
	e.From = e.Live.DMARC.From
	e.Checked = outcomeOf(e.Live)
	if e.Believed.Source == Nowhere {
		e.Believed = sealedBy(e.Live.ARC, s.House.TrustedServers)
	}
	return e
}

// Proved reports whether a source to be believed proves the domain in From.
func (e Evidence) Proved() bool {
	return e.From != "" && (e.Live.Aligned() || e.proves(e.Believed))
}

// proves reports whether an outcome proves the domain in From: DMARC passed,
// or something passed for a domain that belongs to it.
func (e Evidence) proves(o Outcome) bool {
	if o.DMARC == Pass || (o.SPF == Pass && aligned(o.SPFFor, e.From, false)) {
		return true
	}
	return slices.ContainsFunc(o.Signed, func(d string) bool { return aligned(d, e.From, false) })
}

// Signed lists the domains whose signature was verified, by us or by a server
// that the house trusts.
func (e Evidence) Signed() []string {
	out := slices.Concat(e.Checked.Signed, e.Believed.Signed)
	slices.Sort(out)
	return slices.Compact(out)
}

// read reads the Authentication-Results fields (RFC 8601).
func (e *Evidence) read(s subject.Subject) {
	for i, field := range s.Message.Auth {
		if !trusted(s, i, field) {
			if e.Claimed.Source == Nowhere {
				e.Claimed = outcomeIn(field, Untrusted)
			} else {
				e.Claimed = e.Claimed.with(outcomeIn(field, Untrusted))
			}
			continue
		}
		o := outcomeIn(field, Trusted)
		if e.Believed.Source == Nowhere {
			e.Believed = o
			continue
		}
		e.Twofold = e.Twofold || e.Believed.contradicts(o)
		if !e.Twofold {
			e.Believed = e.Believed.with(o)
		}
	}
}

// trusted reports whether the i-th field was written by a server of the house.
// Microsoft's servers leave their name out; then the topmost field counts as
// written by the server that received the mail last.
func trusted(s subject.Subject, i int, field mail.AuthResults) bool {
	if field.Server != "" {
		return slices.ContainsFunc(s.House.TrustedServers, func(t string) bool { return strings.EqualFold(t, field.Server) })
	}
	return i == 0 && len(s.Message.Route) > 0 && ours(s.Message.Route[0].By, s.House.TrustedServers)
}

// ours reports whether a host is one of the trusted servers or below one.
func ours(host string, servers []string) bool { return domain.In(domain.Clean(host), servers) }

// borderOf finds the hop at which the mail came to the house: the lowest of the
// unbroken run of our servers from the top. What is below was written by others.
func borderOf(s subject.Subject) Envelope {
	env := Envelope{Now: s.Now, MailFrom: s.Message.ReturnPath}
	for _, hop := range s.Message.Route {
		if !ours(hop.By, s.House.TrustedServers) {
			break
		}
		ip := net.ParseIP(hop.IP)
		if ip == nil || ip.IsPrivate() || ip.IsLoopback() || ours(hop.From, s.House.TrustedServers) {
			continue // handed on inside the house
		}
		env.IP, env.Helo = ip, hop.From
		break
	}
	if env.MailFrom == "" {
		env.IP = nil // without the envelope's sender there is nothing to ask for
	}
	return env
}

// outcomeOf sums up what we verified.
func outcomeOf(r Result) Outcome {
	o := Outcome{Source: Live, SPF: r.SPF.Status, SPFFor: r.SPF.Domain, DMARC: r.DMARC.Status, DKIM: None, Wish: r.DMARC.Wish}
	for _, s := range r.DKIM {
		if o.DKIM != Pass {
			o.DKIM = s.Status
		}
		if s.Status == Pass {
			o.Signed = append(o.Signed, s.Domain)
		}
	}
	return o
}

// sealedBy reads the results that a trusted server sealed, the newest first.
func sealedBy(a ARC, servers []string) Outcome {
	if a.Status != Pass {
		return Outcome{}
	}
	for _, seal := range slices.Backward(a.Seals) {
		if ours(seal.Domain, servers) {
			return outcomeIn(mail.ParseAuthResults(seal.Results), Sealed)
		}
	}
	return Outcome{}
}

// outcomeIn reads one field.
func outcomeIn(field mail.AuthResults, source Source) Outcome {
	o := Outcome{Source: source, Quote: field.Raw}
	for _, r := range field.Results {
		status := statusOf(r.Value)
		switch r.Method {
		case "spf":
			o.SPF, o.SPFFor = status, spfFor(r.Props)
		case "dmarc":
			o.DMARC, o.Wish = status, wishIn(r)
		case "dkim":
			o.addDKIM(status, r.Props)
		}
	}
	return o
}

func (o *Outcome) addDKIM(status Status, props map[string]string) {
	if o.DKIM != Pass {
		o.DKIM = status
	}
	d := props["header.d"]
	if d == "" {
		d = domainOf(props["header.i"])
	}
	if d = asciiDomain(d); status == Pass && d != "" {
		o.Signed = append(o.Signed, d)
	}
}

func spfFor(props map[string]string) string {
	for _, name := range []string{"smtp.mailfrom", "smtp.mail", "smtp.helo"} {
		if v := strings.Trim(props[name], "<>"); v != "" {
			return asciiDomain(v[strings.LastIndexByte(v, '@')+1:])
		}
	}
	return ""
}

// wishIn reads what the domain asked for, where the server wrote it: the
// policy, or what it did because of it.
func wishIn(r mail.AuthResult) Wish {
	for _, name := range []string{"policy.dmarc", "policy.published-domain-policy", "policy", "action"} {
		if w, ok := wish(r.Props[name]); ok {
			return w
		}
		if strings.HasPrefix(r.Props[name], "oreject") {
			return WishReject // Microsoft's "rejected by policy, overridden by us"
		}
	}
	return ""
}

// statusOf reads a result word; what no standard knows counts as nothing.
func statusOf(value string) Status {
	switch s := Status(value); s {
	case Pass, Fail, SoftFail, Neutral, Policy, TempError, PermError, None:
		return s
	case NotChecked:
	}
	switch value {
	case "hardfail", "reject":
		return Fail
	case "permfail":
		return PermError
	case "tempfail", "timeout":
		return TempError
	}
	return None
}

// with adds what a further field of the same source says and this one doesn't.
func (o Outcome) with(more Outcome) Outcome {
	if o.SPF == "" {
		o.SPF, o.SPFFor = more.SPF, more.SPFFor
	}
	if o.DMARC == "" {
		o.DMARC, o.Wish = more.DMARC, more.Wish
	}
	if o.DKIM == "" {
		o.DKIM, o.Signed = more.DKIM, more.Signed
	}
	return o
}

// contradicts reports whether two fields in one server's name say opposite things.
func (o Outcome) contradicts(other Outcome) bool {
	opposite := func(a, b Status) bool { return (a == Pass && b == Fail) || (a == Fail && b == Pass) }
	return opposite(o.SPF, other.SPF) || opposite(o.DMARC, other.DMARC)
}
