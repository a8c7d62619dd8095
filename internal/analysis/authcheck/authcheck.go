// Package authcheck finds out whether a mail comes from where it says.
//
// Four methods answer parts of that question:
//   - SPF (RFC 7208): may this address of the network send for the domain of
//     the envelope? It breaks when a mail is forwarded.
//   - DKIM (RFC 6376): has the domain signed these header fields and this body?
//     It survives forwarding, and breaks when something is rewritten.
//   - DMARC (RFC 7489 and its successor): does one of the two belong to the
//     domain that people see in From ("alignment"), and what does that domain
//     ask for when not?
//   - ARC (RFC 8617): a chain in which each forwarder seals what it saw.
//
// A pass says who sent a mail, never that it is harmless: criminals sign their
// own domains. A failure says little alone too, as honest forwarding breaks
// things. So findings here weigh with care, and the strongest of them is a mail
// that claims our own domain and can't prove it.
//
// DNS is asked only through dns.Resolver, within a budget, and the moment of
// judging is given. Signatures are checked by our own code rather than by a
// library, because expiry must be judged at that moment, DNS must follow the
// caller's deadline, and ARC needs the same canonical forms; tests compare it
// with a library, both ways.
package authcheck

import (
	"context"
	"net"
	"time"

	"github.com/bienvu/bienvu/internal/dns"
)

// Status is the outcome of one method, in the words of RFC 8601.
type Status string

// The outcomes.
const (
	NotChecked Status = "not-checked" // what it takes was not there (no network address, no DNS)
	None       Status = "none"        // nothing to check: no record, no signature
	Pass       Status = "pass"        // it holds
	Fail       Status = "fail"        // it does not hold
	SoftFail   Status = "softfail"    // SPF: probably not allowed
	Neutral    Status = "neutral"     // SPF: the domain says nothing
	Policy     Status = "policy"      // it holds, but in a way that proves too little (weak key, expired, part of the body)
	TempError  Status = "temperror"   // could not be asked now; another time it may
	PermError  Status = "permerror"   // the record or signature makes no sense
)

// Envelope is what is known of the delivery, besides the mail itself.
type Envelope struct {
	IP       net.IP    // of the client that handed it over to us; nil when unknown: no SPF then
	Helo     string    // what that client called itself
	MailFrom string    // envelope sender; "" or "<>" is the null sender
	Now      time.Time // the moment of judging, for signatures that expire
}

// Result is what the four methods say of a mail.
type Result struct {
	SPF   SPF
	DKIM  []Signature // in the order of the header, the topmost first
	DMARC DMARC
	ARC   ARC
}

// Aligned reports whether a passing SPF or DKIM belongs to the domain in From,
// whether or not that domain publishes a policy: the mail proves itself.
func (r Result) Aligned() bool { return r.DMARC.BySPF || r.DMARC.ByDKIM }

// SPF is the outcome of RFC 7208.
type SPF struct {
	Status Status
	Domain string // the domain that was asked about: of MailFrom, else Helo
	Reason string // for the expert, English
}

// Signature is the outcome of one DKIM signature, or of one seal of ARC.
type Signature struct {
	Status   Status
	Domain   string // d=, in lower case
	Selector string // s=
	Identity string // i=, such as "@news.shop.example"
	Testing  bool   // the key says t=y: the domain is trying out
	Expired  bool   // x= lies before the moment of judging
	Broken   Breach // with Fail: what does not match
	Reason   string // for the expert, English
}

// Breach says which half of a signature does not match.
type Breach string

// The breaches. A changed body is common after mailing lists and rebuilt
// reports; a header that does not match is less so.
const (
	BodyChanged   Breach = "body"
	HeaderChanged Breach = "header"
)

// Limits of what one mail may cost. Lookups are questions to DNS.
const (
	maxSignatures   = 10 // DKIM signatures looked at; RFC 6376 8.4 asks for some limit
	maxSeals        = 20 // instances of an ARC chain; RFC 8617 4.2.1 allows 50, real chains have under 5
	lookupsForDKIM  = 10
	lookupsForDMARC = 6
	lookupsForSPF   = 20
	lookupsForARC   = 10
	maxKeyBits      = 8192 // an RSA key above it would make us work for the attacker
	minKeyBits      = 1024 // RFC 8301 3.2
)

// Verify checks a mail by asking DNS. It never fails: what could not be found
// out says so in its Status. raw may have any line ends; ctx bounds the time.
func Verify(ctx context.Context, r dns.Resolver, raw []byte, env Envelope) Result {
	m := split(raw)
	memo := newMemo(r)
	res := Result{
		DKIM: m.verifyDKIM(ctx, memo.within(lookupsForDKIM), env.Now),
		SPF:  verifySPF(ctx, memo.within(lookupsForSPF), env),
	}
	res.DMARC = m.verifyDMARC(ctx, memo.within(lookupsForDMARC), res.SPF, res.DKIM)
	res.ARC = m.verifyARC(ctx, memo.within(lookupsForARC), env.Now)
	return res
}
