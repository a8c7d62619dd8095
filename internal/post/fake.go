package post

import (
	"context"
	"slices"
	"sync"

	"github.com/bienvu/bienvu/internal/fault"
)

// Fake is a Sender that keeps everything in memory. The zero value works; set
// the fields before the first use.
type Fake struct {
	// Refuse, when set, is asked before the hand-over; its error is Send's answer.
	Refuse func(Mail) error
	// Lose, when set and true for a mail, breaks the line after the hand-over:
	// the mail is taken and Send answers ErrInDoubt.
	Lose func(Mail) bool
	// Blind makes Sent answer Unknown, as a submission server does.
	Blind bool

	mu    sync.Mutex
	mails []Mail
}

// Send keeps the mail.
func (f *Fake) Send(ctx context.Context, m Mail, beforeHandOver func() error) error {
	if err := m.check(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, "fault.post-away", err)
	}
	if f.Refuse != nil {
		if err := f.Refuse(m); err != nil {
			return err
		}
	}
	if err := beforeHandOver(); err != nil {
		return err
	}
	m.Raw = slices.Clone(m.Raw)
	f.mu.Lock()
	f.mails = append(f.mails, m)
	f.mu.Unlock()
	if f.Lose != nil && f.Lose(m) {
		return fault.Wrap(fault.Internal, "fault.post-in-doubt", ErrInDoubt)
	}
	return nil
}

// Sent answers from what was kept.
func (f *Fake) Sent(_ context.Context, messageID string) (State, error) {
	if f.Blind {
		return Unknown, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if slices.ContainsFunc(f.mails, func(m Mail) bool { return m.MessageID == messageID }) {
		return Sent, nil
	}
	return NotSent, nil
}

// Mails gives what was sent, the oldest first.
func (f *Fake) Mails() []Mail {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.mails)
}
