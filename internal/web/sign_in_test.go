package web

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
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

const greenWords = "three plain green words"

// gives sets a password, as `bienvu person password` does.
func (g *guest) gives(password string) {
	g.s.t.Helper()
	hasher, err := g.s.site.hasher()
	if err != nil {
		g.s.t.Fatal(err)
	}
	hash, err := hasher.Hash(g.s.t.Context(), password)
	if err != nil {
		g.s.t.Fatal(err)
	}
	err = g.s.DB.Write(g.s.t.Context(), func(tx *db.Tx) error {
		return login.SetPassword(g.s.t.Context(), tx, g.id, hash, g.s.Clock)
	})
	if err != nil {
		g.s.t.Fatal(err)
	}
}

// fillIn sends the form of the page that goes to action, with every field the
// page hides, and the values given for those it shows.
func (g *guest) fillIn(page answered, action string, values map[string]string) answered {
	g.s.t.Helper()
	form := regexp.MustCompile(`(?s)<form[^>]*action="` + regexp.QuoteMeta(action) + `".*?</form>`).FindString(page.Body.String())
	var pairs []string
	for _, input := range regexp.MustCompile(`<input[^>]*>`).FindAllString(form, -1) {
		name, value := attribute(input, "name"), attribute(input, "value")
		if given, ok := values[name]; ok {
			value = given
			delete(values, name)
		}
		pairs = append(pairs, name, value)
	}
	if form == "" || len(values) > 0 {
		g.s.t.Fatalf("the form to %s has no field for %v:\n%s", action, values, form)
	}
	return g.post(action, pairs...)
}

func attribute(tag, name string) string {
	found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// Somebody of the team is sent to the sign-in page, fills in what stands there,
// and comes out where they wanted to go.
func TestSignInByPassword(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.tom().gives(greenWords)
	g := s.visitor()
	page := g.get("/desk").goesTo("/sign-in?next=%2Fdesk")
	page = g.get(page.Header().Get("Location")).is(http.StatusOK).says("I am on the team and have a password")
	page = g.fillIn(page, "/sign-in/password", map[string]string{"address": "tom@atelier.example", "password": "three wrong green words"})
	page.is(http.StatusUnauthorized).says("do not go together")
	if body := page.Body.String(); strings.Contains(body, "wrong green words") || !strings.Contains(body, `value="tom@atelier.example"`) {
		t.Errorf("the address is to be kept, the password not:\n%s", body)
	}
	g.get("/desk").is(http.StatusSeeOther)
	page = g.fillIn(page, "/sign-in/password", map[string]string{"address": " Tom@Atelier.example ", "password": greenWords})
	page.goesTo("/desk")
	g.get("/desk").is(http.StatusOK)
	g.post("/sign-out").goesTo("/")
	g.get("/desk").is(http.StatusSeeOther)
}

// A password opens what the person may see, and no more.
func TestPasswordGivesNoRole(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma := s.emma()
	emma.gives(greenWords)
	g := s.visitor()
	g.post("/sign-in/password", "address", "emma@atelier.example", "password", greenWords, "next", "https://evil.example").goesTo("/")
	g.get("/reports").is(http.StatusOK)
	g.get("/desk").is(http.StatusForbidden)
	emma.gives(greenWords + " again")
	g.get("/reports").is(http.StatusSeeOther) // signed out everywhere
}

// The page says the same to whoever guesses an address as to whoever guesses a
// password, and soon asks both to wait; the link by mail goes on working.
func TestGuessingPasswords(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.tom().gives(greenWords)
	s.emma()
	tooLong := strings.Repeat("guess ", 100) // is never compared, which is slow, and counts all the same
	g := s.visitor()
	for _, address := range []string{"tom@atelier.example", "emma@atelier.example", "nobody@atelier.example"} {
		for range 10 {
			g.post("/sign-in/password", "address", address, "password", tooLong).is(http.StatusUnauthorized).says("do not go together")
		}
		a := g.post("/sign-in/password", "address", address, "password", greenWords).is(http.StatusTooManyRequests)
		if a.Header().Get("Retry-After") != "900" {
			t.Errorf("wait %q seconds", a.Header().Get("Retry-After"))
		}
	}
	g.post("/sign-in", "address", "tom@atelier.example").is(http.StatusOK)
	s.Do()
	s.visitor().post(s.link("/in/")).goesTo("/")
	s.Clock = s.Clock.Add(15*time.Minute + time.Second)
	g.post("/sign-in/password", "address", "tom@atelier.example", "password", greenWords, "next", "/desk").goesTo("/desk")
}

// Both doors hand over the same cookie.
func TestCookies(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.tom().gives(greenWords)
	s.visitor().post("/sign-in", "address", "tom@atelier.example")
	s.Do()
	for door, a := range map[string]answered{
		"link":     s.visitor().post(s.link("/in/")),
		"password": s.visitor().post("/sign-in/password", "address", "tom@atelier.example", "password", greenWords),
	} {
		at := slices.IndexFunc(a.Result().Cookies(), func(c *http.Cookie) bool { return c.Name == "__Host-bienvu" })
		if at < 0 {
			t.Fatalf("%s: no session cookie in %v", door, a.Result().Cookies())
		}
		if c := a.Result().Cookies()[at]; !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: cookie %+v", door, c)
		}
	}
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
