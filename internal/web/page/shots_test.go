package page

import (
	"context"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	shots    = flag.String("shots", "", "folder for screenshots of the stories; needs BIENVU_TEST_CHROMIUM")
	shotsOf  = flag.String("shots-of", "", "only stories whose name begins with one of these, by commas")
	shotLang = flag.String("shots-lang", "fr,en", "languages of the screenshots")
)

// shape is a screen.
type shape struct {
	name          string
	width, height int64
	dark          bool
}

// storybook serves every story under its language and name.
func storybook(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("GET /asset/", frame(t, "en", nil).Assets)
	for _, lang := range []string{"en", "fr"} {
		f := frame(t, lang, nil)
		for _, s := range stories(f) {
			mux.HandleFunc("GET /"+lang+"/"+s.name, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Security-Policy", "default-src 'self'")
				_ = s.page.Render(r.Context(), w)
			})
		}
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

// TestShots takes screenshots for people to look at:
//
//	BIENVU_TEST_CHROMIUM=/usr/bin/chromium go test -run Shots ./internal/web/page -args -shots DIR
func TestShots(t *testing.T) { //nolint:paralleltest // one browser, and only by hand
	if *shots == "" {
		return // a tool, not a test: nothing is checked here
	}
	srv := storybook(t)
	ctx := browser(t)
	for lang := range strings.SplitSeq(*shotLang, ",") {
		for _, s := range stories(frame(t, lang, nil)) {
			if !wanted(s.name) {
				continue
			}
			for _, sh := range []shape{{"phone", 390, 844, false}, {"wide", 1366, 900, false}, {"phone-dark", 390, 844, true}, {"wide-dark", 1366, 900, true}} {
				take(ctx, t, srv.URL+"/"+lang+"/"+s.name, filepath.Join(*shots, s.name+"."+lang+"."+sh.name+".png"), sh)
			}
		}
	}
}

func wanted(name string) bool {
	for prefix := range strings.SplitSeq(*shotsOf, ",") {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func take(ctx context.Context, t *testing.T, url, file string, sh shape) {
	t.Helper()
	screen(ctx, t, sh)
	err := chromedp.Do(ctx, chromedp.Navigate(url))
	if err != nil {
		t.Fatal(err)
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o600); err != nil {
		t.Fatal(err)
	}
}
