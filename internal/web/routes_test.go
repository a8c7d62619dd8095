package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/login"
)

var braces = regexp.MustCompile(`\{\$?(\w*)\}`)

// rigged replaces each screen by one that only notes that it was reached.
func rigged(t *testing.T, demo *Demo) (s *stand, reached func() string) {
	t.Helper()
	s = newStand(t, func(c *Config) { c.Demo = demo })
	at := ""
	for i := range s.site.routes {
		route := s.site.routes[i]
		s.site.routes[i].Handle = func(v *visit) error {
			at = route.Method + " " + route.Pattern
			v.w.WriteHeader(http.StatusNoContent)
			return nil
		}
	}
	h, err := s.site.handler()
	if err != nil {
		t.Fatal(err)
	}
	s.web = h
	return s, func() string { got := at; at = ""; return got }
}

// path is an address that a route answers.
func path(r Route) string {
	return braces.ReplaceAllStringFunc(r.Pattern, func(m string) string {
		if m == "{$}" {
			return ""
		}
		return "thing"
	})
}

// Each route is asked by a visitor and by each role: exactly those whom the
// table names get in.
func TestEveryRouteAsksForItsRight(t *testing.T) {
	t.Parallel()
	s, reached := rigged(t, &Demo{})
	askers := map[login.Role]*guest{"": s.visitor(), login.Reporter: s.person("reporter@atelier.example", "Atelier")}
	for _, role := range []login.Role{login.Responder, login.Lead, login.Admin} {
		askers[role] = s.person(string(role)+"@atelier.example", "Atelier", role)
	}
	for _, route := range s.site.routes {
		for role, who := range askers {
			a := who.send(own(httptest.NewRequest(route.Method, path(route), nil)))
			want, status := "", http.StatusForbidden
			switch {
			case route.Needs == Anyone, role != "" && login.Can(role, route.Needs):
				want, status = route.Method+" "+route.Pattern, http.StatusNoContent
			case role == "" && route.Method == http.MethodGet:
				status = http.StatusSeeOther
			case role == "":
				status = http.StatusUnauthorized
			}
			if got := reached(); got != want || a.Code != status {
				t.Errorf("%s %s as %q: reached %q with %d, want %q with %d", route.Method, route.Pattern, role, got, a.Code, want, status)
			}
		}
	}
}

// The table itself stands in a golden file, so that a change of a right is
// seen by whoever reads the change.
func TestRightsAreTheAgreedOnes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, r := range newStand(t).site.routes {
		needs := string(r.Needs)
		if needs == "" {
			needs = "anyone"
		}
		fmt.Fprintf(&b, "%-5s %-32s %s\n", r.Method, r.Pattern, needs)
	}
	const file = "testdata/rights.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("the rights changed (UPDATE=1 writes them anew):\n%s", diff)
	}
}

// A form that another site makes a browser send reaches no screen.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s, reached := rigged(t, &Demo{})
	admin := s.person("admin@atelier.example", "Atelier", login.Admin)
	n := 0
	for _, route := range s.site.routes {
		if route.Method != http.MethodPost {
			continue
		}
		n++
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
			r := httptest.NewRequest(route.Method, path(route), nil)
			r.Header.Set(header, value)
			admin.send(r).is(http.StatusForbidden)
			if got := reached(); got != "" {
				t.Errorf("%s reached by a form with %s: %s", got, header, value)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d routes were tried", n)
	}
}

func TestDemoRoutesAreOnlyInTheDemo(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for _, path := range []string{"/demo", "/demo/in/admin", "/demo/in/lead", "/outbox.json"} {
		s.visitor().get(path).is(http.StatusNotFound)
	}
	s.visitor().get("/outbox").goesTo("/sign-in?next=%2Foutbox")
}

func TestPagesAreKeptToThemselves(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	a := s.emma().get("/reports").is(http.StatusOK)
	if got := a.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("a person's page may be kept: %q", got)
	}
	for _, path := range []string{"/nothing", "/desk/x/y/z", "/reports/x/y"} {
		s.emma().get(path).is(http.StatusNotFound).says("There is nothing")
	}
}
