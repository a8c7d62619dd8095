package app

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/i18n"
)

// call runs `bienvu args…` as a shell would.
func call(t *testing.T, stdin string, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, bad bytes.Buffer
	code = Run(t.Context(), args, strings.NewReader(stdin), &out, &bad, env)
	return code, out.String(), bad.String()
}

func TestWrongUse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		env  []string
		want string
	}{
		{args: []string{"analyse", "x"}, want: `did you mean "analyze"?`},
		{args: []string{"analyze"}, want: "expected"},
		{args: []string{"analyze", "--jsno", "x"}, want: "unknown flag --jsno"},
		{args: []string{"analyze", "--lang", "xx", "x"}, want: "must be one of"},
		{args: []string{"--set", "smtp.adress=1", "config"}, want: "Did you mean smtp.address?"},
		{args: []string{"config"}, env: []string{"BIENVU_LOG_LEVEL=loud"}, want: "log.level can’t be \"loud\""},
		{args: []string{"config"}, env: []string{"BIENVU_LOG_LEVEL=loud", "LANG=fr_FR.UTF-8"}, want: "log.level ne peut pas valoir"},
		{args: nil, want: "bienvu COMMAND"},
	} {
		code, out, bad := call(t, "", test.env, test.args...)
		if code != misused || out != "" || !strings.Contains(bad, test.want) || strings.Contains(bad, `""`) {
			t.Errorf("%q: status %d, %q, %q", test.args, code, out, bad)
		}
	}
}

// Every command and flag has its help, in each language, and nothing else does.
func TestHelpIsCompleteInEachLanguage(t *testing.T) {
	t.Parallel()
	for lang, title := range map[string]string{"en": "Usage", "fr": "Utilisation"} {
		env := []string{"LC_ALL=" + lang}
		for _, name := range []string{
			"", "demo", "serve", "report", "analyze", "config", "version", "eval", "docs",
			"token", "token create", "token list", "token revoke",
			"person", "person list", "person role", "person password", "person name",
		} {
			code, out, bad := call(t, "", env, append([]string{"help"}, strings.Fields(name)...)...)
			if code != done || bad != "" || !strings.Contains(out, title) {
				t.Errorf("%s %s: status %d %q", lang, name, code, bad)
			}
			if hole := regexp.MustCompile(`\$\{|help\.[a-z]|  --\S+ *\n`).FindString(out); hole != "" {
				t.Errorf("%s %s: %q in\n%s", lang, name, hole, out)
			}
		}
	}
}

func TestCataloguesAgree(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(Locales()...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.Keys("en"), c.Keys("fr")); diff != "" {
		t.Error(diff)
	}
}

// Each sentence of this package is asked for by name somewhere in it.
func TestEverySentenceIsUsed(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(locale)
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, key := range c.Keys("en") {
		name := strings.TrimPrefix(key, "help.")
		if strings.HasPrefix(key, "app.verdict.") || strings.HasPrefix(key, "app.language.") || strings.Contains(all.String(), `"`+key+`"`) || strings.Contains(all.String(), "${"+name+"}") {
			continue
		}
		t.Errorf("nobody says %s", key)
	}
}

func TestConfigPrintsWhatCouldBeReadBack(t *testing.T) {
	t.Parallel()
	env := []string{"BIENVU_SUBMISSION_USERNAME=u", "BIENVU_SUBMISSION_PASSWORD=hunter2"}
	code, first, bad := call(t, "", env, "--set", "org.name=L'Été", "config")
	if code != done || strings.Contains(first, "hunter2") || !strings.Contains(first, `"L'Été"  # --set`) {
		t.Fatalf("status %d %s\n%s", code, bad, first)
	}
	file := filepath.Join(t.TempDir(), "b.yaml")
	if err := os.WriteFile(file, []byte(first), 0o600); err != nil {
		t.Fatal(err)
	}
	code, second, bad := call(t, "", nil, "config", "--config", file)
	origin := regexp.MustCompile(`  # .*`)
	if code != done || origin.ReplaceAllString(first, "") != origin.ReplaceAllString(second, "") {
		t.Errorf("status %d %s\n%s", code, bad, cmp.Diff(first, second))
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if code, out, _ := call(t, "", nil, "version"); code != done || !strings.HasPrefix(out, "bienvu ") {
		t.Errorf("status %d %q", code, out)
	}
}

// The reference pages in docs are those that the types make.
func TestReferenceIsFresh(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, bad := call(t, "", nil, "docs", dir); code != done {
		t.Fatal(bad)
	}
	for _, name := range []string{"configuration.md", "commands.md"} {
		made, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(filepath.Join("..", "..", "docs", "reference", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(kept), string(made)); diff != "" {
			t.Errorf("%s is old (make generate): %s", name, diff)
		}
	}
}
