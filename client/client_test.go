package client_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/client"
)

// desk answers every call with f. How the client and a real desk get on is
// tested with the API.
func desk(t *testing.T, f http.HandlerFunc) *client.Client {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return client.New(server.URL+"/", "bienvu_secret")
}

func TestCallsCarryTokenAndLanguage(t *testing.T) {
	t.Parallel()
	c := desk(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer bienvu_secret" || r.Header.Get("Accept-Language") != "fr" || r.URL.EscapedPath() != "/api/v1/reports/a%2Fb" {
			t.Errorf("%s %v", r.URL, r.Header)
		}
		_, _ = io.WriteString(w, `{"id":"a/b","number":7,"verdict":"phishing","effect":{"first":true}}`)
	})
	c.Language = "fr"
	r, err := c.Get(t.Context(), "a/b")
	if err != nil || r.Number != 7 || r.Verdict != client.Phishing || r.Effect == nil || !r.Effect.First || !r.Answered.IsZero() {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status     int
		body       string
		kind       client.Kind
		key, id    string
		retryAfter time.Duration
	}{
		"of the desk":         {503, `{"kind":"unavailable","key":"fault.disk-full","detail":"Full.","id":"ABCD-2345"}`, client.Unavailable, "fault.disk-full", "ABCD-2345", 30 * time.Second},
		"of a proxy":          {502, `<html>Bad gateway</html>`, client.Unavailable, "", "", 30 * time.Second},
		"of another proxy":    {413, ``, client.TooMuch, "", "", 30 * time.Second},
		"of a kind not known": {400, `[]`, client.Invalid, "", "", 30 * time.Second},
		"of a teapot":         {418, `{}`, client.Invalid, "", "", 30 * time.Second},
		"of a broken server":  {500, `null`, client.Internal, "", "", 30 * time.Second},
	} {
		d := desk(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
		})
		_, err := d.Reports(t.Context(), 10, 0)
		e, ok := errors.AsType[*client.Error](err)
		if !ok || !errors.Is(err, c.kind) || e.Key != c.key || e.ID != c.id || e.Detail == "" || e.Status != c.status || e.RetryAfter != c.retryAfter {
			t.Errorf("%s: %#v", name, err)
		}
		if errors.Is(err, client.NotFound) {
			t.Errorf("%s is every kind", name)
		}
	}
}

func TestAnswerThatIsNone(t *testing.T) {
	t.Parallel()
	d := desk(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>Welcome</html>") })
	if err := d.Health(t.Context()); err == nil || errors.Is(err, client.Internal) {
		t.Errorf("%v", err)
	}
	if _, err := d.Report(t.Context(), nil, client.Options{}); err == nil {
		t.Error("nothing was reported")
	}
}

// The length of a form is told beforehand where the readers tell theirs, and
// what arrives is as long.
func TestLengthIsTold(t *testing.T) {
	t.Parallel()
	var told, came int64
	d := desk(t, func(w http.ResponseWriter, r *http.Request) {
		told = r.ContentLength
		came, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, `{"id":"x"}`)
	})
	path := filepath.Join(t.TempDir(), "m.eml")
	if err := os.WriteFile(path, []byte("From: a@b.example\r\n\r\nhello"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if _, err := file.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	more := []client.File{{Name: "é\".eml", Content: bytes.NewReader([]byte("12345"))}, {Content: file}}
	for name, c := range map[string]struct {
		message io.Reader
		o       client.Options
		known   bool
	}{
		"raw":              {strings.NewReader("hello"), client.Options{}, true},
		"form":             {strings.NewReader("hello"), client.Options{Comment: "c", Acted: []string{"clicked", "paid"}, More: more}, true},
		"a stream":         {io.MultiReader(strings.NewReader("hello")), client.Options{}, false},
		"a stream, a form": {io.MultiReader(strings.NewReader("hello")), client.Options{Choice: "spam"}, false},
	} {
		if _, err := d.Report(t.Context(), c.message, c.o); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if c.known && told != came || !c.known && told != -1 || came == 0 {
			t.Errorf("%s: told %d, came %d", name, told, came)
		}
	}
}

func TestReaderThatFailsFailsTheReport(t *testing.T) {
	t.Parallel()
	d := desk(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		_, _ = io.WriteString(w, `{"id":"x"}`)
	})
	why := errors.New("the disk is gone")
	_, err := d.Report(t.Context(), io.MultiReader(strings.NewReader("From: "), failing{why}), client.Options{Comment: "x"})
	if !errors.Is(err, why) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
