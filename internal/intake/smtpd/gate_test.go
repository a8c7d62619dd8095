package smtpd_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/intake/smtpd"
)

func TestConnectionsOfOneAddress(t *testing.T) {
	t.Parallel()
	_, addr := door(t, &house{}, func(c *smtpd.Config) { c.MaxPerIP = 2 })
	a, b := hello(t, addr), hello(t, addr)
	call(t, addr).want("421 4.7.0")
	a.say("QUIT", "221")
	if _, err := a.r.ReadByte(); err == nil {
		t.Error("the line is still open")
	}
	eventually(t, func() bool {
		c := call(t, addr)
		return strings.HasPrefix(c.reply(), "220")
	})
	b.say("NOOP", "250")
}

// eventually asks until the answer is yes; the test's own deadline ends it.
func eventually(t *testing.T, ask func() bool) {
	t.Helper()
	for range 1000 {
		if ask() {
			return
		}
	}
	t.Error("it did not come true")
}

func TestConnectionsInAll(t *testing.T) {
	t.Parallel()
	_, addr := door(t, &house{}, func(c *smtpd.Config) { c.MaxConnections = 1 })
	hello(t, addr)
	call(t, addr).want("421 4.3.2")
}

func TestCallsAMinute(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	clock := make(chan time.Time, 1)
	clock <- at
	now := func() time.Time { at := <-clock; clock <- at; return at }
	_, addr := door(t, &house{}, func(c *smtpd.Config) { c.PerMinute, c.Now = 3, now })
	for range 3 {
		hello(t, addr).say("QUIT", "221")
	}
	call(t, addr).want("421 4.7.0")
	<-clock
	clock <- at.Add(20 * time.Second) // a third of a minute: one more
	hello(t, addr).say("QUIT", "221")
	call(t, addr).want("421 4.7.0")
}

func TestTrustedRelayIsNotBound(t *testing.T) {
	t.Parallel()
	_, loopback, err := net.ParseCIDR("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	_, addr := door(t, &house{}, func(c *smtpd.Config) {
		c.PerMinute, c.MaxPerIP, c.Trusted = 1, 1, []*net.IPNet{loopback}
	})
	for range 5 {
		hello(t, addr)
	}
}

func certificate(t *testing.T) (serve, trust *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"mx.corp.example"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}},
		&tls.Config{RootCAs: pool, ServerName: "mx.corp.example"}
}

func secure(t *testing.T, c *client, trust *tls.Config) *client {
	t.Helper()
	encrypted := tls.Client(c.c, trust)
	if err := encrypted.HandshakeContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &client{t: t, c: encrypted, r: bufio.NewReader(encrypted)}
}

func TestSTARTTLS(t *testing.T) {
	t.Parallel()
	serve, trust := certificate(t)
	h := &house{}
	_, addr := door(t, h, func(c *smtpd.Config) { c.TLS, c.RequireTLS = serve, true })
	c := hello(t, addr)
	c.say("MAIL FROM:<a@corp.example>", "530")
	c.say("STARTTLS", "220")
	c = secure(t, c, trust)
	c.say("MAIL FROM:<a@corp.example>", "502") // greet again: nothing said before counts
	if caps := c.say("EHLO safe.example", "250"); strings.Contains(caps, "STARTTLS") {
		t.Errorf("%q", caps)
	}
	if got := c.send("Subject: x\r\n\r\nx"); !strings.HasPrefix(got, "250") {
		t.Fatal(got)
	}
	if d := h.got()[0]; !d.TLS || d.Helo != "safe.example" {
		t.Errorf("%+v", d)
	}
}

