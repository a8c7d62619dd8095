package post

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/bienvu/bienvu/internal/fault"
)

// Security is how the line to the submission server is protected.
type Security string

// The protections.
const (
	StartTLS Security = "starttls" // RFC 3207, usually port 587; a server without it is refused
	TLS      Security = "tls"      // TLS from the first byte (RFC 8314), usually port 465
	Plain    Security = "none"     // unprotected: on this machine, or where AllowPlain says so
)

// Submission sends through a submission server (RFC 6409). It keeps no
// connection open between mails. Safe for concurrent use.
type Submission struct {
	Addr       string      // host:port
	Security   Security    // "" is StartTLS
	AllowPlain bool        // permits Plain to another machine
	User       string      // "" for no authentication
	Password   string      // PLAIN (RFC 4616); never sent over an unprotected line to another machine
	Hello      string      // our name in EHLO, "localhost" when empty
	Copy       string      // gets each mail too, unseen: when it comes back to us the mail had left; "" for none
	TLSConfig  *tls.Config // nil: the system's authorities and the host of Addr

	// DialTimeout, CommandTimeout and DataTimeout bound connecting, each
	// answer, and the answer after the last dot; zero means 15 s, 30 s and 2 min.
	DialTimeout, CommandTimeout, DataTimeout time.Duration
}

// Sent answers Unknown: SMTP has no way to ask.
func (*Submission) Sent(context.Context, string) (State, error) { return Unknown, nil }

// Send hands the mail over.
func (s *Submission) Send(ctx context.Context, m Mail, beforeHandOver func() error) error {
	if err := m.check(); err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	conn, err := s.dial(ctx)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-away", err)
	}
	// A cancelled context closes the line, which ends any read or write on it.
	release := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer release()
	defer func() { _ = conn.Close() }()
	c, err := s.client(conn)
	if err != nil {
		return translate(err)
	}
	return s.transact(c, m, beforeHandOver)
}

// check refuses settings that would say a password or a person's mail aloud.
func (s *Submission) check() error {
	host, _, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-setting", err)
	}
	switch s.security() {
	case StartTLS, TLS:
		return nil
	case Plain:
		if loopback(host) || (s.AllowPlain && s.User == "") {
			return nil
		}
		return fault.Wrap(fault.Unavailable, "fault.post-setting",
			errors.New("post: the line to "+host+" is not protected"))
	}
	return fault.Wrap(fault.Unavailable, "fault.post-setting", errors.New("post: no such protection: "+string(s.Security)))
}

func (s *Submission) security() Security { return cmp.Or(s.Security, StartTLS) }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func (s *Submission) dial(ctx context.Context) (net.Conn, error) {
	d := &net.Dialer{Timeout: cmp.Or(s.DialTimeout, 15*time.Second)}
	if s.security() == TLS {
		return (&tls.Dialer{NetDialer: d, Config: s.tlsConfig()}).DialContext(ctx, "tcp", s.Addr)
	}
	return d.DialContext(ctx, "tcp", s.Addr)
}

func (s *Submission) tlsConfig() *tls.Config {
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLSConfig != nil {
		cfg = s.TLSConfig.Clone()
	}
	if host, _, err := net.SplitHostPort(s.Addr); err == nil && cfg.ServerName == "" {
		cfg.ServerName = host
	}
	return cfg
}

// client greets, protects the line and signs in.
func (s *Submission) client(conn net.Conn) (*smtp.Client, error) {
	c := smtp.NewClient(conn)
	s.limit(c)
	if s.security() == StartTLS {
		var err error
		if c, err = smtp.NewClientStartTLS(conn, s.tlsConfig()); err != nil {
			return nil, err
		}
		s.limit(c)
	}
	if err := c.Hello(cmp.Or(s.Hello, "localhost")); err != nil {
		return nil, err
	}
	if s.User == "" {
		return c, nil
	}
	return c, c.Auth(sasl.NewPlainClient("", s.User, s.Password))
}

func (s *Submission) limit(c *smtp.Client) {
	c.CommandTimeout = cmp.Or(s.CommandTimeout, 30*time.Second)
	c.SubmissionTimeout = cmp.Or(s.DataTimeout, 2*time.Minute)
}

// transact is one mail: envelope, text, and the dot after which it's theirs.
func (s *Submission) transact(c *smtp.Client, m Mail, beforeHandOver func() error) error {
	raw := lineEnds(m.Raw)
	options := &smtp.MailOptions{Size: int64(len(raw)), UTF8: !ascii(m.From) || !ascii(m.To)}
	if err := c.Mail(m.From, options); err != nil {
		return translate(err)
	}
	if err := c.Rcpt(m.To, nil); err != nil {
		return translate(err)
	}
	if s.Copy != "" && s.Copy != m.To {
		if err := c.Rcpt(s.Copy, nil); err != nil {
			return translate(err)
		}
	}
	w, err := c.Data()
	if err != nil {
		return translate(err)
	}
	if _, err := w.Write(raw); err != nil {
		return translate(err)
	}
	if err := beforeHandOver(); err != nil {
		return err // the line is closed without the dot: the server drops the text
	}
	if err := w.Close(); err != nil {
		return afterDot(err)
	}
	_ = c.Quit() // it's theirs whatever they say to our farewell
	return nil
}

// translate says what a failure before the dot means: nothing was taken.
func translate(err error) error {
	var reply *smtp.SMTPError
	if !errors.As(err, &reply) {
		return fault.Wrap(fault.Unavailable, "fault.post-away", err)
	}
	switch {
	case reply.Code == 530 || reply.Code == 534 || reply.Code == 535 || reply.Code == 538:
		// RFC 4954: our own credentials; the mail is fine and must not be lost.
		return fault.Wrap(fault.Unavailable, "fault.post-setting", err)
	case reply.Code/100 == 5:
		return fault.Wrap(fault.Invalid, "fault.post-refused", err)
	}
	return fault.Wrap(fault.Unavailable, "fault.post-later", err)
}

// afterDot says what a failure after the dot means: a clear answer is a
// refusal, anything else leaves us in doubt.
func afterDot(err error) error {
	if _, ok := errors.AsType[*smtp.SMTPError](err); ok {
		return translate(err)
	}
	return fault.Wrap(fault.Internal, "fault.post-in-doubt", errors.Join(ErrInDoubt, err))
}

// lineEnds makes every line end CRLF. A lone CR or LF is read differently by
// different servers, which is how one mail becomes two ("SMTP smuggling").
func lineEnds(raw []byte) []byte {
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f })
}
