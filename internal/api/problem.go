package api

import (
	"encoding/json"
	"net/http"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/i18n"
)

// retryAfter is how many seconds to wait where something is away.
const retryAfter = "30"

// problem is a failure as a program reads it (RFC 9457), with members of ours:
// kind, key and id.
type problem struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Detail string     `json:"detail"`
	Kind   fault.Kind `json:"kind"`
	Key    string     `json:"key"`
	ID     string     `json:"id,omitempty"` // of the request, where the failure is ours
}

// problem tells a failure.
func (s *server) problem(w http.ResponseWriter, r *http.Request, err error) {
	s.problemAs(w, r, httpd.Status(fault.Of(err).Kind), err)
}

// problemAs tells a failure with another status than its kind's: HTTP has finer
// ones for a method or a content type.
func (s *server) problemAs(w http.ResponseWriter, r *http.Request, status int, err error) {
	f, _ := httpd.Note(r.Context(), s.Log, err)
	lang := s.Words.Match(r.Header.Get("Accept-Language"), s.Desk.Org.Language)
	typ, title, hint := translate(f.Kind)
	p := problem{
		Type: typ, Title: s.Words.T(lang, title, nil), Status: status, Detail: s.detail(lang, f, title), Kind: f.Kind, Key: f.Key,
	}
	if status >= http.StatusInternalServerError {
		p.ID = httpd.ID(r.Context())
	}
	h := w.Header()
	for name, value := range hint {
		h.Set(name, value)
	}
	h.Set("Content-Language", lang)
	h.Add("Vary", "Accept-Language")
	h.Set("Cache-Control", "no-store")
	write(w, status, "application/problem+json", p)
}

// detail is the sentence of the fault, or where nobody wrote one, that of its
// kind. Our own failures always have the latter: the pages' sentence says that
// what was sent is safe, and here it was not taken.
func (s *server) detail(lang string, f *fault.Fault, title string) string {
	if f.Kind != fault.Internal && (s.Words.Has(lang, f.Key) || s.Words.Has("en", f.Key)) {
		return s.Words.T(lang, f.Key, i18n.Args(f.Args))
	}
	return s.Words.T(lang, title+".detail", nil)
}

// translate gives, for each kind of failure, the URI of its type, the key of
// its title, and the header fields that go with it. The status is httpd's.
func translate(kind fault.Kind) (typ, title string, hint map[string]string) {
	switch kind {
	case fault.Unauthenticated:
		hint = map[string]string{"WWW-Authenticate": `Bearer realm="bienvu"`}
	case fault.Unavailable:
		hint = map[string]string{"Retry-After": retryAfter}
	case fault.Invalid, fault.Forbidden, fault.NotFound, fault.Conflict, fault.TooMuch, fault.Internal:
	}
	return "urn:bienvu:problem:" + string(kind), "api-problem." + string(kind), hint
}

// write sends a value as JSON. Angle brackets stay as they are: this is no HTML.
func write(w http.ResponseWriter, status int, contentType string, value any) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // a caller that went away is no failure of ours
}
