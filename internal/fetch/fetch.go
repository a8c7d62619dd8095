// Package fetch is the seam to the web: it gets what stands at a few fixed,
// configured addresses, and nothing else.
//
// Bienvu reads hostile mail all day, so the one thing this package must never
// do is to follow an address out of one. A client is made with the addresses it
// may get; anything else is refused before a packet leaves. It speaks https
// only, follows a redirect only on the same host and below what was configured,
// never connects to an address inside the house unless told that the list lives
// there, and ends after so many bytes and seconds.
package fetch

import (
	"context"
	"embed"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
)

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS

// Getter gets what stands at an address. It is safe for concurrent use.
//
// What is not allowed is fault.Forbidden, what is too long fault.TooMuch, what
// is not there fault.NotFound; anything else that goes wrong on the way is
// fault.Unavailable.
type Getter interface {
	Get(ctx context.Context, r Request) (Answer, error)
}

// Request asks for one address.
type Request struct {
	URL      string
	ETag     string // of the copy we have, "" for none (RFC 9110 8.8.3)
	Modified string // Last-Modified of the copy we have
	Accept   string // media types, "" for any
}

// Answer is what stands there.
type Answer struct {
	Body      []byte
	ETag      string
	Modified  string
	Unchanged bool // the copy we have is still good; Body is empty
}

// Options say what a client may do.
type Options struct {
	Allowed []string      // addresses; one that ends with a slash allows all below it
	Private bool          // hosts inside the house may be asked too
	Timeout time.Duration // of one request; 0 means 30 s
	Most    int64         // bytes of one answer, unpacked; 0 means 64 MB
	Agent   string        // how we introduce ourselves
}

const (
	defaultTimeout = 30 * time.Second
	defaultMost    = 64 << 20
)

// errOutside says that an address is not among those allowed.
var errOutside = errors.New("fetch: the address is not one of those configured")

// allow reports whether address may be asked for: https, no user, and equal to
// a configured address or below one that ends with a slash.
func (o Options) allow(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || dotted(u) {
		return fault.Wrap(fault.Forbidden, "fault.fetch-forbidden", errOutside)
	}
	for _, base := range o.Allowed {
		b, err := url.Parse(base)
		if err != nil || b.Scheme != "https" || !strings.EqualFold(b.Host, u.Host) {
			continue
		}
		if b.EscapedPath() == u.EscapedPath() && b.RawQuery == u.RawQuery {
			return nil
		}
		if strings.HasSuffix(b.Path, "/") && strings.HasPrefix(u.EscapedPath(), b.EscapedPath()) {
			return nil
		}
	}
	return fault.Wrap(fault.Forbidden, "fault.fetch-forbidden", errOutside)
}

// dotted reports whether a path climbs, plainly or in percent signs.
func dotted(u *url.URL) bool {
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == ".." || part == "." {
			return true
		}
	}
	return strings.Contains(u.Path, "\\")
}
