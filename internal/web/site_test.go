package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/post"
)

// Invariant: no figure about fewer than five people.
func TestNumbersTellNothingAboutFew(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	lead := s.person("lead@atelier.example", "Atelier", login.Lead)
	names := []string{"ana", "bea", "carl", "dora", "eli"}
	for i, name := range names {
		lead.get("/numbers").is(http.StatusOK).says("Fewer than 5 people").saysNot("Half of them", "people showed us")
		g := s.person(name+"@atelier.example", "Atelier")
		g.get("/").saysNot("of you showed us")
		if i < 2 {
			g.reported(phish())
			continue
		}
		g.reported(another(i))
	}
	s.Clock = s.Clock.Add(time.Second)
	a := lead.get("/numbers").is(http.StatusOK).says("5 people showed us 5 mails")
	// Five reported, but only two of them a trap: that is told as a dash.
	if !strings.Contains(text(a.Body.String()), "Real traps seen –") {
		t.Errorf("traps of two people are told:\n%s", text(a.Body.String()))
	}
	s.emma().get("/").says("5 of you showed us 5 mails").saysNot("real trap")
}

func TestHealth(t *testing.T) {
	t.Parallel()
	var broken error
	s := newStand(t, func(c *Config) { c.Ready = func(context.Context) error { return broken } })
	s.visitor().get("/healthz").is(http.StatusOK)
	s.visitor().get("/readyz").is(http.StatusOK)
	broken = errors.New("the disk is gone")
	s.visitor().get("/healthz").is(http.StatusOK)
	s.visitor().get("/readyz").is(http.StatusServiceUnavailable).saysNot("disk")
}

// Every kind of failure is a page with its status, and our own failures show
// an ID and nothing else.
func TestEveryFailureIsAPage(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for _, kind := range fault.Kinds() {
		failing := s.site.serve(Route{Handle: func(*visit) error {
			return &fault.Fault{Kind: kind, Key: "fault.not-found", Cause: errors.New("a secret cause")}
		}})
		w := httptest.NewRecorder()
		httpd.Wrap(failing, httpd.Options{Log: s.Log}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/x", nil))
		a := answered{w, t}.is(httpd.Status(kind)).saysNot("secret")
		if got := strings.Contains(a.Body.String(), "<code>"); got != (kind == fault.Internal) {
			t.Errorf("%s: shows an ID: %t", kind, got)
		}
	}
}

func TestLiveTellsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.site.pulse.every = time.Millisecond
	server := httptest.NewServer(s.web)
	t.Cleanup(server.Close)
	emma, hugo := s.emma(), s.person("hugo@atelier.example", "Atelier")
	listen := func(g *guest) <-chan string {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/live?since=0", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range g.cookie {
			r.AddCookie(c)
		}
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = answer.Body.Close() })
		if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
			t.Fatalf("content type %q", got)
		}
		events := make(chan string, 16)
		go func() {
			for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
				if event, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
					events <- event
				}
			}
		}()
		return events
	}
	mine, others, team := listen(emma), listen(hugo), listen(s.tom())
	emma.reported(puzzling())
	for name, events := range map[string]<-chan string{"her own page": mine, "the desk": team} {
		if got := <-events; got != "changed" {
			t.Errorf("%s heard %q", name, got)
		}
	}
	hugo.reported(another(3)) // now his page hears too: of his own report
	if got := <-others; got != "changed" {
		t.Errorf("he heard %q", got)
	}
}

// heard says whether a stream that a page opened at since would tell of news.
func (s *stand) heard(g *guest, since int64) bool {
	return s.site.news(s.t.Context(), &watch{person: g.id, since: since})
}

func TestLiveIsSilentAboutOthersAndAboutTheOld(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, hugo := s.emma(), s.person("hugo@atelier.example", "Atelier")
	emma.reported(puzzling())
	if s.heard(hugo, 0) {
		t.Error("another's report is news to him")
	}
	if !s.heard(emma, 0) || s.heard(emma, db.Micros(s.Clock)) {
		t.Error("what is old is news, or what is new is not")
	}
}

