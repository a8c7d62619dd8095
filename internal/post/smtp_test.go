package post_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/post/posttest"
)

// server is a submission server in this process.
type server struct {
	mu       sync.Mutex
	mails    []post.Mail
	fail     map[string]error // by command: "mail", "rcpt", "data"
	drop     bool             // closes the line instead of answering the dot
	signedIn []string
	tls      []bool
	addr     string
	trust    *tls.Config
}

type serverSession struct {
	s    *server
	c    *smtp.Conn
	mail post.Mail
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &serverSession{s: s, c: c}, nil
}

func (s *serverSession) Reset()        {}
func (s *serverSession) Logout() error { return nil }
func (s *serverSession) Mail(from string, _ *smtp.MailOptions) error {
	s.mail = post.Mail{From: from}
	_, encrypted := s.c.TLSConnectionState()
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.s.tls = append(s.s.tls, encrypted)
	return s.s.fail["mail"]
}

func (s *serverSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	return s.s.fail["rcpt"]
}

func (s *serverSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.s.fail["data"] != nil {
		return s.s.fail["data"]
	}
	s.mail.Raw = raw
	s.s.mu.Lock()
	s.s.mails = append(s.s.mails, s.mail)
	s.s.mu.Unlock()
	if s.s.drop {
		_ = s.c.Conn().Close()
	}
	return nil
}

func (*serverSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *serverSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "open sesame" {
			return errors.New("no")
		}
		s.s.mu.Lock()
		defer s.s.mu.Unlock()
		s.s.signedIn = append(s.s.signedIn, user)
		return nil
	}), nil
}

func (s *server) arrived() []post.Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]post.Mail(nil), s.mails...)
}

// listen starts the server; implicit speaks TLS from the first byte.
func listen(t *testing.T, s *server, implicit, starttls bool) *server {
	t.Helper()
	cert, trust := certificate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr, s.trust = l.Addr().String(), trust
	srv := smtp.NewServer(s)
	srv.AllowInsecureAuth = true
	srv.ErrorLog = silent{}
	if starttls {
		srv.TLSConfig = cert
	}
	if implicit {
		l = tls.NewListener(l, cert)
	}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return s
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

func certificate(t *testing.T) (serve, trust *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
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
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: pool}
}

func TestSubmissionConforms(t *testing.T) {
	t.Parallel()
	posttest.Conform(t, func(t *testing.T) posttest.Subject {
		t.Helper()
		s := listen(t, &server{}, false, true)
		return posttest.Subject{Sender: &post.Submission{Addr: s.addr, TLSConfig: s.trust}, Arrived: s.arrived}
	})
}

func TestSubmissionSecurity(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		implicit, starttls bool
		security           post.Security
		trust, ok          bool
	}{
		"starttls":                   {false, true, post.StartTLS, true, true},
		"starttls is the default":    {false, true, "", true, true},
		"implicit":                   {true, false, post.TLS, true, true},
		"plain, this machine":        {false, true, post.Plain, true, true},
		"server without starttls":    {false, false, post.StartTLS, true, false},
		"unknown authority":          {false, true, post.StartTLS, false, false},
		"unknown authority, TLS":     {true, false, post.TLS, false, false},
		"no such kind of protection": {false, true, "maybe", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, &server{}, tt.implicit, tt.starttls)
			sender := &post.Submission{Addr: s.addr, Security: tt.security, User: "desk", Password: "open sesame"}
			if tt.trust {
				sender.TLSConfig = s.trust
			}
			err := sender.Send(t.Context(), posttest.Mail("1@x.example"), none)
			if (err == nil) != tt.ok || (err != nil && !fault.Is(err, fault.Unavailable)) {
				t.Fatalf("%v", err)
			}
			if !tt.ok {
				if len(s.signedIn) != 0 {
					t.Error("the password was said")
				}
				return
			}
			if len(s.signedIn) != 1 || s.tls[0] != (tt.security != post.Plain) {
				t.Errorf("signed in %v, TLS %v", s.signedIn, s.tls)
			}
		})
	}
}

