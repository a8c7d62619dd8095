package view_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// TestLongHost takes a host apart however it is stretched, and none that no name
// server could know: of such a one, the square of its length would be worked.
func TestLongHost(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	for i := range 60_000 {
		many.WriteRune(rune(0x4e00 + i%20_000))
	}
	for name, c := range map[string]struct{ url, host string }{
		"plain":                {"http://login.evil.example/a", "login.evil.example"},
		"soft hyphens":         {"http://login.ev" + strings.Repeat("\u00ad", 3000) + "il.example/a", "login.evil.example"},
		"broken over lines":    {"http://login.ev" + strings.Repeat("\n", 3000) + "il.example/a", "login.evil.example"},
		"behind a long name":   {"http://" + strings.Repeat("www.bank.example", 300) + "@login.evil.example/a", "login.evil.example"},
		"in percent signs":     {"http://" + strings.Repeat("%61", 60) + "." + strings.Repeat("%61", 60) + ".example/", strings.Repeat("a", 60) + "." + strings.Repeat("a", 60) + ".example"},
		"sixty thousand signs": {"http://" + many.String() + ".example/", ""},
		"thirty thousand dots": {"http://" + strings.Repeat("a.", 30_000) + "example/", ""},
		"a long label":         {"http:\\\\" + strings.Repeat("é", 200) + ".example\\", ""},
	} {
		v := view.New(subject.Subject{Message: &mail.Message{Links: []mail.Link{{URL: c.url, Source: mail.LinkAnchor}}}})
		if got := v.Links[0].Host; got != c.host {
			t.Errorf("%s: %.80q, want %q", name, got, c.host)
		}
	}
}
