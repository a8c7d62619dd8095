package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/i18n"
)

// tell sends an error as a problem and reads it back.
func tell(t *testing.T, err error, language string) (p problem, answer *httptest.ResponseRecorder, log string) {
	t.Helper()
	words, loadErr := i18n.Load(Locale())
	if loadErr != nil {
		t.Fatal(loadErr)
	}
	var lines bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&lines, nil))
	s := &server{Config{Desk: &desk.Desk{Org: desk.Org{Language: "en"}}, Words: words, Log: logger}}
	answer = httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", language)
	httpd.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.problem(w, r, err) }), httpd.Options{Log: logger}).ServeHTTP(answer, r)
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	return p, answer, lines.String()
}

func TestEveryKindIsTold(t *testing.T) {
	t.Parallel()
	types := map[string]bool{}
	for _, kind := range fault.Kinds() {
		titles := map[string]bool{}
		for _, language := range []string{"en", "fr"} {
			p, answer, _ := tell(t, fault.New(kind, "fault.nobody-wrote-this", nil), language)
			if p.Kind != kind || p.Status != answer.Code || p.Status != httpd.Status(kind) || p.Key != "fault.nobody-wrote-this" {
				t.Errorf("%s: %+v", kind, p)
			}
			if strings.Contains(p.Title+p.Detail, "api-problem.") || strings.Contains(p.Detail, "fault.") || p.Detail == "" {
				t.Errorf("%s has no sentence in %s: %q, %q", kind, language, p.Title, p.Detail)
			}
			if answer.Header().Get("Content-Type") != "application/problem+json" || answer.Header().Get("Content-Language") != language {
				t.Errorf("%v", answer.Header())
			}
			titles[p.Title], types[p.Type] = true, true
		}
		if len(titles) != 2 {
			t.Errorf("%s reads alike in both languages", kind)
		}
	}
	if len(types) != len(fault.Kinds()) {
		t.Errorf("types: %v", types)
	}
}

func TestOurOwnFailureShowsItsIDAndNothingElse(t *testing.T) {
	t.Parallel()
	p, answer, log := tell(t, errors.New("column secret_sauce is missing"), "fr")
	if p.ID == "" || !strings.Contains(log, "id="+p.ID) || !strings.Contains(log, "secret_sauce") {
		t.Errorf("%+v\n%s", p, log)
	}
	if strings.Contains(answer.Body.String(), "secret_sauce") || p.Status != 500 {
		t.Errorf("%s", answer.Body)
	}
	if p, _, log := tell(t, fault.New(fault.NotFound, "fault.api-no-report", nil), "en"); p.ID != "" || strings.Contains(log, "level=ERROR") {
		t.Errorf("%+v\n%s", p, log)
	}
}

func TestHintsForPrograms(t *testing.T) {
	t.Parallel()
	if _, answer, _ := tell(t, fault.New(fault.Unavailable, "x", nil), "en"); answer.Header().Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	if _, answer, _ := tell(t, fault.New(fault.Unauthenticated, "x", nil), "en"); !strings.HasPrefix(answer.Header().Get("WWW-Authenticate"), "Bearer ") {
		t.Error("401 without WWW-Authenticate")
	}
}

func TestSentencesStandInEveryLanguage(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range words.Keys("en") {
		if !words.Has("fr", key) {
			t.Errorf("%s has no French", key)
		}
	}
	if len(words.Keys("fr")) != len(words.Keys("en")) {
		t.Error("French has keys that English has not")
	}
}
