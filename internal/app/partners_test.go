package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shop is a terminal on one database, for any command.
type shop struct {
	t   *testing.T
	dir string
}

func (s shop) types(stdin string, args ...string) (code int, out, bad string) {
	s.t.Helper()
	env := []string{"BIENVU_DATA_DIR=" + s.dir, "BIENVU_ORG_NAME=Atelier", "BIENVU_ORG_DOMAINS=atelier.example"}
	return call(s.t, stdin, env, args...)
}

// gives compares what a command says, and how it ended, with parts of it.
func (s shop) gives(stdin string, status int, want string, args ...string) {
	s.t.Helper()
	code, out, bad := s.types(stdin, args...)
	if code != status || !strings.Contains(strings.Join(strings.Fields(out+bad), " "), want) {
		s.t.Errorf("%q: status %d, want %d; %q %q, want %q", args, code, status, out, bad, want)
	}
}

func TestHouseCommand(t *testing.T) {
	t.Parallel()
	s := shop{t, t.TempDir()}
	s.gives("", done, "No partner was entered yet", "house", "list")
	table := filepath.Join(t.TempDir(), "partners.csv")
	if err := os.WriteFile(table, []byte("domain,kind,note\npaper.example,supplier,since 2019\nava@atelier.example,vip,Ava Stone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.gives("", done, "Entered: 1 partners, 1 people.", "house", "import", table)
	s.gives("", done, "paper.example supplier all accounts since 2019", "house", "list")
	s.gives("letters.example,newsletter\n", done, "Entered: 1 partners", "house", "import", "-")
	s.gives("south.example,customer\n", failed, "South", "house", "import", "--account", "South", "-")
	s.gives("one.example,supplier\ntwo.example,friend\n", failed, "Line 2", "house", "import", "-")
	s.gives("", failed, "one.example is no partner", "house", "remove", "one.example")
	s.gives("eve@elsewhere.example,vip,Eve\n", failed, "elsewhere.example", "house", "import", "-")
	s.gives("", done, "paper.example was taken out", "house", "remove", "paper.example")
	s.gives("", done, "ava@atelier.example was taken out", "house", "remove", "ava@atelier.example")
	if _, out, _ := s.types("", "house", "list"); strings.Contains(out, "paper") || !strings.Contains(out, "letters") {
		t.Errorf("left: %q", out)
	}
}

func TestTrainOnTheDesk(t *testing.T) {
	t.Parallel()
	s := shop{t, t.TempDir()}
	s.gives("", done, "0 decisions to learn from. That is too few: nothing changes.", "train", "--desk")
	s.gives("", done, "One lesson was taken back", "train", "--desk", "--forget")
	s.gives("", failed, "--desk", "train")
}
