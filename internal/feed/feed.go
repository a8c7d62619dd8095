// Package feed reads lists of what others know to be dangerous, and answers
// whether something stands on one.
//
// Threat lists come in many shapes: tables (URLhaus, PhishTank), plain lines
// (OpenPhish, a file of our own, a hosts file), events in JSON (MISP). Whatever
// the shape, an entry is one of a few kinds: an address, a host, a domain with
// all below it, a file, a sender. Parse reads any of them within a budget;
// Compile keeps of each entry eight bytes (of an address sixteen: it and its host), so that a million need eight to sixteen
// megabytes. A Set answers from many lists at once.
//
// Lists are made by strangers. An entry that would accuse half of the world (a
// public suffix such as "co.uk", a host without a dot) is left out, a line that
// is not understood costs that line only, and no list can make the reader slow,
// deep or large.
package feed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"time"
)

// Kind is what an entry names.
type Kind byte

// The kinds of entry.
const (
	URL    Kind = 'u' // one address: host, path and query
	Host   Kind = 'h' // exactly this host
	Domain Kind = 'd' // this host and every host below it
	Seen   Kind = 's' // a host at which an address is listed, not the host itself
	File   Kind = 'f' // the MD5, SHA-1 or SHA-256 of a file, in hex
	Sender Kind = 'e' // a mail address
)

// Entry is one thing that a list names, in the form in which it is compared.
type Entry struct {
	Kind  Kind
	Value string
	Note  string // what the list says of it in a word or two, "" for nothing
}

// Format is how a list is written.
type Format string

// The formats.
const (
	Plain     Format = "plain"     // one entry a line: an address, a host, an IP address, a hash, a sender; # begins a comment
	Hosts     Format = "hosts"     // as /etc/hosts: an address of a sink, then the hosts sent there
	OpenPhish Format = "openphish" // one address a line
	URLhaus   Format = "urlhaus"   // abuse.ch: CSV or JSON
	PhishTank Format = "phishtank" // CSV or JSON, mostly gzip
	MISP      Format = "misp"      // events of a MISP feed, one JSON value after another
)

// Formats lists the formats in the order people see them.
func Formats() []Format { return []Format{Plain, Hosts, OpenPhish, URLhaus, PhishTank, MISP} }

// Valid reports whether f is one of Formats.
func (f Format) Valid() bool { return readers[f] != nil }

// Lasting reports whether what such a list says stays true until somebody takes
// it back: a list that a person keeps. Addresses of traps live for days.
func (f Format) Lasting() bool { return f == Plain || f == Hosts }

// Fresh is how long what such a list said counts in full, unless it is Lasting.
const Fresh = 45 * 24 * time.Hour

// Budget limits what is read of one list.
type Budget struct {
	Bytes   int64 // after unpacking
	Entries int
	Line    int // bytes of one line; longer ones are left out
	Depth   int // of JSON
}

// DefaultBudget is enough for the largest public list.
func DefaultBudget() Budget {
	return Budget{Bytes: 256 << 20, Entries: 2_000_000, Line: 64 << 10, Depth: 32}
}

// Outcome says how reading went.
type Outcome struct {
	Entries int  // that were given to yield
	Skipped int  // lines or values that were not understood, or that say too much
	Cut     bool // the budget ran out: the rest was not read
}

// readers is one reader for each format.
//
//nolint:gochecknoglobals // a constant table
var readers = map[Format]func(*reading) error{
	Plain: (*reading).plain, Hosts: (*reading).hosts, OpenPhish: (*reading).plain,
	URLhaus: (*reading).table, PhishTank: (*reading).table, MISP: (*reading).misp,
}

// reading is one list being read.
type reading struct {
	in     *bufio.Reader
	bound  *bound
	format Format
	budget Budget
	yield  func(Entry)
	out    Outcome
}

// Parse reads a list and gives each entry to yield. Gzip is recognised. The
// error says that the whole is not such a list; what was read until then was
// given.
func Parse(format Format, r io.Reader, budget Budget, yield func(Entry)) (Outcome, error) {
	read := readers[format]
	if read == nil {
		return Outcome{}, fmt.Errorf("feed: no format %q", format)
	}
	opened, err := unpack(r)
	if err != nil {
		return Outcome{}, err
	}
	limit := &bound{r: opened, left: budget.Bytes}
	p := &reading{in: bufio.NewReaderSize(limit, max(budget.Line, 16)), bound: limit, format: format, budget: budget, yield: yield}
	err = read(p)
	p.out.Cut = p.out.Cut || limit.cut
	if p.out.Cut {
		err = nil // what stands before the end of the budget was read
	}
	return p.out, err
}

// unpack opens gzip (RFC 1952) and gives anything else back as it is.
func unpack(r io.Reader) (io.Reader, error) {
	head := bufio.NewReader(r)
	if magic, err := head.Peek(2); err != nil || !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return head, nil //nolint:nilerr // too short to be gzip: an empty list, perhaps
	}
	z, err := gzip.NewReader(head)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return z, nil
}

// bound ends a reader after so many bytes, and remembers that it did. It also
// keeps one value of JSON from growing without end in the decoder's memory.
type bound struct {
	r     io.Reader
	left  int64
	cut   bool
	since int // bytes read since the last value was understood
	most  int // of since; 0 for no limit
}

// errLong says that one value of JSON is longer than any address or note.
var errLong = errors.New("feed: a value is too long")

// Read reads what the budget still allows.
func (b *bound) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.cut = true
		return 0, io.EOF
	}
	if b.most > 0 && b.since > b.most {
		return 0, errLong
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.since += n
	return n, err
}

// full reports whether no more entries may be read.
func (p *reading) full() bool {
	if p.out.Entries < p.budget.Entries {
		return false
	}
	p.out.Cut = true
	return true
}

// add gives entries on; none means that the value was not understood.
func (p *reading) add(note string, all ...Entry) {
	if len(all) == 0 {
		p.out.Skipped++
		return
	}
	p.out.Entries++
	for _, e := range all {
		e.Note = note
		p.yield(e)
	}
}
