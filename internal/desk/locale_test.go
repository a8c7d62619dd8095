package desk_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/reply"
)

var (
	said      = regexp.MustCompile(`"((?:fault|notice|team|picture)\.[a-z-]+)"`)
	languages = []string{"en", "fr"}
)

func sentences(t *testing.T) *i18n.Catalogue {
	t.Helper()
	words, err := i18n.Load(desk.Locale(), db.Locale, login.Locale, blob.Locale, queue.Locale, post.Locale(), reply.Locale, fetch.Locale)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// Every reason to wait, every notice and every fault that the rooms and the
// desk name has a sentence in each language.
func TestEverythingCanBeSaid(t *testing.T) {
	t.Parallel()
	words := sentences(t)
	need := spoken(t)
	for _, why := range cases.Holds() {
		need = append(need, "hold."+string(why))
	}
	for _, lang := range languages {
		for _, key := range need {
			if !words.Has(lang, key) {
				t.Errorf("%s is not said in %s", key, lang)
			}
		}
	}
}

// spoken lists the keys in the sources of the rooms, the desk and what they
// stand on.
func spoken(t *testing.T) []string {
	t.Helper()
	var keys []string
	for _, room := range []string{"desk", "cases", "letters", "people", "login", "db", "blob", "queue", "post", "httpd", "fault", "lists", "fetch", "rdap"} {
		files, err := filepath.Glob(filepath.Join("..", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no sources of %s: %v", room, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range said.FindAllStringSubmatch(withoutComments(string(source)), -1) {
				keys = append(keys, m[1])
			}
		}
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) < 15 {
		t.Fatalf("only %v were found: is the pattern still right?", keys)
	}
	return keys
}

func withoutComments(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		code, _, _ := strings.Cut(line, "// ")
		b.WriteString(code)
	}
	return b.String()
}

// What is in the catalogue is used, and both languages hold the same.
func TestNothingIsSaidForNothing(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(desk.Locale())
	if err != nil {
		t.Fatal(err)
	}
	used := spoken(t)
	for _, lang := range languages {
		for _, key := range words.Keys(lang) {
			why, hold := strings.CutPrefix(key, "hold.")
			if hold && slices.Contains(cases.Holds(), cases.Hold(why)) || slices.Contains(used, key) {
				continue
			}
			t.Errorf("%s (%s) is used nowhere", key, lang)
		}
	}
}
