// Package test tells stories from end to end: the built program, real SMTP, a
// real browser.
package test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const patience = 60 * time.Second

// chapter is the story in one language.
type chapter struct {
	lang, from, file, comment string
	phishing                  string // of the answer: the verdict
	corrected                 string // of the correction: that we were wrong
}

// TestAReportFromMailToCorrection: somebody forwards a real phishing mail by
// SMTP, the answer stands in the outbox, a responder opens the case, changes
// the verdict, and the person is told.
func TestAReportFromMailToCorrection(t *testing.T) { //nolint:paralleltest // one browser
	chromium := os.Getenv("BIENVU_TEST_CHROMIUM")
	if chromium == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("BIENVU_TEST_CHROMIUM is not set, and with CI=true no story may be skipped")
		}
		t.Skip("BIENVU_TEST_CHROMIUM is not set")
	}
	d := startDemo(t)
	for _, c := range []chapter{
		{"fr", "emma.martin@boreal.example", "testdata/bank-fr.eml", "Bonjour, je trouve ce message bizarre, est-il vraiment de la banque ?", "un message de phishing", "notre première réponse était fausse"},
		{"en", "oliver.grant@boreal.example", "testdata/parcel-en.eml", "Hello, I did not order anything, is this real?", "This message is phishing", "our first answer was wrong"},
	} {
		t.Run(c.lang, func(t *testing.T) { c.tell(t, d, chromium) })
	}
}

func (c chapter) tell(t *testing.T, d *demo, chromium string) {
	answer := d.report(t, c.from, c.file, c.comment)
	if !strings.Contains(answer, c.phishing) {
		t.Fatalf("the answer to the report does not say what it is:\n%s", answer)
	}
	if strings.Contains(answer, "203.0.113.77/") || strings.Contains(answer, "198.51.100.71/") {
		t.Fatalf("the answer repeats the dangerous link:\n%s", answer)
	}
	b := newBrowser(t, chromium, c.lang)
	b.open(d.web + "/demo/in/responder")
	b.open(d.web + "/outbox")
	b.follow("main a[href^='/outbox/']") // the newest: our answer
	b.want("main", c.phishing)
	b.open(d.web + "/desk?tab=answered")
	b.follow("main a[href^='/desk/']")
	if scripts := see[int](b, `[...document.querySelectorAll("iframe")].filter(f => !f.hasAttribute("sandbox")).length`); scripts != 0 {
		t.Errorf("%d frames are not sandboxed", scripts)
	}
	if links := see[int](b, `document.querySelectorAll("a[href*='203.0.113.77'], a[href*='198.51.100.71']").length`); links != 0 {
		t.Errorf("%d dangerous links can be followed", links)
	}
	b.follow("button[name='answer'][value='legitimate']")
	b.want("#answer textarea", "")
	b.follow("#answer button[value='send']")
	d.correction(t, c.corrected)
	b.open(d.web + "/outbox")
	b.follow("main a[href^='/outbox/']")
	b.want("main", c.corrected)
}

// demo is the running program.
type demo struct {
	binary, web, smtp string
}

// startDemo builds the program and starts its demo on addresses of its own.
func startDemo(t *testing.T) *demo {
	t.Helper()
	dir := t.TempDir()
	d := &demo{binary: filepath.Join(dir, "bienvu"), smtp: free(t)}
	address := free(t)
	d.web = "http://" + address
	build := exec.CommandContext(t.Context(), "go", "build", "-o", d.binary, "../cmd/bienvu")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), d.binary, "demo", "--data", filepath.Join(dir, "data"), "--http", address, "--smtp", d.smtp)
	cmd.Env = append(os.Environ(), "LANG=en_GB.UTF-8")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the demo did not start: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	d.waitFor(t, "/readyz")
	return d
}

func (d *demo) waitFor(t *testing.T, path string) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if _, err := d.get(t.Context(), path); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond) // looking again
	}
	t.Fatalf("%s does not answer", path)
}

func (d *demo) get(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.web+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, res.Status)
	}
	return io.ReadAll(res.Body)
}

// report runs `bienvu report` and gives what it printed: the answer.
func (d *demo) report(t *testing.T, from, file, comment string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), d.binary, "report", file, "--from", from, "--smtp", d.smtp, "--comment", comment)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("bienvu report: %v\n%s", err, out)
	}
	return string(out)
}

// correction waits until the newest mail in the outbox says so. (Older ones of
// the invented history may say it too.)
func (d *demo) correction(t *testing.T, words string) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		raw, err := d.get(t.Context(), "/outbox.json")
		if err != nil {
			t.Fatal(err)
		}
		var mails []struct{ Text string }
		if err := json.Unmarshal(raw, &mails); err != nil {
			t.Fatal(err)
		}
		if len(mails) > 0 && strings.Contains(mails[0].Text, words) { // the newest
			return
		}
		time.Sleep(100 * time.Millisecond) // looking again
	}
	t.Fatalf("the newest mail does not say %q", words)
}

// free is an address that nobody listens at, below the ports that the system
// gives out by itself.
func free(t *testing.T) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 12_000+rand.IntN(20_000))
		if l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatal("no free port was found")
	return ""
}

// browser is a real one, for one person.
type browser struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // chromedp's browser is its context
}

func newBrowser(t *testing.T, chromium, lang string) *browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("accept-lang", lang), chromedp.WindowSize(1366, 900))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts it, for as long as the test lasts
		t.Fatal(err)
	}
	return &browser{t, ctx}
}

func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

func (b *browser) open(url string) {
	b.t.Helper()
	b.do(url, chromedp.Navigate(url), chromedp.WaitReady("main"))
}

// follow presses a link or a button and waits for the page behind it.
func (b *browser) follow(selector string) {
	b.t.Helper()
	before := see[string](b, `document.body.dataset.seen = "yes"; location.href`)
	b.do(selector, chromedp.Click(selector))
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if see[bool](b, `document.readyState === "complete" && document.body.dataset.seen !== "yes"`) {
			return
		}
		time.Sleep(50 * time.Millisecond) // looking again
	}
	b.t.Fatalf("%s on %s led nowhere: %s", selector, before,
		see[string](b, `location.href + " " + document.readyState + " " + JSON.stringify(document.body.dataset) + "\n" + document.body.innerText`))
}

// want asks for an element that holds the words.
func (b *browser) want(selector, words string) {
	b.t.Helper()
	text := see[string](b, fmt.Sprintf(`(e => e ? (e.innerText || e.value || "") : "no such element")(document.querySelector(%q))`, selector))
	if text == "no such element" || !strings.Contains(text, words) {
		b.t.Fatalf("%s does not say %q:\n%s", selector, words, text)
	}
}

func see[T any](b *browser, script string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}
