package smtpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"

	"github.com/emersion/go-smtp"
)

// session is one client's conversation.
type session struct {
	door *Server
	line *line // its connection
	tls  bool
	helo string

	commands, mails int

	from string
	to   []string
}

var _ smtp.Session = (*session)(nil)

// Mail begins a mail. The null sender is welcome: bounces come to us too.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if err := s.count(); err != nil {
		return err
	}
	if s.door.cfg.RequireTLS && !s.tls {
		return answer(530, smtp.EnhancedCode{5, 7, 0}, "Please use STARTTLS first")
	}
	if s.mails++; s.mails > s.door.cfg.MaxMails {
		return answer(421, smtp.EnhancedCode{4, 7, 0}, "Enough mails on one line, please call again")
	}
	if !s.line.begin() {
		return errClosing
	}
	s.from, s.to = from, nil
	return nil
}

// Rcpt adds a recipient when it is one of ours.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.count(); err != nil {
		return err
	}
	if !s.door.cfg.accepts(to) {
		return answer(550, smtp.EnhancedCode{5, 1, 1}, "No such address here")
	}
	if !slices.Contains(s.to, to) {
		s.to = append(s.to, to)
	}
	return nil
}

// count bounds what one connection may ask for (guessing of addresses).
func (s *session) count() error {
	if s.commands++; s.commands > s.door.cfg.MaxCommands {
		return answer(421, smtp.EnhancedCode{4, 7, 0}, "Too many commands, please call again")
	}
	return nil
}

// Data reads the text, then stores the mail. What it returns is the promise.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if errors.Is(err, smtp.ErrDataTooLarge) {
		return tooBig(s.door.cfg.MaxBytes)
	}
	if err != nil || s.brokenOff(r) {
		return answer(451, smtp.EnhancedCode{4, 4, 2}, "The text did not arrive whole, please try again")
	}
	return s.door.reply(s.deliver(Delivery{
		Raw: raw, From: s.from, To: s.to, RemoteIP: s.line.ip, Helo: s.helo, TLS: s.tls,
	}))
}

// brokenOff reports whether a mail in chunks ended because its client left.
// The library gives chunks through a pipe, and text directly.
func (s *session) brokenOff(r io.Reader) bool {
	_, chunks := r.(*io.PipeReader)
	return chunks && s.tls && s.line.gone(s.door.cfg.Now())
}

// deliver calls the house; a panic there is a failure of ours, not the end of
// the door.
func (s *session) deliver(d Delivery) (err error) {
	ctx, cancel := context.WithTimeout(s.door.ctx, s.door.cfg.DeliverTimeout)
	defer cancel()
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("smtpd: panic while storing a mail: %v\n%s", what, debug.Stack())
		}
	}()
	err = s.door.cfg.Deliver(ctx, d)
	if err == nil {
		s.door.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "mail accepted",
			slog.String("remote_ip", d.RemoteIP.String()), slog.Int("bytes", len(d.Raw)))
	}
	return err
}

// Reset forgets the mail in progress.
func (s *session) Reset() {
	s.from, s.to = "", nil
	s.line.end()
}

// Logout ends the conversation.
func (s *session) Logout() error {
	s.Reset()
	return nil
}
