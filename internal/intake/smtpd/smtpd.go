// Package smtpd is the SMTP door: it takes mail for the report addresses and
// nothing else, and says 250 only when the message is safe with us.
//
// SMTP (RFC 5321) is a conversation of lines: EHLO, MAIL FROM, RCPT TO, DATA,
// the text, a dot. The answer to the dot is the promise: 250 means "it's mine
// now", 4xx means "keep it and come again", 5xx means "tell your sender it
// can't be". A sender's server acts on nothing but that number, so this door
// translates every failure to the right one, in one switch (see reply).
package smtpd

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"strings"
	"time"
)

// Delivery is one mail as it came through the door.
type Delivery struct {
	Raw      []byte   // the message as sent, CRLF kept, no field added
	From     string   // envelope sender; "" is the null sender of bounces
	To       []string // accepted recipients, as written by the client
	RemoteIP net.IP   // who speaks to us
	Helo     string   // what it calls itself; proves nothing
	TLS      bool     // the line is encrypted
}

// Deliver takes a mail. It returns nil only when the mail is safely stored; a
// fault tells the door what to answer. It may be called from many connections
// at once. Its context ends when the house is closed by force.
type Deliver func(ctx context.Context, d Delivery) error

// Config is what the door needs to know. Zero limits mean the defaults.
type Config struct {
	Hostname  string   // our name in the greeting
	Addresses []string // the report addresses; plus-addresses of them are accepted too
	TLS       *tls.Config
	// RequireTLS refuses mail over an unencrypted line.
	RequireTLS bool

	MaxBytes       int64         // of one message; 50 MiB
	MaxRecipients  int           // of one message; 50
	MaxCommands    int           // MAIL and RCPT commands of one connection; 1,000
	MaxMails       int           // mails of one connection; 100
	MaxConnections int           // in all; 200
	MaxPerIP       int           // connections of one address at once; 20
	PerMinute      int           // new connections of one address a minute; 120
	Timeout        time.Duration // for one command, or the whole text of one mail; 5 min
	DeliverTimeout time.Duration // for storing one mail; 1 min

	// Trusted are relays that MaxPerIP and PerMinute don't bind: a mail gateway
	// in front of us brings everybody's mail from one address.
	Trusted []*net.IPNet

	Deliver Deliver
	Log     *slog.Logger     // nil: says nothing. No message content is logged.
	Now     func() time.Time // the clock of limits and deadlines
	ErrorID func() string    // names an internal failure in the log and in the answer
}

// The limits where Config says nothing.
const (
	defaultBytes          = 50 << 20
	defaultRecipients     = 50
	defaultCommands       = 1000
	defaultMails          = 100
	defaultConnections    = 200
	defaultPerIP          = 20
	defaultPerMinute      = 120
	defaultTimeout        = 5 * time.Minute
	defaultDeliverTimeout = time.Minute

	// maxLine is far above RFC 5321's 1,000: a reported mail may itself be
	// malformed, and refusing it for its long lines would lose the report.
	maxLine = 1 << 20
)

func (c Config) withDefaults() Config {
	c.MaxBytes = or(c.MaxBytes, defaultBytes)
	c.MaxRecipients = or(c.MaxRecipients, defaultRecipients)
	c.MaxCommands = or(c.MaxCommands, defaultCommands)
	c.MaxMails = or(c.MaxMails, defaultMails)
	c.MaxConnections = or(c.MaxConnections, defaultConnections)
	c.MaxPerIP = or(c.MaxPerIP, defaultPerIP)
	c.PerMinute = or(c.PerMinute, defaultPerMinute)
	c.Timeout = or(c.Timeout, defaultTimeout)
	c.DeliverTimeout = or(c.DeliverTimeout, defaultDeliverTimeout)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func or[T int | int64 | time.Duration](value, fallback T) T {
	if value > 0 {
		return value
	}
	return fallback
}

// accepts reports whether to is one of our addresses, with or without a
// plus-token: report+anything@ours.example is report@ours.example.
func (c Config) accepts(to string) bool {
	for _, ours := range c.Addresses {
		if strings.EqualFold(to, ours) || strings.EqualFold(withoutToken(to), ours) {
			return true
		}
	}
	return false
}

func withoutToken(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return address
	}
	local, _, _ := strings.Cut(address[:at], "+")
	return local + address[at:]
}
