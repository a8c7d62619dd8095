package dns_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/bienvu/bienvu/internal/dns"
	"github.com/bienvu/bienvu/internal/dns/dnstest"
)

// The resolver of the machine, asking a server of this process over UDP.
func TestSystemConforms(t *testing.T) {
	t.Parallel()
	dnstest.Conform(t, dns.SystemAt(serve(t, dnstest.Zone()), 5*time.Second))
}

// A server that never answers is left after the timeout.
func TestSystemTimeout(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	r := dns.SystemAt(silent.LocalAddr().String(), 50*time.Millisecond)
	if _, err := r.LookupTXT(t.Context(), "mail.example"); err == nil || dns.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

func serve(t *testing.T, zone dns.Fake) string {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() {
		b := make([]byte, 1500)
		for {
			n, from, err := c.ReadFrom(b)
			if err != nil {
				return
			}
			if out, ok := respond(zone, b[:n]); ok {
				_, _ = c.WriteTo(out, from)
			}
		}
	}()
	return c.LocalAddr().String()
}

func respond(zone dns.Fake, question []byte) ([]byte, bool) {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil, false
	}
	q := m.Questions[0]
	out := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, RecursionAvailable: true}, Questions: m.Questions}
	bodies, err := records(zone, q)
	switch {
	case dns.IsNotFound(err):
		out.RCode = dnsmessage.RCodeNameError
	case err != nil:
		out.RCode = dnsmessage.RCodeServerFailure
	}
	for _, body := range bodies {
		header := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET, TTL: 60}
		out.Answers = append(out.Answers, dnsmessage.Resource{Header: header, Body: body})
	}
	packed, err := out.Pack()
	return packed, err == nil
}

// records asks the literal zone in the name of the question.
func records(zone dns.Fake, q dnsmessage.Question) (out []dnsmessage.ResourceBody, err error) {
	ctx, name := context.Background(), q.Name.String()
	switch q.Type {
	case dnsmessage.TypeTXT:
		texts, err := zone.LookupTXT(ctx, name)
		for _, text := range texts {
			out = append(out, &dnsmessage.TXTResource{TXT: []string{text}})
		}
		return out, err
	case dnsmessage.TypeMX:
		servers, err := zone.LookupMX(ctx, name)
		for _, s := range servers {
			out = append(out, &dnsmessage.MXResource{Pref: s.Pref, MX: dnsmessage.MustNewName(s.Host)})
		}
		return out, err
	case dnsmessage.TypePTR:
		names, err := zone.LookupAddr(ctx, address(name))
		for _, n := range names {
			out = append(out, &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName(n)})
		}
		return out, err
	}
	addresses, err := zone.LookupIPAddr(ctx, name)
	for _, a := range addresses {
		v4 := a.IP.To4()
		if v4 != nil && q.Type == dnsmessage.TypeA {
			out = append(out, &dnsmessage.AResource{A: [4]byte(v4)})
		}
		if v4 == nil && q.Type == dnsmessage.TypeAAAA {
			out = append(out, &dnsmessage.AAAAResource{AAAA: [16]byte(a.IP)})
		}
	}
	return out, err
}

// address undoes 1.2.0.192.in-addr.arpa.
func address(name string) string {
	p := strings.Split(strings.TrimSuffix(name, ".in-addr.arpa."), ".")
	if len(p) != 4 {
		return name
	}
	return strings.Join([]string{p[3], p[2], p[1], p[0]}, ".")
}