// Commands slipped in behind STARTTLS, before the handshake, must not be
// carried out inside the encrypted conversation (CVE-2011-0411 and its kin).
func TestNoInjectionBeforeTLS(t *testing.T) {
	t.Parallel()
	serve, trust := certificate(t)
	h := &house{}
	_, addr := door(t, h, func(c *smtpd.Config) { c.TLS = serve })
	c := hello(t, addr)
	c.write("STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@corp.example>\r\nRCPT TO:<report@corp.example>\r\nDATA\r\nSubject: evil\r\n\r\nx\r\n.\r\n")
	c.want("220")
	encrypted := tls.Client(c.c, trust)
	if encrypted.HandshakeContext(t.Context()) == nil { // else what was slipped in broke the handshake: as good
		c = &client{t: t, c: encrypted, r: bufio.NewReader(encrypted)}
		c.say("NOOP", "250 2.0.0 I have") // the first answer inside is to the first command inside
		c.say("MAIL FROM:<a@corp.example>", "502")
	}
	if len(h.got()) != 0 {
		t.Error("a mail was slipped in")
	}
}

// Half a mail inside TLS, ended politely, is no mail either.
func TestBrokenOffChunkInsideTLS(t *testing.T) {
	t.Parallel()
	serve, trust := certificate(t)
	h := &house{}
	s, addr := door(t, h, func(c *smtpd.Config) { c.TLS = serve })
	c := hello(t, addr)
	c.say("STARTTLS", "220")
	c = secure(t, c, trust)
	c.say("EHLO safe.example", "250")
	c.say("MAIL FROM:<a@corp.example>", "250")
	c.say("RCPT TO:<report@corp.example>", "250")
	c.write("BDAT 1000 LAST\r\nSubject: x\r\n\r\nhalf\r\n")
	_ = c.c.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_ = s.Shutdown(ctx)
	if got := h.got(); len(got) != 0 {
		t.Errorf("half a mail was taken: %q", got[0].Raw)
	}
}

func TestShutdownFinishesWhatItHolds(t *testing.T) {
	t.Parallel()
	h := &house{}
	entered, release := make(chan struct{}), make(chan struct{})
	h.say = func(context.Context, smtpd.Delivery) error {
		close(entered)
		<-release
		return nil
	}
	s, addr := door(t, h, nil)
	idle, busy := hello(t, addr), hello(t, addr)
	busy.say("MAIL FROM:<a@corp.example>", "250")
	busy.say("RCPT TO:<report@corp.example>", "250")
	busy.say("DATA", "354")
	busy.write("Subject: x\r\n\r\nx\r\n.\r\n")
	<-entered
	ended := make(chan error, 1)
	go func() { ended <- s.Shutdown(context.WithoutCancel(t.Context())) }()
	idle.want("421") // an idle client is told, at once
	close(release)
	busy.want("250") // the other one gets its answer
	busy.want("421")
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(h.got()) != 1 {
		t.Error("the mail in progress was lost")
	}
	if c, err := net.Dial("tcp", addr); err == nil {
		_ = c.Close()
		t.Error("the door is still open")
	}
}

func TestShutdownByForce(t *testing.T) {
	t.Parallel()
	h := &house{say: func(ctx context.Context, _ smtpd.Delivery) error { <-ctx.Done(); return ctx.Err() }}
	s, addr := door(t, h, nil)
	c := hello(t, addr)
	c.say("MAIL FROM:<a@corp.example>", "250")
	c.say("RCPT TO:<report@corp.example>", "250")
	c.say("DATA", "354")
	c.write("Subject: x\r\n\r\nx\r\n.\r\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Shutdown(ctx); err == nil {
		t.Error("it claims to have ended well")
	}
	if line, err := c.r.ReadString('\n'); err == nil && strings.HasPrefix(line, "250") {
		t.Errorf("promised: %q", line)
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	full := smtpd.Config{Addresses: []string{"a@b.example"}, Deliver: (&house{}).deliver, Now: time.Now}
	if _, err := smtpd.New(full); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*smtpd.Config){
		"no addresses": func(c *smtpd.Config) { c.Addresses = nil }, "no Deliver": func(c *smtpd.Config) { c.Deliver = nil },
		"no clock": func(c *smtpd.Config) { c.Now = nil }, "TLS without certificate": func(c *smtpd.Config) { c.RequireTLS = true },
	} {
		c := full
		change(&c)
		if _, err := smtpd.New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
