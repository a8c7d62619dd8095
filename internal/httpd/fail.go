package httpd

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"io"
	"log/slog"
	"net/http"

	"github.com/bienvu/bienvu/internal/fault"
)

type idKey struct{}

// ID is the ID of the request that ctx belongs to, "" outside Wrap. People see
// it where something broke; the log has it on every line of the request.
func ID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// ErrorID makes an ID for a failure that no request has a name for.
func ErrorID() string { return newID(rand.Reader) }

// idLetters leaves out what is easily mistaken when read aloud: 0 O 1 I.
const idLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newID makes an ID that a person can read out on the telephone: ABCD-2345.
func newID(random io.Reader) string {
	raw := make([]byte, 5)
	if _, err := io.ReadFull(random, raw); err != nil {
		_, _ = rand.Read(raw) // never fails (crypto/rand); a request without an ID would be worse
	}
	text := base32.NewEncoding(idLetters).EncodeToString(raw)
	return text[:4] + "-" + text[4:]
}

// Status translates a kind of failure for every HTTP door.
func Status(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMuch:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusInternalServerError
}

// Note takes an error apart for a door: the fault to tell the person, the
// status, and, where it is our own fault, a log line that holds the cause under
// the ID of the request.
func Note(ctx context.Context, log *slog.Logger, err error) (f *fault.Fault, status int) {
	f = fault.Of(err)
	status = Status(f.Kind)
	if status >= http.StatusInternalServerError {
		log.LogAttrs(ctx, slog.LevelError, "failed", slog.String("id", ID(ctx)), slog.String("key", f.Key), slog.Any("cause", f.Cause))
	}
	return f, status
}
