package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/lists"
	"github.com/bienvu/bienvu/internal/login"
)

// The team sees each list with its age and what went wrong; never the key that
// an address may hold. People who report see nothing of it.
func TestListsTellTheirAge(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	member := s.person("sam@atelier.example", "Atelier", login.Responder)
	member.get("/lists").is(http.StatusOK).says("No list of others is read")
	const address = "https://lists.example/a-secret-key/urls.txt"
	s.Desk.Feeds = []lists.Feed{
		{Name: "Traps", Format: feed.OpenPhish, URL: address, Every: time.Hour},
		{Name: "Ours", Format: feed.Plain, File: "/somewhere/ours.txt", Every: time.Hour},
	}
	web := &fetch.Fake{Options: fetch.Options{Allowed: []string{address}}, Pages: map[string]fetch.Page{address: {Body: "https://trap.example/in\nwhat\n"}}}
	s.Desk.Web = web
	member.get("/lists").is(http.StatusOK).says("Traps", "not read yet")
	if err := s.Desk.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Clock = s.Clock.Add(2 * time.Hour)
	a := member.get("/lists").is(http.StatusOK).says("lists.example", "In use", "today at 10:00", "One line was not understood", "The file can't be read", "compared with 2 lists (entries in all: 1)").saysNot("a-secret-key", "/somewhere")
	if strings.Contains(a.Body.String(), "fault.") {
		t.Error("a key is shown in place of a sentence")
	}
	web.Away = true
	if err := s.Desk.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	member.get("/lists").says("The server did not answer", "The last good copy stays in use")
	s.Clock = s.Clock.Add(60 * 24 * time.Hour)
	web.Away = false
	web.Pages[address] = fetch.Page{Body: ""}
	if err := s.Desk.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := s.person("kim@atelier.example", "Atelier", login.Responder) // two months later
	again.get("/lists").is(http.StatusOK).says("The list was empty")
	s.person("noe@atelier.example", "Atelier").get("/lists").is(http.StatusForbidden)
}