// Two changes of the same moment are two: the second is not missed.
func TestLiveMissesNothingOfTheSameMoment(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	team := watch{}
	if !s.heard(s.emma(), -1) {
		t.Fatal("nothing is news")
	}
	emma := s.emma()
	for n := 1; n <= 3; n++ {
		emma.reported(another(n)) // the clock stands still
		if !s.site.news(t.Context(), &team) {
			t.Errorf("report %d was missed", n)
		}
		if s.site.news(t.Context(), &team) {
			t.Errorf("report %d is told twice", n)
		}
	}
}

func TestOutboxAtARealDesk(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	emma, tom := s.emma(), s.tom()
	id := emma.reported(phish())
	s.visitor().post("/sign-in", "address", "emma@atelier.example")
	s.Do()
	_, sent := s.Case(id)
	a := tom.get("/outbox").is(http.StatusOK).says("Votre compte est suspendu", "emma@atelier.example").saysNot("sign-in link")
	if n := strings.Count(a.Body.String(), `class="mail-row"`); n != 1 {
		t.Errorf("%d mails are listed, want the answer alone: a sign-in link is nobody's to see", n)
	}
	tom.get("/outbox/" + string(sent[0].ID)).is(http.StatusOK).says("Well spotted, Emma").saysNot("/a/A")
	framed := tom.get("/outbox/" + string(sent[0].ID) + "/html").is(http.StatusOK)
	if strings.Contains(framed.Body.String(), "/a/A") || !strings.Contains(framed.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Error("the one-click links of somebody else's letter are shown")
	}
	emma.get("/outbox").is(http.StatusForbidden)
}

func TestDemo(t *testing.T) {
	t.Parallel()
	outbox, err := post.OpenOutbox(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	s := newStand(t, func(c *Config) {
		c.Outbox, c.Desk.Sender = outbox, outbox
		c.Demo = &Demo{SMTP: "127.0.0.1:2525", Command: "bienvu report FILE.eml", Progress: func() (int, int) { return 3, 12 }, Doors: []Door{
			{login.Reporter, "emma@atelier.example"}, {login.Responder, "tom@atelier.example"}, {login.Lead, "lead@atelier.example"},
		}}
	})
	s.emma()
	s.tom()
	s.person("lead@atelier.example", "Atelier", login.Lead)
	v := s.visitor()
	v.get("/").goesTo("/demo")
	v.get("/demo").is(http.StatusOK).says("Emma Petit", "bienvu report FILE.eml", "127.0.0.1:2525", "still being written")
	v.get("/demo/in/responder").goesTo("/desk")
	v.get("/desk").is(http.StatusOK)
	v.post("/demo/sign-in", "person", "reporter").goesTo("/")
	v.get("/demo/in/admin").is(http.StatusNotFound)
	v.reported(phish())
	var all []answer
	if err := json.Unmarshal(v.get("/outbox.json").is(http.StatusOK).Body.Bytes(), &all); err != nil || len(all) != 1 {
		t.Fatalf("%v in the outbox: %v", all, err)
	}
	if all[0].To != "emma@atelier.example" || !strings.Contains(all[0].Text, "Well spotted") {
		t.Errorf("%+v", all[0])
	}
	if got := strings.TrimSpace(v.get("/outbox.json?in_reply_to=nothing").Body.String()); got != "[]" {
		t.Errorf("an answer to nothing: %s", got)
	}
	visitor := s.visitor() // who has to find the way in
	visitor.post("/sign-in", "address", "tom@atelier.example").is(http.StatusOK)
	s.Do()
	visitor.get("/outbox").is(http.StatusOK).says("tom@atelier.example")
}

func TestReferencePage(t *testing.T) {
	t.Parallel()
	newStand(t).visitor().get("/api").is(http.StatusNotFound)
}
