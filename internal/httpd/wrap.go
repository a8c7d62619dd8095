package httpd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// Options is what Wrap needs to know.
type Options struct {
	Log    *slog.Logger
	Random io.Reader                                               // for the IDs of requests; nil: crypto/rand
	Now    func() time.Time                                        // for the time a request took; nil: time.Now
	HTTPS  bool                                                    // people reach us by https: tell browsers to insist on it
	Broken func(w http.ResponseWriter, r *http.Request, id string) // says that something broke; nil: a plain sentence
}

// Wrap puts the common parts around a handler: an ID, the security headers, the
// log line, and an answer where the handler panics.
func Wrap(h http.Handler, o Options) http.Handler {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := newID(o.Random)
		ctx := context.WithValue(r.Context(), idKey{}, id)
		r = r.WithContext(ctx)
		seen := &recorder{ResponseWriter: w}
		start := o.Now()
		secure(w.Header(), o.HTTPS)
		guard(h, seen, r, o, id)
		o.Log.LogAttrs(ctx, level(seen.status), "request",
			slog.String("id", id), slog.String("method", method(r.Method)), slog.String("route", r.Pattern),
			slog.Int("status", seen.code()), slog.Int64("bytes", seen.bytes), slog.Duration("took", o.Now().Sub(start)))
	})
}

// guard lets the handler answer, and answers in its place when it panics.
func guard(h http.Handler, w *recorder, r *http.Request, o Options, id string) {
	defer func() {
		if cause := recover(); cause != nil {
			broken(w, r, o, id, cause)
		}
	}()
	h.ServeHTTP(w, r)
}

// broken logs a panic and, when nothing was answered yet, says that we failed.
// A client that went away (http.ErrAbortHandler) is no failure of ours.
func broken(w *recorder, r *http.Request, o Options, id string, cause any) {
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return
	}
	o.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("id", id), slog.String("route", r.Pattern),
		slog.String("cause", fmt.Sprint(cause)), slog.String("stack", string(debug.Stack())))
	if w.status != 0 {
		return // half an answer is out: the client sees it end
	}
	if o.Broken != nil {
		o.Broken(w, r, id)
		return
	}
	http.Error(w, "Something went wrong on our side. Error ID: "+id, http.StatusInternalServerError)
}

func level(status int) slog.Level {
	if status >= http.StatusInternalServerError {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// method keeps invented methods, which are a stranger's words, out of the log.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return name
	}
	return "other"
}

// secure sets the headers of every answer; a handler may replace one (the page
// that shows a reported message narrows the policy).
func secure(h http.Header, https bool) {
	for name, value := range secureHeaders {
		h.Set(name, value)
	}
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// secureHeaders keep pages to themselves. Referrer-Policy is same-origin and
// not no-referrer, which would make browsers send "Origin: null" with our own
// forms.
//
//nolint:gochecknoglobals // a constant table
var secureHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
		"frame-ancestors 'self'; img-src 'self' data:",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "SAMEORIGIN",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the first final status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts what goes out.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach flushing and deadlines.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK // net/http answers 200 for a handler that wrote nothing
	}
	return w.status
}
