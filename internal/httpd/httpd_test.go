package httpd

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
)

func options(log io.Writer) Options {
	return Options{
		Log: slog.New(slog.NewTextHandler(log, nil)), Random: strings.NewReader(strings.Repeat("x", 1000)),
		Now: func() time.Time { return time.Unix(0, 0) },
	}
}

func TestOneLineWithoutContent(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	mux := http.NewServeMux()
	mux.HandleFunc("GET /a/{token}", func(w http.ResponseWriter, r *http.Request) {
		if ID(r.Context()) == "" {
			t.Error("the request has no ID")
		}
		_, _ = io.WriteString(w, "hello")
	})
	answer := httptest.NewRecorder()
	Wrap(mux, options(&log)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/a/very-secret?q=private", nil))
	line := log.String()
	for _, want := range []string{`route="GET /a/{token}"`, "status=200", "bytes=5", "method=GET"} {
		if !strings.Contains(line, want) {
			t.Errorf("the log lacks %s: %s", want, line)
		}
	}
	for _, never := range []string{"very-secret", "private"} {
		if strings.Contains(line, never) {
			t.Errorf("the log holds %s", never)
		}
	}
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
		if answer.Header().Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
	if answer.Header().Get("Strict-Transport-Security") != "" {
		t.Error("HSTS without https")
	}
}

func TestPanicIsAnsweredWithItsID(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("inner words") }), options(&log))
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	id := regexp.MustCompile(`[2-9A-Z]{4}-[2-9A-Z]{4}`).FindString(answer.Body.String())
	if answer.Code != http.StatusInternalServerError || id == "" || strings.Contains(answer.Body.String(), "inner") {
		t.Errorf("%d %q", answer.Code, answer.Body)
	}
	if strings.Count(log.String(), "id="+id) != 2 || !strings.Contains(log.String(), "inner words") {
		t.Errorf("the log: %s", log.String())
	}
}

func TestPanicAfterAnAnswerBeganAddsNothing(t *testing.T) {
	t.Parallel()
	h := Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		panic("late")
	}), options(io.Discard))
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Body.String() != "half" {
		t.Errorf("%q", answer.Body)
	}
}

func TestEveryKindHasItsStatus(t *testing.T) {
	t.Parallel()
	seen := map[int]fault.Kind{}
	for _, kind := range fault.Kinds() {
		status := Status(kind)
		if other, twice := seen[status]; twice {
			t.Errorf("%s and %s are both %d", kind, other, status)
		}
		seen[status] = kind
	}
}

func TestNoteLogsOnlyOurOwnFaults(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	if f, status := Note(t.Context(), logger, fault.New(fault.NotFound, "x.none", nil)); status != http.StatusNotFound || f.Key != "x.none" || log.Len() != 0 {
		t.Errorf("%v %d %s", f, status, log.String())
	}
	if _, status := Note(t.Context(), logger, errors.New("disk on fire")); status != http.StatusInternalServerError || !strings.Contains(log.String(), "disk on fire") {
		t.Errorf("%d %s", status, log.String())
	}
}

func TestCleanStopFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	began := make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-Stopping(r.Context()) // a stream ends when the stop begins
		_, _ = io.WriteString(w, "finished")
	})
	server := New(h, slog.New(slog.DiscardHandler))
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	body := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			body <- err.Error()
			return
		}
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)
		body <- string(text)
	}()
	<-began
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if got := <-body; got != "finished" {
		t.Errorf("got %q", got)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}
