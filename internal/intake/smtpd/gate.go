package smtpd

import (
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate decides who may come in, and knows every open line.
type gate struct {
	cfg Config

	mu      sync.Mutex
	closing bool
	lines   map[*line]struct{}
	perIP   map[string]int
	rates   map[string]*rate.Limiter
}

// maxRates bounds the memory for addresses seen lately; when it is full the
// idle ones are forgotten.
const maxRates = 10_000

func newGate(cfg Config) *gate {
	return &gate{
		cfg: cfg, lines: map[*line]struct{}{},
		perIP: map[string]int{}, rates: map[string]*rate.Limiter{},
	}
}

// admit makes a line of a connection, or says why not.
func (g *gate) admit(c net.Conn) (*line, string) {
	ip := remoteIP(c)
	key := network(ip)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.closing:
		return nil, "421 4.3.2 We are restarting, please try again in a minute"
	case len(g.lines) >= g.cfg.MaxConnections:
		return nil, "421 4.3.2 Too many lines are open, please try again later"
	case g.trusted(ip):
	case g.perIP[key] >= g.cfg.MaxPerIP:
		return nil, "421 4.7.0 Too many lines from your address, please try again later"
	case !g.limiter(key).AllowN(g.cfg.Now(), 1):
		return nil, "421 4.7.0 Too many calls from your address, please try again later"
	}
	l := &line{Conn: c, gate: g, ip: ip, key: key}
	g.lines[l] = struct{}{}
	g.perIP[key]++
	return l, ""
}

func (g *gate) trusted(ip net.IP) bool {
	for _, n := range g.cfg.Trusted {
		if n.Contains(ip) {
			return true
		}
	}
	return false
}

func (g *gate) limiter(key string) *rate.Limiter {
	if l, ok := g.rates[key]; ok {
		return l
	}
	if len(g.rates) >= maxRates {
		g.forget()
	}
	every := rate.Every(time.Minute / time.Duration(g.cfg.PerMinute))
	l := rate.NewLimiter(every, g.cfg.PerMinute)
	g.rates[key] = l
	return l
}

// forget drops the addresses whose allowance is whole again, else all: a flood
// from ten thousand networks is stopped by MaxConnections.
func (g *gate) forget() {
	for key, l := range g.rates {
		if l.TokensAt(g.cfg.Now()) >= float64(g.cfg.PerMinute) {
			delete(g.rates, key)
		}
	}
	if len(g.rates) >= maxRates {
		clear(g.rates)
	}
}

// leave forgets a line that was closed.
func (g *gate) leave(l *line) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.lines[l]; !ok {
		return
	}
	delete(g.lines, l)
	if g.perIP[l.key]--; g.perIP[l.key] <= 0 {
		delete(g.perIP, l.key)
	}
}

// close turns newcomers away and wakes the idle lines, which then end.
func (g *gate) close() {
	g.mu.Lock()
	g.closing = true
	lines := g.snapshot()
	g.mu.Unlock()
	for _, l := range lines {
		l.hurry()
	}
}

// breakOff closes every line that is left.
func (g *gate) breakOff() {
	g.mu.Lock()
	lines := g.snapshot()
	g.mu.Unlock()
	for _, l := range lines {
		_ = l.Close()
	}
}

func (g *gate) snapshot() []*line {
	lines := make([]*line, 0, len(g.lines))
	for l := range g.lines {
		lines = append(lines, l)
	}
	return lines
}

// listener is l behind the gate.
func (g *gate) listener(l net.Listener) net.Listener { return &gatedListener{Listener: l, gate: g} }

type gatedListener struct {
	net.Listener
	gate *gate
}

// Accept waits for a client that may come in; the others are told and left.
func (l *gatedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		admitted, refusal := l.gate.admit(c)
		if admitted != nil {
			return admitted, nil
		}
		_, _ = c.Write([]byte(refusal + "\r\n")) // one line into an empty buffer: it does not block
		_ = c.Close()
	}
}

func remoteIP(c net.Conn) net.IP {
	host, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil {
		return nil
	}
	return net.ParseIP(host)
}

// network is what counts as one client: an IPv4 address, or the /64 of IPv6
// that every customer of a provider has to itself.
func network(ip net.IP) string {
	if ip.To4() != nil || ip == nil {
		return ip.String()
	}
	return ip.Mask(net.CIDRMask(64, 128)).String()
}
