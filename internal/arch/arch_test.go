package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/bienvu/bienvu/"

// floors lists every package below internal, lowest floor first. A package may
// import any package on a lower floor, and on its own floor only what beside
// allows. A package on no floor fails the test: give it a place here.
var floors = [][]string{
	// 0 · tools: know nothing of our subject
	{"fault", "i18n", "config", "id", "db/...", "queue/...", "blob/...", "dns/...", "fetch/...", "rdap", "post/...", "httpd"},
	// 1 · science: bytes in, values out
	{"mail/...", "verdict", "feed", "learn", "analysis/...", "reply"},
	// 2 · rooms: types, rules and SQL of one subject each
	{"login", "people", "cases", "campaign", "letters", "lists", "known"},
	// 3 · desk: flows across rooms
	{"desk/..."},
	// 4 · doors: the outside, translated
	{"intake/...", "web/...", "api/..."},
	// 5 · the house
	{"app/...", "attack", "eval", "train", "arch"},
}

// beside lists the imports allowed between packages of one floor. "x/..." stands
// for x and all below it. A package may always import what lies below itself.
var beside = map[string][]string{
	"config":       {"fault"},
	"db/...":       {"fault"},
	"queue/...":    {"db/...", "fault"},
	"blob/...":     {"fault"},
	"dns/...":      {"fault"},
	"fetch/...":    {"fault"},
	"rdap":         {"fetch/...", "fault"},
	"post/...":     {"fault"},
	"httpd":        {"fault", "i18n"},
	"analysis/...": {"analysis/...", "mail/...", "verdict", "feed", "learn"},
	"mail/...":     {"mail/..."},
	"reply":        {"verdict"},
	"cases":        {"people"},
	"campaign":     {"cases"},
	"letters":      {"people", "cases"},
	"known":        {"people", "cases"},
	"login":        {"people"},
	"web/...":      {"web/..."},
	"intake/...":   {"intake/..."},
	"app/...":      {"attack", "eval", "train", "app/..."},
	"attack":       {"eval"},
	"train":        {"eval"},
}

// only names the packages that may use an outside package; no other may. Rooms
// see the database through db alone, jobs through queue alone, and so on: what
// is named here can be changed in one place.
var only = map[string][]string{
	"database/sql":                       {"db/...", "queue/...", "login"}, // login only for ErrNoRows and NullString
	"net/http":                           {"httpd", "fetch/...", "web/...", "api/...", "app"},
	"net/smtp":                           {},
	"net/mail":                           {"config", "mail/..."},
	"modernc.org/sqlite":                 {"db/..."},
	"github.com/jackc/pgx/v5":            {"db/...", "queue/..."},
	"github.com/pressly/goose/v3":        {"db/..."},
	"github.com/riverqueue/river":        {"queue/..."},
	"github.com/emersion/go-message":     {"mail/..."},
	"github.com/emersion/go-smtp":        {"post/...", "intake/smtpd", "app"},
	"github.com/emersion/go-msgauth":     {"analysis/authcheck", "mail/mailtest"},
	"github.com/alecthomas/kong":         {"app"},
	"github.com/makiuchi-d/gozxing":      {"analysis/picture/..."},
	"github.com/microcosm-cc/bluemonday": {"web/..."},
	"github.com/a-h/templ":               {"web/..."},
	"github.com/alexedwards/argon2id":    {"login"},
	"gopkg.in/yaml.v3":                   {"config", "api/...", "app"},
	module + "internal/config":           {"app/..."},
	module + "internal/attack":           {"app"},
	module + "internal/eval":             {"app", "attack", "train"},
	module + "internal/train":            {"app"},
}

func TestFloors(t *testing.T) {
	t.Parallel()
	for _, complaint := range judge(imports(t, "..")) {
		t.Error(complaint)
	}
}

// TestMapIsTrue finds names on the map that no package answers to any more.
func TestMapIsTrue(t *testing.T) {
	t.Parallel()
	found := slices.Collect(maps.Keys(imports(t, "..")))
	answers := func(pattern string) bool {
		return slices.ContainsFunc(found, func(name string) bool { return match([]string{pattern}, name) })
	}
	for _, floor := range floors {
		for _, pattern := range floor {
			if !answers(pattern) {
				t.Errorf("floors names %s, and there is no such package", pattern)
			}
		}
	}
	for pattern := range beside {
		if !answers(pattern) {
			t.Errorf("beside names %s, and there is no such package", pattern)
		}
	}
}

// TestJudgeSees proves that each kind of breach is found.
func TestJudgeSees(t *testing.T) {
	t.Parallel()
	for name, house := range map[string]map[string][]string{
		"a package on no floor":      {"garage": {}},
		"an import going up":         {"mail": {module + "internal/desk"}},
		"an import beside":           {"people": {module + "internal/cases"}},
		"SQL in a room":              {"people": {"database/sql"}},
		"a package below a named":    {"people": {"github.com/riverqueue/river/riverdriver"}},
		"configuration in a room":    {"cases": {module + "internal/config"}},
		"a server in a science room": {"verdict": {"net/http/httptest"}},
	} {
		if got := judge(house); len(got) != 1 {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := judge(map[string][]string{"cases": {module + "internal/people", module + "internal/db"}, "db": {"database/sql"}}); len(got) != 0 {
		t.Errorf("what is allowed: %q", got)
	}
}

// judge says what is wrong with a house, given the imports of each package.
func judge(house map[string][]string) []string {
	var complaints []string
	for name, imports := range house {
		from := floorOf(name)
		if from < 0 {
			complaints = append(complaints, name+" is on no floor: add it to floors")
			continue
		}
		for _, path := range imports {
			if complaint := breach(name, from, path); complaint != "" {
				complaints = append(complaints, complaint)
			}
		}
	}
	slices.Sort(complaints)
	return complaints
}

// breach says what is wrong with one import, "" when it is allowed.
func breach(name string, from int, path string) string {
	for outside, users := range only {
		if (path == outside || strings.HasPrefix(path, outside+"/")) && !match(users, name) {
			return name + " imports " + path + ": only " + strings.Join(users, ", ") + " may"
		}
	}
	below, ours := strings.CutPrefix(path, module+"internal/")
	if !ours {
		return ""
	}
	switch to := floorOf(below); {
	case to > from:
		return name + " imports " + below + ", which is on a higher floor"
	case to == from && !strings.HasPrefix(below, name+"/") && !allowed(name, below):
		return name + " imports " + below + " on its own floor: add it to beside, or move it"
	}
	return ""
}

func allowed(name, below string) bool {
	for pattern, friends := range beside {
		if match([]string{pattern}, name) && match(friends, below) {
			return true
		}
	}
	return false
}

func floorOf(name string) int {
	return slices.IndexFunc(floors, func(floor []string) bool { return match(floor, name) })
}

// match reports whether name is one of patterns; "x/..." stands for x and all below it.
func match(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		dir, tree := strings.CutSuffix(p, "/...")
		return name == dir || tree && strings.HasPrefix(name, dir+"/")
	})
}

// imports reads what each package below root imports, tests and packages made
// for tests left out. It reads the files itself, so that go test sees when one
// changes and runs this again.
func imports(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil || strings.HasSuffix(dir, "test") || strings.Contains(dir, "testdata") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(dir)
		if found[name] == nil {
			found[name] = []string{} // a package that imports nothing counts too
		}
		for _, spec := range file.Imports {
			found[name] = append(found[name], strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
