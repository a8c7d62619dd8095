package app

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// demo is `bienvu demo` running inside the test.
type demo struct {
	http, smtp string
	ready      time.Duration // from the start to the last line of the welcome
	screen     *screen
	stop       func() int
}

// screen is a terminal that a test can wait on.
type screen struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{}
}

func newScreen() *screen { return &screen{wrote: make(chan struct{}, 1)} }

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.wrote <- struct{}{}:
	default:
	}
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// waitFor waits until the text stands on the screen.
func (s *screen) waitFor(t *testing.T, text string) {
	t.Helper()
	limit := time.After(60 * time.Second)
	for !strings.Contains(s.String(), text) {
		select {
		case <-s.wrote:
		case <-limit:
			t.Fatalf("%q was not said:\n%s", text, s.String())
		}
	}
}

func startDemo(t *testing.T, dir string, more ...string) demo {
	t.Helper()
	d := demo{http: freeAddress(t), smtp: freeAddress(t), screen: newScreen()}
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan int, 1)
	began := time.Now()
	go func() {
		args := append([]string{"demo", "--data", dir, "--http", d.http, "--smtp", d.smtp}, more...)
		over <- Run(ctx, args, strings.NewReader(""), d.screen, d.screen, nil)
	}()
	d.screen.waitFor(t, "starts over")
	d.ready = time.Since(began)
	d.stop = sync.OnceValue(func() int { cancel(); return <-over })
	t.Cleanup(func() { d.stop() })
	return d
}

// TestDemo does what a visitor does: start it, report a mail, read the answer,
// go in by a door, stop it, and come back.
func TestDemo(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "demo")
	d := startDemo(t, dir)
	t.Logf("ready after %s", d.ready.Round(time.Millisecond))
	code, out, bad := call(t, "", nil, "report", "--smtp", d.smtp, "--http", "http://"+d.http, "../../examples/hameconnage.eml")
	if code != done || !strings.Contains(out, "Bien vu") || !strings.Contains(out, "phishing") {
		t.Errorf("status %d\n%s\n%s", code, out, bad)
	}
	for _, door := range []string{"reporter", "responder", "lead"} {
		if !strings.Contains(d.screen.String(), "http://"+d.http+"/demo/in/"+door) {
			t.Errorf("the door of the %s is not printed", door)
		}
		if got := get(t, "http://"+d.http+"/demo/in/"+door); got != http.StatusSeeOther {
			t.Errorf("%s: status %d", door, got)
		}
	}
	if code := d.stop(); code != done {
		t.Errorf("status %d\n%s", code, d.screen)
	}
	before, err := os.ReadFile(filepath.Join(dir, "secret.key"))
	if err != nil {
		t.Fatal(err)
	}
	again := startDemo(t, dir)
	if got := get(t, "http://"+again.http+"/outbox.json"); got != http.StatusOK {
		t.Errorf("the outbox: status %d", got)
	}
	again.stop()
	if after, err := os.ReadFile(filepath.Join(dir, "secret.key")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a second start did not keep the data: %v", err)
	}
	fresh := startDemo(t, dir, "--fresh")
	fresh.stop()
	if after, err := os.ReadFile(filepath.Join(dir, "secret.key")); err != nil || bytes.Equal(before, after) {
		t.Errorf("--fresh kept the data: %v", err)
	}
}

// get asks for a page and gives its status; it does not follow.
func get(t *testing.T, url string) int {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }()
	return got.StatusCode
}

// A port that is taken is said before anything is touched, even with --fresh.
func TestDemoPortTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	kept := filepath.Join(dir, demoMark)
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for flag, other := range map[string]string{"--http": "--smtp", "--smtp": "--http"} {
		code, _, bad := call(t, "", nil, "demo", "--fresh", "--data", dir, flag, taken.Addr().String(), other, "127.0.0.1:0")
		if code != failed || !strings.Contains(bad, taken.Addr().String()) || !strings.Contains(bad, flag) {
			t.Errorf("%s: status %d, %q", flag, code, bad)
		}
	}
	if _, err := os.Stat(kept); err != nil {
		t.Errorf("the data of the demo that runs was touched: %v", err)
	}
}

// A folder that is not a demo's is never used, let alone removed.
func TestDemoLeavesOtherFoldersAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	kept := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(kept, []byte("years of work"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--fresh"}} {
		code, _, bad := call(t, "", []string{"LANG=fr"}, append([]string{"demo", "--data", dir, "--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0"}, more...)...)
		if code != failed || !strings.Contains(bad, "--data") {
			t.Errorf("status %d, %q", code, bad)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "thesis.txt" {
		t.Errorf("the folder was touched: %v %v", entries, err)
	}
}
