// Package post hands our mail over: to a submission server, or to a folder
// that stands in for one.
//
// The rule of the package: what left is known to have left. Before the point
// of no return Send calls beforeHandOver, so that the caller can write down
// that the outcome is now in doubt; after a crash the caller asks Sent.
package post

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
)

// Mail is one message ready to leave.
type Mail struct {
	From      string // envelope sender, "" for the null sender
	To        string // one recipient
	MessageID string // without angle brackets; stable over retries
	Raw       []byte // the whole message, CRLF line ends
}

// State is what a Sender knows of a message it may have taken.
type State string

// The states.
const (
	Sent    State = "sent"
	NotSent State = "not-sent"
	Unknown State = "unknown" // it can't be told from here: a person decides
)

// Sender hands a mail over. Send returns nil only when the other side has
// taken it. It calls beforeHandOver once, just before the step after which the
// other side may have taken it; when that returns an error nothing is sent and
// that error comes back.
//
// A fault.Unavailable means: try again later. A fault.Invalid means: never.
// An error that is ErrInDoubt means: the other side may or may not have it, so
// sending it again could make it arrive twice; ask Sent, else a person.
type Sender interface {
	Send(ctx context.Context, m Mail, beforeHandOver func() error) error
	Sent(ctx context.Context, messageID string) (State, error)
}

// ErrInDoubt is inside the fault that Send returns when the connection broke
// between our last byte and the server's answer. Test with errors.Is, before
// looking at the kind of the fault.
var ErrInDoubt = errors.New("post: it can't be told whether the mail was taken")

//go:embed *.json
var sentences embed.FS

// Locale holds the sentences of this package's faults.
func Locale() fs.FS { return sentences }

// check refuses a mail that could not be handed over faithfully: an address
// or identifier with a line end in it would become commands of our own.
func (m Mail) check() error {
	switch {
	case m.To == "" || !clean(m.To) || !clean(m.From):
		return fault.New(fault.Invalid, "fault.post-address", fault.Args{"address": printable(m.To)})
	case m.MessageID == "" || !clean(m.MessageID):
		return fault.Wrap(fault.Internal, "fault.internal", errors.New("post: a mail needs a message identifier"))
	case len(m.Raw) == 0:
		return fault.Wrap(fault.Internal, "fault.internal", errors.New("post: a mail needs a text"))
	}
	return nil
}

// clean reports whether s can stand between angle brackets in an SMTP command.
func clean(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '<' || r == '>' })
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}
