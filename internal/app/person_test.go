package app

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

const greenWords = "three plain green words"

// counter is a terminal where `bienvu person` is typed, on one database.
type counter struct {
	t   *testing.T
	dir string
}

func (c counter) person(stdin string, args ...string) (code int, out, bad string) {
	c.t.Helper()
	env := []string{"BIENVU_DATA_DIR=" + c.dir, "BIENVU_ORG_NAME=Atelier", "BIENVU_ORG_DOMAINS=atelier.example"}
	return call(c.t, stdin, env, append([]string{"person"}, args...)...)
}

func (c counter) does(stdin string, args ...string) string {
	c.t.Helper()
	code, out, bad := c.person(stdin, args...)
	if code != done {
		c.t.Fatalf("%q: status %d: %s", args, code, bad)
	}
	return out
}

// lists compares the list with lines whose columns stand apart by any space.
func (c counter) lists(want ...string) {
	c.t.Helper()
	var got []string
	for line := range strings.Lines(c.does("", "list")) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		c.t.Errorf("the team:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPersonRoles(t *testing.T) {
	t.Parallel()
	c := counter{t, t.TempDir()}
	if code, out, bad := c.person("", "list"); code != done || out != "" || !strings.Contains(bad, "Nobody is on the team yet") {
		t.Errorf("an empty team: %d %q %q", code, out, bad)
	}
	if out := c.does("", "role", "Tom@atelier.example", "responder"); out != "tom@atelier.example now has the role responder (all accounts).\n" {
		t.Errorf("%q", out)
	}
	c.does("", "role", "tom@atelier.example", "responder") // again is harmless
	c.does("", "role", "zoe@atelier.example", "lead", "--account", "Atelier")
	c.does("", "role", "emma@atelier.example", "reporter") // is known, and not on the team
	c.does("", "name", "zoe@atelier.example", "Zoé Petit", "--language", "fr")
	c.lists("responder all accounts tom@atelier.example -", "lead Atelier zoe@atelier.example Zoé Petit")
	if out := c.does("", "list", "--all"); !strings.Contains(out, "emma@atelier.example") {
		t.Errorf("everybody:\n%s", out)
	}
	c.does("", "role", "tom@atelier.example", "admin")
	c.does("", "role", "tom@atelier.example", "responder", "--revoke")
	c.lists("admin all accounts tom@atelier.example -", "lead Atelier zoe@atelier.example Zoé Petit")
	c.does("", "role", "zoe@atelier.example", "lead", "--account", "Atelier", "--revoke")
	c.lists("admin all accounts tom@atelier.example -")
}

func TestPersonRefusals(t *testing.T) {
	t.Parallel()
	c := counter{t, t.TempDir()}
	c.does("", "role", "tom@atelier.example", "lead", "--account", "Atelier")
	for _, test := range []struct {
		want string
		args []string
	}{
		{"not an address of this organisation (atelier.example)", []string{"role", "eve@evil.example", "admin"}},
		{"not an address of this organisation", []string{"role", "tom", "admin"}},
		{"There are: Atelier.", []string{"role", "nora@atelier.example", "lead", "--account", "Factory"}},
		{"must be one of", []string{"role", "tom@atelier.example", "king"}},
		{"does not have the role lead there", []string{"role", "tom@atelier.example", "lead", "--revoke"}}, // he has it for one account
		{"not known here yet", []string{"role", "noone@atelier.example", "lead", "--revoke"}},
		{"can't be taken back", []string{"role", "tom@atelier.example", "reporter", "--revoke"}},
		{"not known here yet", []string{"password", "noone@atelier.example"}},
		{"No password was given", []string{"password", "tom@atelier.example"}},
		{"not known here yet", []string{"name", "noone@atelier.example", "No One"}},
		{"Say the name", []string{"name", "tom@atelier.example"}},
		{"100 characters", []string{"name", "tom@atelier.example", "Tom\nBcc: x"}},
		{"There are: en, fr.", []string{"name", "tom@atelier.example", "--language", "tlh"}},
	} {
		code, out, bad := c.person("", test.args...)
		bad = strings.ReplaceAll(bad, "’", "'")
		if code == done || out != "" || !strings.Contains(bad, test.want) {
			t.Errorf("%q: %d %q %q, want %q", test.args, code, out, bad, test.want)
		}
	}
	c.lists("lead Atelier tom@atelier.example -")
	if out := c.does("", "list", "--all"); strings.Contains(out, "nora@") {
		t.Errorf("a refused role left its person behind:\n%s", out)
	}
}

// Whose people they are must be known before one is added.
func TestPersonNeedsAnOrganisation(t *testing.T) {
	t.Parallel()
	code, _, bad := call(t, "", []string{"BIENVU_DATA_DIR=" + t.TempDir()}, "person", "role", "tom@atelier.example", "lead")
	if code != misused || !strings.Contains(bad, "org.name") || !strings.Contains(bad, "org.domains") || strings.Contains(bad, "org.signer") {
		t.Errorf("status %d: %s", code, bad)
	}
}

// Somebody from outside whom the desk knows, as its first administrator may be,
// can be given more.
func TestPersonFromOutsideWhoIsKnown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), "sqlite:"+dir+"/bienvu.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		home, err := people.EnsureAccount(t.Context(), tx, people.Account{ID: "a", Name: "Atelier"}, time.Now())
		if err != nil {
			return err
		}
		_, err = people.Ensure(t.Context(), tx, people.Person{ID: "p", Account: home.ID, Address: "max@partner.example", Since: time.Now()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c := counter{t, dir}
	c.does("", "role", "max@partner.example", "responder")
	c.lists("responder all accounts max@partner.example -")
}

func TestPersonPassword(t *testing.T) {
	t.Parallel()
	c := counter{t, t.TempDir()}
	c.does("", "role", "tom@atelier.example", "responder")
	if code, _, bad := c.person("eleven char\n", "password", "tom@atelier.example"); code != failed || !strings.Contains(bad, "12") {
		t.Errorf("status %d: %s", code, bad)
	}
	c.lists("responder all accounts tom@atelier.example -")
	for _, end := range []string{"\n", "\r\n", ""} {
		out := c.does(greenWords+end, "password", "tom@atelier.example")
		if !strings.Contains(out, "/sign-in?password") || strings.Contains(out, greenWords) {
			t.Errorf("%q", out)
		}
		c.opens("tom@atelier.example", greenWords)
	}
	c.lists("responder all accounts tom@atelier.example - password")
}

// opens asks as the desk does.
func (c counter) opens(address, password string) {
	c.t.Helper()
	d, err := db.Open(c.t.Context(), "sqlite:"+c.dir+"/bienvu.db")
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	hasher, err := login.NewHasher(1)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := login.CheckPassword(c.t.Context(), d, hasher, address, password, time.Now()); err != nil {
		c.t.Error(err)
	}
}

// At a terminal nobody sees what they type, so it is typed twice.
func TestPasswordTypedTwice(t *testing.T) {
	t.Parallel()
	short := fault.New(fault.Invalid, "short", nil)
	for _, test := range []struct {
		typed []string
		want  string
	}{
		{[]string{greenWords, greenWords}, ""},
		{[]string{greenWords, greenWords + " "}, "app.person.differ"},
		{[]string{"tiny"}, "short"}, // isn't asked for again
		{[]string{}, "gone"},
	} {
		asked := 0
		ask := func(string) (string, error) {
			if asked++; asked > len(test.typed) {
				return "", fault.New(fault.Invalid, "gone", nil)
			}
			return test.typed[asked-1], nil
		}
		err := typedTwice(ask, func(password string) error {
			if len(password) < 12 {
				return short
			}
			return nil
		})
		f, _ := errors.AsType[*fault.Fault](err)
		if err == nil != (test.want == "") || f != nil && f.Key != test.want {
			t.Errorf("%q: %v, want %q", test.typed, err, test.want)
		}
	}
}

// A responder is made while the desk runs, and comes in by password; when the
// role is taken back, the desk closes to them at once.
func TestPersonBesideARunningDesk(t *testing.T) {
	t.Parallel()
	c := counter{t, t.TempDir()}
	address, log, stop := serving(t, c.dir)
	c.does("", "role", "tom@atelier.example", "responder")
	c.does(greenWords+"\n", "password", "tom@atelier.example")
	site := "http://" + address
	if status, cookie := signIn(t, site, "tom@atelier.example", "three wrong green words"); status != http.StatusUnauthorized || cookie != nil {
		t.Errorf("a wrong password: %d %v", status, cookie)
	}
	status, cookie := signIn(t, site, "Tom@atelier.example", greenWords)
	if status != http.StatusSeeOther || cookie == nil {
		t.Fatalf("status %d, cookie %v\n%s", status, cookie, log)
	}
	if got := getAs(t, site+"/desk", cookie); got != http.StatusOK {
		t.Errorf("the queue: status %d", got)
	}
	c.does("", "role", "tom@atelier.example", "responder", "--revoke")
	if got := getAs(t, site+"/desk", cookie); got != http.StatusForbidden {
		t.Errorf("the queue without the role: status %d", got)
	}
	c.does(greenWords+" again\n", "password", "tom@atelier.example")
	if got := getAs(t, site+"/reports", cookie); got != http.StatusSeeOther {
		t.Errorf("still signed in after a new password: status %d", got)
	}
	if code := stop(); code != done {
		t.Errorf("status %d\n%s", code, log)
	}
	if text := log.String(); strings.Contains(text, "green words") || strings.Contains(text, "tom@") {
		t.Errorf("the log tells too much:\n%s", text)
	}
}

// signIn sends the form of the sign-in page, as a browser does.
func signIn(t *testing.T, site, address, password string) (status int, session *http.Cookie) {
	t.Helper()
	form := url.Values{"address": {address}, "password": {password}, "next": {"/desk"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site+"/sign-in/password", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", site)
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	for _, cookie := range w.Cookies() {
		if strings.HasSuffix(cookie.Name, "bienvu") && cookie.Value != "" {
			session = cookie
		}
	}
	return w.StatusCode, session
}

func getAs(t *testing.T, address string, cookie *http.Cookie) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(cookie)
	w, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	return w.StatusCode
}
