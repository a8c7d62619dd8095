// Package analysis runs the analyzers over one message within a budget and
// adds their findings up. Bytes in, values out: no SQL, no server, no clock.
package analysis

import (
	"time"

	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Subject is what an analyzer looks at.
type Subject struct {
	Message *mail.Message
	House   House
	DNS     dns.Resolver // nil: no network, authentication is read from trusted headers only
	Now     time.Time    // the moment of judging
}

// House is what this organisation knows.
type House struct {
	Domains        []string   // its own domains
	People         []string   // addresses of its people
	Names          []string   // display names worth imitating (leaders, finance, help desk)
	Known          []string   // domains it does business with
	TrustedServers []string   // authserv-ids whose Authentication-Results we believe
	Exercises      []Exercise // proofs of the exercises it runs
}

// Exercise is a second proof that a message is an exercise (INTAKE: a mark in
// a header can be typed by anyone, so it is only a hint). One of the fields
// that is set must hold, besides a mark.
type Exercise struct {
	DKIMDomain string // a passing DKIM signature of this domain
	IP         string // an address or CIDR prefix at the hop our server saw
	Secret     string // a string of 16 characters or more that only the campaign holds
}

// Result is everything the analysis says of one message.
type Result struct {
	verdict.Judgement
	Language string // ISO 639-1 of the message's text, "" when it can't be told
	Campaign string // fingerprint: equal for messages that surely belong together, "" when too little text
}
