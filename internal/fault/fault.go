// Package fault is the one vocabulary of failure.
//
// A Fault has a Kind (what a door does about it), a Key (the catalogue entry
// that says it to a person, in their language) and, hidden from people, the
// cause. Any other error is Internal: its text is logged with an ID and only
// the ID is shown. Each door (web, API, SMTP, jobs) translates kinds in one
// exhaustive switch.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure it is; doors translate it to a status.
type Kind string

// The kinds of failure.
const (
	Invalid         Kind = "invalid"         // the input is wrong; sending it again changes nothing
	Unauthenticated Kind = "unauthenticated" // we don't know who asks
	Forbidden       Kind = "forbidden"       // we know, and they may not
	NotFound        Kind = "not-found"       // no such thing, or not theirs to see
	Conflict        Kind = "conflict"        // somebody changed it meanwhile
	TooMuch         Kind = "too-much"        // over a size or a rate
	Unavailable     Kind = "unavailable"     // something we need is away; trying again later helps
	Internal        Kind = "internal"        // our own fault
)

// Kinds lists every kind, for tests that walk them.
func Kinds() []Kind {
	return []Kind{Invalid, Unauthenticated, Forbidden, NotFound, Conflict, TooMuch, Unavailable, Internal}
}

// Args fills the placeholders of the sentence behind a key.
type Args map[string]any

// Fault is a failure that a person may be told about.
type Fault struct {
	Kind  Kind
	Key   string // catalogue key of the sentence, such as "fault.too-big"
	Args  Args   // placeholders of that sentence
	Cause error  // for the log only; may be nil
}

// New makes a fault without a cause.
func New(kind Kind, key string, args Args) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// Wrap makes a fault around the error that caused it.
func Wrap(kind Kind, key string, cause error) *Fault {
	return &Fault{Kind: kind, Key: key, Cause: cause}
}

// Error is for logs and tests, never for people.
func (f *Fault) Error() string {
	if f.Cause == nil {
		return fmt.Sprintf("%s (%s)", f.Key, f.Kind)
	}
	return fmt.Sprintf("%s (%s): %v", f.Key, f.Kind, f.Cause)
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Of finds the fault in err; an error that holds none is an Internal one.
// It returns nil only for a nil error.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return Wrap(Internal, "fault.internal", err)
}

// Is reports whether err is a failure of that kind.
func Is(err error, kind Kind) bool { return err != nil && Of(err).Kind == kind }
