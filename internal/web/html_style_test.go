package web

import (
	"strings"
	"testing"
	"time"
)

// A style attribute of a megabyte kept a processor busy for minutes: whoever
// sent such a mail stopped the desk of whoever looked at it.
func TestLongStyleIsNotRead(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"{", "/*", "color:rgb(1,2,", "color:red;"} {
		hostile := `<p style="` + strings.Repeat(unit, (8<<20)/len(unit)) + `">after</p><b style="color:red">kept</b>`
		start := time.Now()
		_ = drawn().Sanitize(drawable(hostile))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated: cleaned in %s", unit, took)
		}
		short := `<p style="` + strings.Repeat(unit, 3<<10) + `" dir="rtl">after</p><b style="color: red">kept</b>`
		if got, want := drawn().Sanitize(drawable(short)), `<p dir="rtl">after</p><b style="color: red">kept</b>`; got != want {
			t.Errorf("%q repeated: %.200s, want %s", unit, got, want)
		}
	}
}

func TestDrawableChangesNothingElse(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"", "plain", `<table bgcolor="#fff"><tr><td style="padding:1px">a &amp; b<!-- c --></td></tr></table>`,
		`<style>p{color:red}</style><p>x</p>`, `<a href="http://x.example/?a=1&b=2">x</a>`, `<img src="data:image/png;base64,` + strings.Repeat("A", 5000) + `"/>`,
	} {
		if got := drawable(source); got != source {
			t.Errorf("%.80s became %.80s", source, got)
		}
	}
	if got := drawable(strings.Repeat("é", mostHTML)); len(got) > mostHTML {
		t.Errorf("%d bytes are drawn", len(got))
	}
}