// A password is never said over an open line, and mail only where configured.
func TestPlainToAnotherMachineIsRefused(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*post.Submission{
		"plain":                   {Addr: "mail.example:25", Security: post.Plain},
		"allowed, but a password": {Addr: "mail.example:25", Security: post.Plain, AllowPlain: true, User: "u", Password: "p"},
		"no port":                 {Addr: "mail.example"},
	} {
		err := s.Send(t.Context(), posttest.Mail("1@x.example"), func() error { t.Error("handed over"); return nil })
		if f := fault.Of(err); f == nil || f.Key != "fault.post-setting" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswersOfTheServer(t *testing.T) {
	t.Parallel()
	say := func(code int) error { return &smtp.SMTPError{Code: code, Message: "because"} }
	for name, tt := range map[string]struct {
		at   string
		code int
		kind fault.Kind
		key  string
	}{
		"sender, later":     {"mail", 451, fault.Unavailable, "fault.post-later"},
		"recipient, never":  {"rcpt", 550, fault.Invalid, "fault.post-refused"},
		"recipient, later":  {"rcpt", 450, fault.Unavailable, "fault.post-later"},
		"text, never":       {"data", 554, fault.Invalid, "fault.post-refused"},
		"text, later":       {"data", 452, fault.Unavailable, "fault.post-later"},
		"not authenticated": {"mail", 530, fault.Unavailable, "fault.post-setting"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := listen(t, &server{fail: map[string]error{tt.at: say(tt.code)}}, false, true)
			err := (&post.Submission{Addr: s.addr, TLSConfig: s.trust}).Send(t.Context(), posttest.Mail("1@x.example"), none)
			f := fault.Of(err)
			if f == nil || f.Kind != tt.kind || f.Key != tt.key || errors.Is(err, post.ErrInDoubt) {
				t.Errorf("%v", err)
			}
			if !strings.Contains(err.Error(), "because") {
				t.Errorf("the server's words are lost: %v", err)
			}
		})
	}
}

// A wrong password is our trouble: the mail must wait, not be given up.
func TestWrongPasswordKeepsTheMail(t *testing.T) {
	t.Parallel()
	s := listen(t, &server{}, false, true)
	sender := &post.Submission{Addr: s.addr, TLSConfig: s.trust, User: "desk", Password: "wrong"}
	if err := sender.Send(t.Context(), posttest.Mail("1@x.example"), none); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

// The line breaks after the dot: the server has it, and nobody told us.
func TestBrokenLineAfterTheDotIsInDoubt(t *testing.T) {
	t.Parallel()
	s := listen(t, &server{drop: true}, false, true)
	err := (&post.Submission{Addr: s.addr, TLSConfig: s.trust}).Send(t.Context(), posttest.Mail("1@x.example"), none)
	if !errors.Is(err, post.ErrInDoubt) || fault.Is(err, fault.Unavailable) {
		t.Errorf("a retry would make it arrive twice: %v", err)
	}
}

func TestServerAwayIsUnavailable(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	if err := (&post.Submission{Addr: addr}).Send(t.Context(), posttest.Mail("1@x.example"), none); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

// A server that says nothing is left when the caller's time is over.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		c, err := l.Accept()
		if err == nil {
			cancel() // we are connected, and nothing is said
			_, _ = io.Copy(io.Discard, c)
		}
	}()
	if err := (&post.Submission{Addr: l.Addr().String()}).Send(ctx, posttest.Mail("1@x.example"), none); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

// Lone CRs and LFs make two mails of one at a careless server ("smuggling").
func TestNoLoneLineEndLeaves(t *testing.T) {
	t.Parallel()
	s := listen(t, &server{}, false, true)
	m := posttest.Mail("1@x.example")
	m.Raw = []byte("Subject: x\n\none\n.\nMAIL FROM:<a@b.example>\r.\rtwo\r\n.\r\n")
	if err := (&post.Submission{Addr: s.addr, TLSConfig: s.trust}).Send(t.Context(), m, none); err != nil {
		t.Fatal(err)
	}
	got := s.arrived()
	if len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	bare := bytes.ReplaceAll(got[0].Raw, []byte("\r\n"), nil)
	if bytes.ContainsAny(bare, "\r\n") {
		t.Errorf("%q", got[0].Raw)
	}
}
