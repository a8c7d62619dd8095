package fetch_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/fetch/fetchtest"
)

func TestFakeConforms(t *testing.T) {
	t.Parallel()
	const base = "https://lists.example"
	fake := &fetch.Fake{Options: fetch.Options{Allowed: fetchtest.Allowed(base), Most: fetchtest.Most}, Pages: fetchtest.Pages(base)}
	fetchtest.Conform(t, fake, base)
}

// serve answers with the pages, and with the odd things below /odd/.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	var s *httptest.Server
	s = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := fetchtest.Pages(s.URL)[s.URL+r.URL.Path]
		switch r.URL.Path {
		case "/odd/stay":
			http.Redirect(w, r, "/odd/there", http.StatusFound)
		case "/odd/there":
			_, _ = w.Write([]byte("here"))
		case "/odd/leave":
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		case "/odd/out":
			http.Redirect(w, r, "/other.txt", http.StatusFound)
		case "/odd/plain":
			http.Redirect(w, r, "http://"+r.Host+"/odd/there", http.StatusFound)
		case "/odd/round":
			http.Redirect(w, r, "/odd/round", http.StatusFound)
		case "/odd/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb())
		case "/odd/401", "/odd/500":
			w.WriteHeader(map[string]int{"/odd/401": 401, "/odd/500": 500}[r.URL.Path])
		case "/odd/hang":
			<-r.Context().Done()
		default:
			if !ok {
				http.NotFound(w, r)
				return
			}
			at, _ := http.ParseTime(page.Modified)
			w.Header().Set("Etag", page.ETag)
			http.ServeContent(w, r, "", at, strings.NewReader(page.Body))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func bomb() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(make([]byte, 8<<20))
	_ = z.Close()
	return b.Bytes()
}

func TestClientConforms(t *testing.T) {
	t.Parallel()
	s := serve(t)
	o := fetch.Options{Allowed: fetchtest.Allowed(s.URL), Most: fetchtest.Most, Private: true}
	fetchtest.Conform(t, fetch.NewLike(o, s.Client().Transport), s.URL)
}

func TestClientStaysWhereItMay(t *testing.T) {
	t.Parallel()
	s := serve(t)
	o := fetch.Options{Allowed: []string{s.URL + "/odd/"}, Most: fetchtest.Most, Private: true, Timeout: 2 * time.Second}
	c := fetch.NewLike(o, s.Client().Transport)
	for path, want := range map[string]string{
		"/odd/stay": "", "/odd/leave": "fault.fetch-moved", "/odd/out": "fault.fetch-forbidden", "/odd/plain": "fault.fetch-forbidden",
		"/odd/round": "fault.fetch-failed", "/odd/bomb": "fault.fetch-too-long", "/odd/401": "fault.fetch-refused",
		"/odd/500": "fault.fetch-failed", "/odd/hang": "fault.fetch-failed",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			a, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path})
			if err == nil != (want == "") || want != "" && fault.Of(err).Key != want || want == "" && string(a.Body) != "here" {
				t.Errorf("%q, %v; want %q", a.Body, err, want)
			}
		})
	}
}

// What lies inside the house is not asked for by accident.
func TestClientStaysOutside(t *testing.T) {
	t.Parallel()
	s := serve(t)
	c := fetch.NewLike(fetch.Options{Allowed: []string{s.URL + "/odd/"}}, s.Client().Transport)
	if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/odd/there"}); err == nil || fault.Of(err).Key != "fault.fetch-inside" {
		t.Errorf("%v", err)
	}
}

// TestInside knows an address of the house in whatever it is wrapped.
func TestInside(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"127.0.0.1": true, "10.1.2.3": true, "169.254.169.254": true, "100.64.0.1": true, "0.0.0.0": true, "255.255.255.255": true,
		"::1": true, "::": true, "fd00::1": true, "fe80::1": true, "fec0::1": true, "::7f00:1": true, "64:ff9b::7f00:1": true,
		"2002:7f00:1::": true, "2001:0:4136:e378::1": true, "ff02::1": true,
		"203.0.113.9": false, "8.8.8.8": false, "2001:4860:4860::8888": false, "2600::1": false,
	} {
		if got := fetch.Inside(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
