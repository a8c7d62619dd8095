package web

import (
	"net/http"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
)

func TestSignInByLink(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.emma()
	g := s.visitor()
	g.get("/reports").goesTo("/sign-in?next=%2Freports")
	g.get("/sign-in?next=%2Freports").is(http.StatusOK).says("Your work address")
	g.post("/sign-in", "address", "Emma@Atelier.example", "next", "/reports").is(http.StatusOK).says("Look in your mailbox", "15 minutes")
	s.Do()
	link := s.link("/in/")
	for range 3 { // scanners and people open it: nothing happens yet
		g.get(link).is(http.StatusOK).says("Come in")
	}
	g.get("/reports").is(http.StatusSeeOther)
	g.post(link, "next", "/reports").goesTo("/reports")
	g.get("/reports").is(http.StatusOK)
	s.visitor().post(link).is(http.StatusUnauthorized).says("was used already")
	g.post("/sign-out").goesTo("/")
	g.get("/reports").is(http.StatusSeeOther)
}

func TestSignInTellsNobodyWhoWorksHere(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.emma()
	known := s.visitor().post("/sign-in", "address", "emma@atelier.example")
	unknown := s.visitor().post("/sign-in", "address", "nora@outside.example")
	s.Do()
	if len(s.Post.Mails()) != 1 {
		t.Fatalf("%d mails left, want 1", len(s.Post.Mails()))
	}
	if a, b := text(known.Body.String()), text(unknown.Body.String()); known.Code != unknown.Code || len(a) != len(b) {
		t.Errorf("the pages differ:\n%s\n%s", a, b)
	}
	s.visitor().post("/sign-in", "address", "nobody").is(http.StatusUnprocessableEntity).says("not a complete mail address")
}

func TestOldLinkAsksForANewOne(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.emma()
	s.visitor().post("/sign-in", "address", "emma@atelier.example")
	s.Do()
	link := s.link("/in/")
	s.Clock = s.Clock.Add(login.LinkLife + time.Second)
	s.visitor().get(link).is(http.StatusUnauthorized).says("too old", "Send me the link")
	s.visitor().post(link).is(http.StatusUnauthorized)
}

func TestNobodyIsSentAway(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"/reports?from=30": "/reports?from=30", "": "/", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "evil.example": "/", "/\t/evil.example": "/",
	} {
		if got := ours(given); got != want {
			t.Errorf("%q leads to %q, want %q", given, got, want)
		}
	}
	s := newStand(t)
	s.emma().get("/sign-in?next=//evil.example").goesTo("/")
	s.emma().post("/language", "to", "fr", "back", "https://evil.example").goesTo("/")
}

func TestSignInByPassword(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	tom := s.tom()
	const password = "three plain green words"
	hasher, err := s.site.hasher()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := hasher.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	err = s.DB.Write(t.Context(), func(tx *db.Tx) error { return login.SetPassword(t.Context(), tx, tom.id, hash, s.Clock) })
	if err != nil {
		t.Fatal(err)
	}
	g := s.visitor()
	g.post("/sign-in/password", "address", "tom@atelier.example", "password", "wrong").is(http.StatusUnauthorized).says("do not go together")
	g.get("/desk").is(http.StatusSeeOther)
	g.post("/sign-in/password", "address", "tom@atelier.example", "password", password, "next", "/desk").goesTo("/desk")
	g.get("/desk").is(http.StatusOK)
}

func TestCookies(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.emma()
	s.visitor().post("/sign-in", "address", "emma@atelier.example")
	s.Do()
	a := s.visitor().post(s.link("/in/"))
	for _, c := range a.Result().Cookies() {
		if c.Name == "__Host-bienvu" {
			if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("cookie %+v", c)
			}
			return
		}
	}
	t.Errorf("no session cookie in %v", a.Result().Cookies())
}

func TestLanguageIsKept(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	g := s.visitor()
	g.lang = "fr-CA, en;q=0.5"
	g.get("/").is(http.StatusOK).says("Montrez") // the browser's
	g.post("/language", "to", "en", "back", "/about").goesTo("/about")
	g.get("/").says("A doubt about a mail?") // chosen here
	emma := s.emma()
	emma.post("/language", "to", "fr", "back", "/").goesTo("/")
	again := s.emma() // another browser
	again.get("/").says("Montrez-le-nous")
	emma.post("/language", "to", "tlh", "back", "/").goesTo("/")
	emma.get("/").says("Montrez-le-nous")
}
