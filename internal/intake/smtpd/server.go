package smtpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/emersion/go-smtp"
)

// Server is the door. Make it with New, run it with Serve, end it with Shutdown.
type Server struct {
	cfg    Config
	smtp   *smtp.Server
	gate   *gate
	ctx    context.Context //nolint:containedctx // the life of the door: Deliver hangs on it
	cancel context.CancelFunc
}

// New makes a door. Deliver, Now and at least one address are required.
func New(cfg Config) (*Server, error) {
	if cfg.Deliver == nil || cfg.Now == nil || len(cfg.Addresses) == 0 {
		return nil, errors.New("smtpd: Deliver, Now and Addresses are required")
	}
	if cfg.RequireTLS && cfg.TLS == nil {
		return nil, errors.New("smtpd: RequireTLS needs a certificate")
	}
	cfg = cfg.withDefaults()
	s := &Server{cfg: cfg, gate: newGate(cfg)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.smtp.Domain = cfg.Hostname
	s.smtp.TLSConfig = cfg.TLS
	s.smtp.MaxMessageBytes = cfg.MaxBytes
	s.smtp.MaxRecipients = cfg.MaxRecipients
	s.smtp.MaxLineLength = maxLine
	s.smtp.ReadTimeout = cfg.Timeout
	s.smtp.WriteTimeout = cfg.Timeout
	s.smtp.EnableSMTPUTF8 = true
	s.smtp.EnableBINARYMIME = true
	s.smtp.ErrorLog = logger{cfg.Log}
	return s, nil
}

// newSession begins a conversation; it is called again after STARTTLS.
func (s *Server) newSession(c *smtp.Conn) (smtp.Session, error) {
	l, ok := lineOf(c.Conn())
	if !ok {
		return nil, answer(421, smtp.EnhancedCode{4, 3, 0}, "Please try again later")
	}
	_, encrypted := c.TLSConnectionState()
	return &session{door: s, line: l, tls: encrypted, helo: c.Hostname()}, nil
}

// Serve answers on l until Shutdown; then it returns nil. It does so too when
// Shutdown came first, as when a program is stopped while it starts.
func (s *Server) Serve(l net.Listener) error {
	defer context.AfterFunc(s.ctx, func() { _ = l.Close() })()
	err := s.smtp.Serve(s.gate.listener(l))
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("smtpd: %w", err)
	}
	return nil
}

// Shutdown stops listening, says goodbye to idle clients, and lets mails in
// progress end. When ctx ends first it breaks off what is left: no mail is
// lost, as none of those was promised.
func (s *Server) Shutdown(ctx context.Context) error {
	s.gate.close()
	err := s.smtp.Shutdown(ctx)
	if ctx.Err() != nil {
		s.cancel()
		s.gate.breakOff()
	}
	s.cancel()
	return err
}

// logger is what the SMTP library writes its troubles to.
type logger struct{ log *slog.Logger }

func (l logger) Printf(format string, v ...any) {
	l.log.Warn("smtp", slog.String("detail", fmt.Sprintf(format, v...)))
}

func (l logger) Println(v ...any) {
	l.log.Warn("smtp", slog.String("detail", strings.TrimSpace(fmt.Sprintln(v...))))
}
