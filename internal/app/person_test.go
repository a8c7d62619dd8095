package app

import (
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
)

func TestPersonCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	on := func(stdin string, args ...string) (int, string, string) {
		return call(t, stdin, nil, append([]string{"person", "--set", "data.dir=" + dir, "--set", "org.name=Atelier"}, args...)...)
	}
	ok := func(stdin string, args ...string) string {
		code, out, bad := on(stdin, args...)
		if code != done {
			t.Fatalf("%v: status %d: %s", args, code, bad)
		}
		return out
	}
	ok("", "role", "Tom@atelier.example", "responder")
	ok("", "role", "zoe@atelier.example", "lead", "--account", "Atelier")
	if out := ok("", "list"); !strings.Contains(out, "responder  tom@atelier.example") || !strings.Contains(out, "zoe@atelier.example  (Atelier)") {
		t.Errorf("the list:\n%s", out)
	}
	ok("", "role", "tom@atelier.example", "responder", "--remove")
	if out := ok("", "list"); strings.Contains(out, "tom@") {
		t.Errorf("the role was not taken back:\n%s", out)
	}
	if code, _, bad := on("", "role", "tom@atelier.example", "lead", "--account", "Factory"); code != failed || !strings.Contains(bad, "Factory") {
		t.Errorf("status %d: %s", code, bad)
	}
	if code, _, _ := on("", "role", "tom@atelier.example", "king"); code != misused {
		t.Errorf("status %d", code)
	}
	if code, _, bad := on("short\n", "password", "tom@atelier.example"); code != failed || !strings.Contains(bad, "12") {
		t.Errorf("status %d: %s", code, bad)
	}
	ok("three plain green words\n", "password", "tom@atelier.example")
	d, err := db.Open(t.Context(), "sqlite:"+dir+"/bienvu.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	hasher, err := login.NewHasher(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := login.CheckPassword(t.Context(), d, hasher, "tom@atelier.example", "three plain green words", time.Now()); err != nil {
		t.Error(err)
	}
}
