package asset_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/web/asset"
)

func get(t *testing.T, s *asset.Set, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

func TestEachAssetIsServedUnderItsFingerprint(t *testing.T) {
	t.Parallel()
	s, err := asset.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]string{"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		path := s.Path(name)
		w := get(t, s, path)
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s at %q: status %d, %d bytes", name, path, w.Code, w.Body.Len())
		}
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s: type %q, want %q", name, got, kind)
		}
	}
	if w := get(t, s, asset.Prefix+"app.00000000.css"); w.Code != http.StatusNotFound {
		t.Errorf("an old fingerprint: status %d, want 404", w.Code)
	}
}

func TestAssetsAskNothingOfOthers(t *testing.T) {
	t.Parallel()
	s, err := asset.New()
	if err != nil {
		t.Fatal(err)
	}
	for name, limit := range map[string]int{"app.css": 40_000, "app.js": 10_000} {
		body := get(t, s, s.Path(name)).Body.String()
		for _, foreign := range []string{"http://", "https://", "@import", "eval(", "innerHTML"} {
			if strings.Contains(body, foreign) {
				t.Errorf("%s holds %q", name, foreign)
			}
		}
		if len(body) > limit {
			t.Errorf("%s weighs %d bytes, more than %d", name, len(body), limit)
		}
	}
}
