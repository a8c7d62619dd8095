// Package post hands our mail over: to a submission server, or to a folder
// that stands in for one.
//
// The rule of the package: what left is known to have left. Before the point
// of no return Send calls beforeHandOver, so that the caller can write down
// that the outcome is now in doubt; after a crash the caller asks Sent.
package post

import "context"

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
// other side may have taken it; when that returns an error nothing is sent.
// A fault.Unavailable means: try again later. A fault.Invalid means: never.
type Sender interface {
	Send(ctx context.Context, m Mail, beforeHandOver func() error) error
	Sent(ctx context.Context, messageID string) (State, error)
}
