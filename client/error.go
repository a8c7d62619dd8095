package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Kind is what sort of refusal it is. It is an error itself, for errors.Is.
type Kind string

// The kinds of refusal.
const (
	Invalid         Kind = "invalid"         // what was sent can't be used; sending it again changes nothing
	Unauthenticated Kind = "unauthenticated" // the token is missing, or not valid any more
	Forbidden       Kind = "forbidden"       // the token lacks the right
	NotFound        Kind = "not-found"       // no such report, or not the token's to see
	Conflict        Kind = "conflict"        // somebody changed it meanwhile
	TooMuch         Kind = "too-much"        // over the size limit
	Unavailable     Kind = "unavailable"     // try again a little later; see Error.RetryAfter
	Internal        Kind = "internal"        // a failure of the desk; quote Error.ID
)

// Error says the kind, for errors.Is.
func (k Kind) Error() string { return "client: " + string(k) }

// Error is a refusal of the desk.
type Error struct {
	Status     int
	Kind       Kind
	Key        string // names this very sentence; stable
	Title      string
	Detail     string // what to tell the person
	ID         string // to quote when it is the desk's own failure
	RetryAfter time.Duration
}

// Error is for logs.
func (e *Error) Error() string {
	text := fmt.Sprintf("client: %d %s: %s", e.Status, e.Kind, e.Detail)
	if e.ID != "" {
		text += " (error ID " + e.ID + ")"
	}
	return text
}

// Is makes errors.Is(err, client.NotFound) work.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && e.Kind == kind
}

// problem reads a refusal. What stands between us and the desk refuses in words
// of its own; then the status alone tells the kind.
func problem(response *http.Response, body []byte) error {
	var p struct {
		Title  string `json:"title"`
		Detail string `json:"detail"`
		Kind   Kind   `json:"kind"`
		Key    string `json:"key"`
		ID     string `json:"id"`
	}
	_ = json.Unmarshal(body, &p)
	e := &Error{Status: response.StatusCode, Kind: p.Kind, Key: p.Key, Title: p.Title, Detail: p.Detail, ID: p.ID}
	if e.Kind == "" {
		e.Kind, e.Detail = kindOf(response.StatusCode), http.StatusText(response.StatusCode)
	}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	return e
}

func kindOf(status int) Kind {
	switch status {
	case http.StatusUnauthorized:
		return Unauthenticated
	case http.StatusForbidden:
		return Forbidden
	case http.StatusNotFound:
		return NotFound
	case http.StatusConflict:
		return Conflict
	case http.StatusRequestEntityTooLarge:
		return TooMuch
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return Unavailable
	}
	if status >= http.StatusInternalServerError {
		return Internal
	}
	return Invalid
}
