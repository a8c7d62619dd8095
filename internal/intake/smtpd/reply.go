package smtpd

import (
	"fmt"
	"log/slog"

	"github.com/emersion/go-smtp"

	"github.com/bienvu/bienvu/internal/fault"
)

// errClosing answers a client that comes while the house is being closed.
//

var errClosing = answer(421, smtp.EnhancedCode{4, 3, 2}, "We are restarting, please try again in a minute")

func answer(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

// tooBig says what the limit is, in the units people know.
func tooBig(limit int64) error {
	return answer(552, smtp.EnhancedCode{5, 3, 4}, fmt.Sprintf(
		"This mail is over our limit of %s. Please send it without its largest attachments", size(limit)))
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d kB", n>>10)
}

// reply translates what the house said. It is the only place where a failure
// becomes an SMTP answer, and nothing of a failure's own text passes it.
func (s *Server) reply(err error) error {
	if err == nil {
		return nil
	}
	f := fault.Of(err)
	switch f.Kind {
	case fault.Invalid:
		return answer(554, smtp.EnhancedCode{5, 6, 0}, "We can't read this mail")
	case fault.TooMuch:
		return s.tooMuch(f)
	case fault.Unavailable:
		return s.unavailable(f)
	case fault.Conflict:
		return answer(451, smtp.EnhancedCode{4, 3, 0}, "Someone was quicker, please try again")
	case fault.Unauthenticated:
		return answer(530, smtp.EnhancedCode{5, 7, 0}, "Please sign in first")
	case fault.Forbidden:
		return answer(550, smtp.EnhancedCode{5, 7, 1}, "You may not write here")
	case fault.NotFound:
		return answer(550, smtp.EnhancedCode{5, 1, 1}, "No such address here")
	case fault.Internal:
		return s.internal(err)
	}
	return s.internal(err) // a kind that did not exist when this was written
}

// TooMuch is a size, which does not change, or a rate, which passes. A fault
// says which by its argument "retry".
func (s *Server) tooMuch(f *fault.Fault) error {
	if retry, _ := f.Args["retry"].(bool); retry {
		return answer(452, smtp.EnhancedCode{4, 7, 0}, "That is a lot at once, please try again later")
	}
	return tooBig(s.cfg.MaxBytes)
}

// unavailable keeps the mail with its sender, and tells whoever runs the desk
// what keeps the door shut: a full disk, a database that is away.
func (s *Server) unavailable(f *fault.Fault) error {
	id := s.errorID()
	s.cfg.Log.Warn("a mail can't be taken now", slog.String("error_id", id), slog.String("key", f.Key), slog.Any("cause", f.Cause))
	return answer(451, smtp.EnhancedCode{4, 3, 0}, "We can't take it right now ("+id+"), please try again later")
}

func (s *Server) errorID() string {
	if s.cfg.ErrorID == nil {
		return "unknown"
	}
	return s.cfg.ErrorID()
}

// internal keeps the mail with its sender: our failure must not lose it.
func (s *Server) internal(err error) error {
	id := s.errorID()
	s.cfg.Log.Error("storing a mail failed", slog.String("error_id", id), slog.Any("error", err))
	return answer(451, smtp.EnhancedCode{4, 3, 0}, "Something failed on our side ("+id+"), please try again later")
}
