package app

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
)

func TestToken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "bienvu.db")
	env := []string{"BIENVU_DATA_DIR=" + dir, "BIENVU_DATABASE_URL=sqlite:" + path, "BIENVU_ORG_NAME=Atelier", "BIENVU_ORG_DOMAINS=atelier.example"}
	made := map[string]string{}
	for name, args := range map[string][]string{
		"person": {"--person", "Emma@atelier.example"}, "service": {"--service", "mail button", "--for", "24h", "--right", "report.send,report.for-any,report.read-own"},
		"narrow": {"--person", "emma@atelier.example", "--name", "phone", "--right", "report.send"},
	} {
		code, out, bad := call(t, "", env, append([]string{"token", "create"}, args...)...)
		if code != done || !strings.HasPrefix(out, "bienvu_") || strings.Count(out, "\n") != 1 || !strings.Contains(bad, "this once") {
			t.Fatalf("%s: %d %q %q", name, code, out, bad)
		}
		made[name] = strings.TrimSpace(out)
	}
	service := whoHas(t, path, made["service"], time.Now())
	if service.Person != "" || !service.May(login.ReportForAny) || service.May(login.CaseRead) {
		t.Errorf("service: %+v", service)
	}
	person, narrow := whoHas(t, path, made["person"], time.Now()), whoHas(t, path, made["narrow"], time.Now())
	if person.Person == "" || person.Person != narrow.Person || !person.May(login.ReportReadOwn) || narrow.May(login.ReportReadOwn) {
		t.Errorf("person: %+v, narrow: %+v", person, narrow)
	}
	if who := whoHas(t, path, made["service"], time.Now().Add(25*time.Hour)); who.Token != "" {
		t.Errorf("after its time: %+v", who)
	}
	_, out, _ := call(t, "", env, "token", "list")
	if strings.Count(out, "works") != 3 || strings.Contains(out, "bienvu_") || !strings.Contains(out, "mail button") {
		t.Fatalf("%s", out)
	}
	id, _, _ := strings.Cut(out, " ") // the newest
	if code, _, bad := call(t, "", env, "token", "revoke", id); code != done {
		t.Errorf("%d %s", code, bad)
	}
	if code, _, bad := call(t, "", env, "token", "revoke", id); code != failed || !strings.Contains(bad, "revoked already") {
		t.Errorf("%d %s", code, bad)
	}
	if _, out, _ := call(t, "", env, "token", "list"); strings.Count(out, "works") != 2 || strings.Count(out, "revoked") != 1 {
		t.Errorf("%s", out)
	}
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	env := []string{"BIENVU_DATA_DIR=" + t.TempDir(), "BIENVU_ORG_NAME=Atelier", "BIENVU_ORG_DOMAINS=atelier.example"}
	for want, args := range map[string][]string{
		"not an address of this organisation":        {"--person", "eve@evil.example"},
		"no right called root":                       {"--service", "x", "--right", "root"},
		"report.send,report.for-any,report.read-own": {"--service", "x"},
		"missing":                {},
		"can't be used together": {"--service", "x", "--person", "emma@atelier.example"},
	} {
		code, out, bad := call(t, "", env, append([]string{"token", "create"}, args...)...)
		if code == done || out != "" || !strings.Contains(bad, want) {
			t.Errorf("%q: %d %q %q", args, code, out, bad)
		}
	}
}

// whoHas opens the database as the desk would, and asks whose token it is.
func whoHas(t *testing.T, path, token string, now time.Time) login.Who {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var who login.Who
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		who, _, err = login.ByToken(t.Context(), tx, token, now)
		return err
	})
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		t.Fatal(err)
	}
	return who
}
