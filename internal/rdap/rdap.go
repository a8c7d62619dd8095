// Package rdap asks registries since when a domain exists (RFC 9082, RFC 9083).
//
// Which registry answers for which ending stands in a file that IANA publishes
// (RFC 9224). Only that file's address is configured; the registries that it
// names, and no others, are asked. What they learn is the registrable domain,
// nothing else of a message.
package rdap

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
)

// Bootstrap is where IANA publishes who answers for which ending.
const Bootstrap = "https://data.iana.org/rdap/dns.json"

const (
	keepTable   = 7 * 24 * time.Hour
	mostEndings = 10_000
	accept      = "application/rdap+json, application/json"
)

// Client asks registries. It is safe for concurrent use.
type Client struct {
	bootstrap string
	open      func(allowed []string) fetch.Getter

	mu    sync.Mutex
	table map[string]string // ending to the address of its registry
	get   fetch.Getter      // may ask the registries of the table
	since time.Time
}

// New makes a client. open makes a getter that may get the addresses given.
func New(bootstrap string, open func(allowed []string) fetch.Getter) *Client {
	return &Client{bootstrap: bootstrap, open: open}
}

// Prepare reads which registry answers for which ending, when that was not done
// for a week. Until it has succeeded once, nothing is known.
func (c *Client) Prepare(ctx context.Context, now time.Time) error {
	c.mu.Lock()
	current := c.table != nil && now.Sub(c.since) < keepTable
	c.mu.Unlock()
	if current {
		return nil
	}
	a, err := c.open([]string{c.bootstrap}).Get(ctx, fetch.Request{URL: c.bootstrap})
	if err != nil {
		return err
	}
	table, err := registries(a.Body)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.fetch-failed", err)
	}
	allowed := make([]string, 0, len(table))
	for _, base := range table {
		allowed = append(allowed, base)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.table, c.get, c.since = table, c.open(allowed), now
	return nil
}

var errTable = errors.New("rdap: the file of registries is empty or too long")

// registries reads the file of RFC 9224: lists of endings, each with the
// addresses of its registry. Only https is taken.
func registries(raw []byte) (map[string]string, error) {
	var file struct {
		Services [][][]string `json:"services"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	table := map[string]string{}
	for _, service := range file.Services {
		if len(service) != 2 {
			continue
		}
		for _, base := range service[1] {
			if strings.HasPrefix(base, "https://") && strings.HasSuffix(base, "/") {
				for _, ending := range service[0] {
					table[strings.ToLower(ending)] = base
				}
				break
			}
		}
	}
	if len(table) == 0 || len(table) > mostEndings {
		return nil, errTable
	}
	return table, nil
}

// Registered gives the day a registrable domain was registered. A registry that
// does not know the domain or does not say is fault.NotFound.
func (c *Client) Registered(ctx context.Context, domain string) (time.Time, error) {
	unknown := fault.New(fault.NotFound, "fault.not-found", nil)
	ending := domain[strings.LastIndexByte(domain, '.')+1:]
	c.mu.Lock()
	base, get := c.table[ending], c.get
	c.mu.Unlock()
	if base == "" || !plain(domain) {
		return time.Time{}, unknown
	}
	a, err := get.Get(ctx, fetch.Request{URL: base + "domain/" + domain, Accept: accept})
	if err != nil {
		return time.Time{}, err
	}
	if at, ok := registration(a.Body); ok {
		return at, nil
	}
	return time.Time{}, unknown
}

// plain reports whether a name can stand in an address as it is (RFC 1123).
func plain(domain string) bool {
	return len(domain) <= 253 && strings.Contains(domain, ".") && !strings.Contains(domain, "..") &&
		strings.Trim(domain, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

// registration finds the event "registration" (RFC 9083 10.2.3).
func registration(raw []byte) (time.Time, bool) {
	var answer struct {
		Events []struct {
			Action string `json:"eventAction"`
			Date   string `json:"eventDate"`
		} `json:"events"`
	}
	if json.Unmarshal(raw, &answer) != nil {
		return time.Time{}, false
	}
	for _, e := range answer.Events {
		if e.Action != "registration" {
			continue
		}
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
			if at, err := time.Parse(layout, e.Date); err == nil && !at.IsZero() {
				return at.UTC(), true
			}
		}
	}
	return time.Time{}, false
}
