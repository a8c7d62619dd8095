// Package subject is what every analyzer looks at: one message, what the
// organisation knows, and the moment of judging. It stands apart from package
// analysis so that analyzers can import it while analysis imports them.
package subject

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/mail"
)

// Subject is what an analyzer looks at.
type Subject struct {
	Message *mail.Message
	House   House
	DNS     dns.Resolver // nil: no network, authentication is read from trusted headers only
	Now     time.Time    // the moment of judging
	// Registry says when domains were registered; nil where nobody may ask.
	Registry Registry
}

// Registry knows since when a registrable domain exists. It answers false for
// what it does not know, and soon: a message may not wait for it.
type Registry interface {
	Registered(ctx context.Context, domain string) (time.Time, bool)
}

// House is what this organisation knows.
type House struct {
	Domains        []string   // its own domains
	People         []string   // addresses of its people
	Names          []string   // display names worth imitating (leaders, finance, help desk)
	Known          []string   // domains it does business with
	TrustedServers []string   // authserv-ids whose Authentication-Results we believe
	Exercises      []Exercise // proofs of the exercises it runs
	Risk           float64    // share of wrong answers it accepts, such as 0.005; 0 for the usual
	Suppliers      []string   // domains that send it bills
	Newsletters    []string   // domains of newsletters that it receives
	Seen           *Seen      // what it remembers of the sender; nil: it has no memory

	Learned learn.Correction // what it learned from the decisions of its team; nil for nothing

	Lists  *feed.Set     // what others know to be dangerous; nil for nothing
	Sites  *feed.Set     // well-known sites; nil for nothing
	Places *domain.Lists // shorteners, free hosts, brands … with our own; nil for those that ship
}

// Exercise is a second proof that a message is an exercise. A mark in a header
// can be typed by anyone, so it is only a hint; one of the fields that is set
// must hold besides a mark.
type Exercise struct {
	DKIMDomain string // a passing DKIM signature of this domain
	IP         string // an address or CIDR prefix at the hop our server saw
	Secret     string // a string of 16 characters or more that only the campaign holds
}
