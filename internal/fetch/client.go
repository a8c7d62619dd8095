package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
)

// client asks over the network.
type client struct {
	options Options
	http    *http.Client
}

// New makes a client of the network.
func New(o Options) Getter { return newClient(o, http.DefaultTransport) }

// newClient makes a client; tests give the transport whose certificates it trusts.
func newClient(o Options, like http.RoundTripper) *client {
	o.Timeout, o.Most = cmp.Or(o.Timeout, defaultTimeout), cmp.Or(o.Most, defaultMost)
	c := &client{options: o}
	t := &http.Transport{}
	if known, ok := like.(*http.Transport); ok {
		t = known.Clone()
	}
	t.Proxy = nil
	t.DialContext = (&net.Dialer{Timeout: o.Timeout, Control: c.mayConnect}).DialContext
	t.MaxResponseHeaderBytes = 64 << 10
	t.MaxConnsPerHost, t.IdleConnTimeout = 2, 30*time.Second
	c.http = &http.Client{Transport: t, Timeout: o.Timeout, CheckRedirect: c.mayFollow}
	return c
}

var (
	errInside = errors.New("fetch: the host lies inside the house")
	errHops   = errors.New("fetch: too many redirects")
)

// mayConnect looks at the address that a name led to, at the last moment before
// the connection, so that no name can be made to lead inside in between.
func (c *client) mayConnect(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !c.options.Private && inside(at.Addr().Unmap()) {
		return errInside
	}
	return nil
}

// reserved are networks that no public server has (RFC 6890, RFC 6598, RFC 6052,
// RFC 4291, RFC 4380, RFC 7526).
//
//nolint:gochecknoglobals // a constant table
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"), // an IPv4 address inside, or a site's own
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
}

func inside(ip netip.Addr) bool {
	for _, p := range reserved {
		if p.Contains(ip) {
			return true
		}
	}
	return !ip.IsGlobalUnicast() || ip.IsPrivate()
}

const mostHops = 3

// mayFollow lets a redirect pass that stays on the host and below what was
// configured.
func (c *client) mayFollow(next *http.Request, via []*http.Request) error {
	if len(via) > mostHops {
		return errHops
	}
	if next.URL.Host != via[0].URL.Host {
		return fault.Wrap(fault.Forbidden, "fault.fetch-moved", fmt.Errorf("%w: %s", errOutside, next.URL.Host))
	}
	return c.options.allow(next.URL.String())
}

// Get asks for an allowed address.
func (c *client) Get(ctx context.Context, r Request) (Answer, error) {
	if err := c.options.allow(r.URL); err != nil {
		return Answer{}, err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, http.NoBody)
	if err != nil {
		return Answer{}, fault.Wrap(fault.Forbidden, "fault.fetch-forbidden", err)
	}
	for name, value := range map[string]string{"User-Agent": c.options.Agent, "Accept": r.Accept, "If-None-Match": r.ETag, "If-Modified-Since": r.Modified} {
		if value != "" {
			ask.Header.Set(name, value)
		}
	}
	got, err := c.http.Do(ask)
	if err != nil {
		return Answer{}, failed(err)
	}
	defer func() { _ = got.Body.Close() }()
	return c.read(got)
}

// failed gives a fault that a redirect was refused with as it is.
func failed(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	if errors.Is(err, errInside) {
		return fault.Wrap(fault.Forbidden, "fault.fetch-inside", err)
	}
	return fault.Wrap(fault.Unavailable, "fault.fetch-failed", err)
}

func (c *client) read(got *http.Response) (Answer, error) {
	a := Answer{ETag: got.Header.Get("ETag"), Modified: got.Header.Get("Last-Modified")}
	switch got.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		a.Unchanged = true
		return a, nil
	case http.StatusNotFound, http.StatusGone:
		return a, fault.Wrap(fault.NotFound, "fault.fetch-missing", statusError(got.StatusCode))
	case http.StatusUnauthorized, http.StatusForbidden:
		return a, fault.Wrap(fault.Unavailable, "fault.fetch-refused", statusError(got.StatusCode))
	default:
		return a, fault.Wrap(fault.Unavailable, "fault.fetch-failed", statusError(got.StatusCode))
	}
	var err error
	if a.Body, err = io.ReadAll(io.LimitReader(got.Body, c.options.Most+1)); err != nil {
		return Answer{}, failed(err)
	}
	if int64(len(a.Body)) > c.options.Most {
		return Answer{}, fault.New(fault.TooMuch, "fault.fetch-too-long", nil)
	}
	return a, nil
}

// statusError is an answer that is no success, by its number.
type statusError int

// Error says the number.
func (s statusError) Error() string { return fmt.Sprintf("fetch: the server answered %d", int(s)) }
