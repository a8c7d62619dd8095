// Package lists keeps what others know to be dangerous: the last good copy of
// each configured list, when it was got, and what went wrong since. It also
// remembers since when domains exist, so that a registry is asked once.
//
// A list that cannot be read again stays in use, with its age shown: a desk
// without a network works with what it has.
package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"time"

	"github.com/bienvu/bienvu/internal/feed"
)

// Feed is a list as it is configured.
type Feed struct {
	Name   string
	Format feed.Format
	URL    string // where it is got from; "" when it is a file
	File   string
	Every  time.Duration // how often it is read again
}

// Source names where the list comes from, without the key that an address may
// hold: its host, and a digest that changes when the address does.
func (f Feed) Source() string {
	if f.URL == "" {
		return f.File
	}
	digest := sha256.Sum256([]byte(f.URL))
	return f.Host() + " " + hex.EncodeToString(digest[:6])
}

// Host is the server that the list is got from, "" for a file.
func (f Feed) Host() string {
	u, err := url.Parse(f.URL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// State is what became of a list.
type State struct {
	Name     string
	Source   string
	ETag     string // of the copy
	Modified string // of the copy
	Tried    time.Time
	Got      time.Time // when the copy was last known to be current; zero without a copy
	Entries  int
	Skipped  int
	Cut      bool   // only the beginning was read
	Problem  string // key of the sentence that says what went wrong last, "" when it went well
	Failures int    // in a row
}

// After a failure a list is tried again soon, then ever more seldom.
const firstRetry = 5 * time.Minute

// Due reports whether a list should be read again. A list that comes from
// elsewhere than its copy is always due.
func (s State) Due(f Feed, now time.Time) bool {
	wait := f.Every
	if s.Failures > 0 {
		wait = min(firstRetry<<min(s.Failures-1, 10), f.Every)
	}
	return s.Source != f.Source() || !now.Before(s.Tried.Add(wait))
}

// How long an answer of a registry is remembered: a domain that was let go may
// be registered again, and a registry that did not answer may do so later.
const (
	rememberKnown   = 30 * 24 * time.Hour
	rememberUnknown = 6 * time.Hour
)

// Age is since when a domain exists.
type Age struct {
	Domain     string
	Registered time.Time // zero when the registry did not say
	Asked      time.Time
}

// Fresh reports whether the answer still counts.
func (a Age) Fresh(now time.Time) bool {
	if a.Registered.IsZero() {
		return now.Sub(a.Asked) < rememberUnknown
	}
	return now.Sub(a.Asked) < rememberKnown
}
