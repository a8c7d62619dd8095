package i18n_test

import (
	"testing"
	"testing/fstest"

	"github.com/bienvu/bienvu/internal/i18n"
)

// Placeholders are filled once, from left to right; what is none stays.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"no place":             "no place",
		"{a} and {b}":          "{b} and 7",
		"{a}{a}":               "{b}{b}",
		"{unknown} {a":         "{unknown} {a",
		"{{a}} {} }{":          "{{b}} {} }{",
		"{a unknown}, {b} end": "{a unknown}, 7 end",
	} {
		c, err := i18n.Load(fstest.MapFS{"x.en.json": {Data: []byte(`{"key": "` + text + `"}`)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.T("en", "key", i18n.Args{"a": "{b}", "b": 7}); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
