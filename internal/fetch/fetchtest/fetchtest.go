// Package fetchtest holds what every fetch.Getter must do.
package fetchtest

import (
	"context"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/fetch"
)

// Most is the limit of bytes that a getter under test must keep.
const Most = 4096

// Pages is what must stand at base, which is https://host without a last slash.
func Pages(base string) map[string]fetch.Page {
	return map[string]fetch.Page{
		base + "/list.txt":    {Body: "a.example\n", ETag: `"v1"`, Modified: "Sun, 01 Mar 2026 10:00:00 GMT"},
		base + "/dated.txt":   {Body: "b.example\n", Modified: "Sun, 01 Mar 2026 10:00:00 GMT"},
		base + "/feed/a.json": {Body: "{}"},
		base + "/huge.txt":    {Body: strings.Repeat("x", Most+1)},
		base + "/other.txt":   {Body: "never to be read"},
	}
}

// Allowed are the addresses that the getter under test may get.
func Allowed(base string) []string {
	return []string{base + "/list.txt", base + "/dated.txt", base + "/feed/", base + "/huge.txt", base + "/gone.txt"}
}

// Conform checks a getter of Pages(base) that may get Allowed(base), at most
// Most bytes of each.
func Conform(t *testing.T, g fetch.Getter, base string) {
	t.Helper()
	answers(t, g, base)
	copies(t, g, base)
	for address, want := range map[string]fault.Kind{
		base + "/other.txt":                            fault.Forbidden,
		base + "/list.txt?x=1":                         fault.Forbidden,
		base + "/feed/../other.txt":                    fault.Forbidden,
		base + "/feed/%2e%2e/other.txt":                fault.Forbidden,
		strings.Replace(base, "https:", "http:", 1):    fault.Forbidden,
		strings.Replace(base, "://", "://me@", 1):      fault.Forbidden,
		"https://elsewhere.example/list.txt":           fault.Forbidden,
		"file:///etc/passwd":                           fault.Forbidden,
		base + "/gone.txt":                             fault.NotFound,
		base + "/feed/missing.json":                    fault.NotFound,
		base + "/huge.txt":                             fault.TooMuch,
		strings.Replace(base, "://", "://x.", 1) + "/": fault.Forbidden,
	} {
		if a, err := g.Get(t.Context(), fetch.Request{URL: address}); !fault.Is(err, want) || len(a.Body) > 0 {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Get(ctx, fetch.Request{URL: base + "/list.txt"}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("cancelled: %v", err)
	}
}

func answers(t *testing.T, g fetch.Getter, base string) {
	t.Helper()
	a, err := g.Get(t.Context(), fetch.Request{URL: base + "/list.txt"})
	if err != nil || string(a.Body) != "a.example\n" || a.ETag != `"v1"` || a.Unchanged {
		t.Errorf("a list: %+v, %v", a, err)
	}
	if a, err = g.Get(t.Context(), fetch.Request{URL: base + "/feed/a.json"}); err != nil || string(a.Body) != "{}" {
		t.Errorf("below an allowed folder: %+v, %v", a, err)
	}
}

func copies(t *testing.T, g fetch.Getter, base string) {
	t.Helper()
	a, err := g.Get(t.Context(), fetch.Request{URL: base + "/list.txt", ETag: `"v1"`})
	if err != nil || !a.Unchanged || len(a.Body) > 0 {
		t.Errorf("a copy that is still good: %+v, %v", a, err)
	}
	if a, err = g.Get(t.Context(), fetch.Request{URL: base + "/list.txt", ETag: `"v0"`}); err != nil || a.Unchanged || len(a.Body) == 0 {
		t.Errorf("an old copy: %+v, %v", a, err)
	}
	a, err = g.Get(t.Context(), fetch.Request{URL: base + "/dated.txt", Modified: "Sun, 01 Mar 2026 10:00:00 GMT"})
	if err != nil || !a.Unchanged {
		t.Errorf("a copy by its date: %+v, %v", a, err)
	}
}
