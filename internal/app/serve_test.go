package app

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/db"
)

// A desk that lacks something says every setting that is missing, by name.
func TestServeNamesWhatItNeeds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, _, bad := call(t, "", nil, "serve", "--set", "data.dir="+dir)
	if code != misused {
		t.Errorf("status %d", code)
	}
	for _, key := range []string{"org.name", "org.domains", "org.signer", "mail.report_addresses", "BIENVU_ORG_DOMAINS"} {
		if !strings.Contains(bad, key) {
			t.Errorf("%s is not named in:\n%s", key, bad)
		}
	}
	code, _, bad = call(t, "", []string{"LANG=fr_FR.UTF-8"}, "serve", "--set", "data.dir="+dir, "--set", "org.name=Atelier",
		"--set", "org.domains=atelier.example", "--set", "mail.report_addresses=report@atelier.example")
	if code != misused || !strings.Contains(bad, "org.signer doit") || strings.Contains(bad, "org.name") {
		t.Errorf("status %d:\n%s", code, bad)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v was made before anything was known, %v", left, err)
	}
}

// settings are the arguments of a desk that can work.
func settings(dir, http, smtp string) []string {
	set := []string{"serve"}
	for _, one := range []string{
		"data.dir=" + dir, "http.address=" + http, "smtp.address=" + smtp, "dns.enabled=false", "org.name=Atelier",
		"org.domains=atelier.example", "org.signer=Camille", "mail.report_addresses=report@atelier.example",
		"admin.email=nora@atelier.example", "log.format=json",
	} {
		set = append(set, "--set", one)
	}
	return set
}

// serving runs `bienvu serve` inside the test until stop.
func serving(t *testing.T, dir string) (address string, log *screen, stop func() int) {
	t.Helper()
	address, log = freeAddress(t), newScreen()
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan int, 1)
	set := settings(dir, address, freeAddress(t))
	go func() { over <- Run(ctx, set, strings.NewReader(""), log, log, nil) }()
	log.waitFor(t, `"msg":"ready"`)
	return address, log, func() int { cancel(); return <-over }
}

// TestServe starts a desk, looks whether it works, and stops it; the first
// administrator is told how to get in, once.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	address, log, stop := serving(t, dir)
	for path, want := range map[string]int{
		"/healthz": http.StatusOK, "/readyz": http.StatusOK, "/": http.StatusOK, "/desk": http.StatusSeeOther, "/demo": http.StatusNotFound,
		"/api": http.StatusOK, "/api/v1/reports": http.StatusUnauthorized, "/outbox.json": http.StatusNotFound,
	} {
		if got := get(t, "http://"+address+path); got != want {
			t.Errorf("%s: status %d, want %d", path, got, want)
		}
	}
	for _, name := range []string{"bienvu.db", "bienvu.db.worker"} { // they lie beside mail
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if code := stop(); code != done {
		t.Errorf("status %d\n%s", code, log)
	}
	if text := log.String(); !strings.Contains(text, `"clean":true`) || strings.Contains(text, "nora@") {
		t.Errorf("the log:\n%s", text)
	}
	invited := mailsIn(t, dir)
	if len(invited) != 1 || !strings.Contains(invited[0], "nora@atelier.example") {
		t.Fatalf("%d mails in the outbox, want the first administrator's", len(invited))
	}
	_, _, stop = serving(t, dir)
	stop()
	if again := mailsIn(t, dir); len(again) != 1 {
		t.Errorf("a second start made %d mails", len(again)-1)
	}
}

func mailsIn(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "outbox", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(raw))
	}
	return all
}

// A taken address is told by the name of its setting, in words, and before
// anything was begun: the first administrator's way in is not mailed.
func TestServeAtATakenAddress(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"http.address", "smtp.address"} {
		taken, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = taken.Close() }()
		dir := t.TempDir()
		set := map[string]string{"http.address": freeAddress(t), "smtp.address": freeAddress(t)}
		set[key] = taken.Addr().String()
		args := settings(dir, set["http.address"], set["smtp.address"])
		for lang, words := range map[string]string{"en": "can’t listen at " + set[key], "fr": "écouter sur " + set[key]} {
			code, _, bad := call(t, "", []string{"LC_ALL=" + lang}, args...)
			if code != failed || !strings.Contains(bad, key) || !strings.Contains(bad, words) || strings.Contains(bad, "app.listen") {
				t.Errorf("%s %s: status %d, %q", lang, key, code, bad)
			}
		}
		if made := mailsIn(t, dir); len(made) != 0 {
			t.Errorf("%s: %d mails", key, len(made))
		}
		d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "bienvu.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = d.Close() }()
		waiting := -1
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM letters`).Scan(&waiting)
		})
		if err != nil || waiting != 0 {
			t.Errorf("%s: %d letters wait, %v", key, waiting, err)
		}
	}
}

// Where no message can be kept, the desk says that it can't work: to who
// balances the load and to who asks the API.
func TestADeskWithoutRoomIsNotReady(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	address, _, stop := serving(t, dir)
	defer stop()
	if err := os.RemoveAll(filepath.Join(dir, "messages")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/readyz", "/api/v1/health"} {
		if got := get(t, "http://"+address+path); got != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", path, got)
		}
	}
	if got := get(t, "http://"+address+"/healthz"); got != http.StatusOK {
		t.Errorf("the process lives all the same: %d", got)
	}
}

// A database that is away is named at the start, without its password.
func TestServeNamesTheDatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	args := append(settings(t.TempDir(), "127.0.0.1:0", "127.0.0.1:0"), "--set", "database.url=postgres://desk:hush-hush@"+freeAddress(t)+"/desk")
	code, _, bad := call(t, "", nil, args...)
	if code != failed || !strings.Contains(bad, "database.url") || !strings.Contains(bad, "refused") || strings.Contains(bad, "hush") {
		t.Errorf("status %d: %s", code, bad)
	}
}
