package desk_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/lists"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/rdap"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	traps = "https://lists.example/traps.txt"
	misp  = "https://misp.example/feed/"
	event = "6f1c2d3e-0000-4000-8000-00000000000"
)

// web gives the desk lists and a web to read them from.
func web(d *desktest.Desk, pages map[string]fetch.Page) *fetch.Fake {
	d.Feeds = []lists.Feed{
		{Name: "traps", Format: feed.OpenPhish, URL: traps, Every: time.Hour},
		{Name: "misp", Format: feed.MISP, URL: misp, Every: time.Hour},
	}
	f := &fetch.Fake{Options: fetch.Options{Allowed: []string{traps, misp}}, Pages: pages}
	d.Web = f
	return f
}

func pages() map[string]fetch.Page {
	return map[string]fetch.Page{
		traps:                   {Body: "https://trap.example/in\n", ETag: `"1"`},
		misp + "manifest.json":  {Body: `{"` + event + `1":{"timestamp":"100"},"` + event + `2":{"timestamp":200},"../../etc/passwd":{}}`, Modified: "then"},
		misp + event + "1.json": {Body: `{"Event":{"Attribute":[{"type":"domain","to_ids":true,"value":"pirate.example"}]}}`},
		misp + event + "2.json": {Body: `{"Event":{"Attribute":[{"type":"domain","to_ids":true,"value":"corsair.example"}]}}`},
	}
}

func refresh(t *testing.T, d *desktest.Desk) map[string]lists.State {
	t.Helper()
	if err := d.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	out := map[string]lists.State{}
	err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := lists.All(t.Context(), tx)
		for _, s := range all {
			out[s.Name] = s
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// found lists what is found in a mail with a link.
func found(t *testing.T, d *desktest.Desk, link string) []string {
	t.Helper()
	original := mailtest.New("Hello "+link, "Alex <alex@somewhere.example>", "emma@atelier.example").Text("Look here: " + link).Bytes()
	r := d.Mail("emma@atelier.example", forward(emma, "Strange?", original))
	var ids []string
	err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
		reports, err := cases.ReportsOf(t.Context(), tx, r.Delivery)
		if err != nil {
			return err
		}
		var judged struct{ Findings []verdict.Finding }
		if err := json.Unmarshal(reports[0].Judgement, &judged); err != nil {
			return err
		}
		for _, f := range judged.Findings {
			if strings.HasPrefix(f.ID, "listed.") || strings.HasPrefix(f.ID, "domain.") {
				ids = append(ids, f.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// A list is read when it is due, kept through a restart and without a network,
// and its age is told.
func TestListsAreReadAndKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		f := web(d, pages())
		if got := found(t, d, "https://trap.example/in"); got != nil {
			t.Errorf("before the list is read: %q", got)
		}
		states := refresh(t, d)
		if s := states["traps"]; s.Entries != 1 || s.Problem != "" || !s.Got.Equal(d.Clock) || strings.Contains(s.Source, "traps.txt") {
			t.Errorf("%+v", s)
		}
		if s := states["misp"]; s.Entries != 2 || s.Problem != "" {
			t.Errorf("%+v", s)
		}
		for link, want := range map[string]string{"https://trap.example/in": "listed.url", "https://www.pirate.example/": "listed.domain", "https://corsair.example/x": "listed.domain", "https://weiss.example/x": ""} {
			if got := strings.Join(found(t, d, link), " "); got != want {
				t.Errorf("%s: %q, want %q", link, got, want)
			}
		}
		asked := len(f.Asked())
		if refresh(t, d); len(f.Asked()) != asked {
			t.Error("a list was read before it was due")
		}
		d.Clock = d.Clock.Add(time.Hour)
		if states = refresh(t, d); len(f.Asked()) != asked+2 || !states["traps"].Got.Equal(d.Clock) || !states["misp"].Got.Equal(d.Clock) {
			t.Errorf("what has not changed was read again: %q", f.Asked()[asked:])
		}
		again := desktest.New(t, d.DB)
		web(again, nil).Away = true
		again.Clock = d.Clock.Add(2 * time.Hour)
		if states = refresh(t, again); states["traps"].Problem != "fault.fetch-failed" || states["traps"].Entries != 1 {
			t.Errorf("without a network: %+v", states["traps"])
		}
		if got := found(t, again, "https://trap.example/in"); !slices.Equal(got, []string{"listed.url"}) {
			t.Errorf("after a restart without a network: %q", got)
		}
	})
}

// A feed that gives a page, or nothing, does not wipe out what we have.
func TestABadCopyReplacesNoGoodOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		f := web(d, pages())
		refresh(t, d)
		for body, want := range map[string]string{"": "fault.list-empty", "<html>\nSign in\n</html>": "fault.list-empty", "https://other.example/a": ""} {
			f.Pages[traps] = fetch.Page{Body: body}
			f.Pages[misp+"manifest.json"] = fetch.Page{Body: "<html>"}
			d.Clock = d.Clock.Add(24 * time.Hour)
			states := refresh(t, d)
			if s := states["traps"]; s.Problem != want || s.Entries != 1 || states["misp"].Problem != "fault.list-unreadable" || states["misp"].Entries != 2 {
				t.Errorf("%q: %+v", body, states)
			}
		}
		d.Feeds = d.Feeds[1:]
		if states := refresh(t, d); len(states) != 1 || len(found(t, d, "https://other.example/a")) != 0 {
			t.Errorf("a list that is no longer configured is kept: %+v", states)
		}
	})
}

func TestAListMayBeAFile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		name := filepath.Join(t.TempDir(), "ours.txt")
		d.Feeds = []lists.Feed{{Name: "ours", Format: feed.Plain, File: name, Every: time.Hour}}
		if s := refresh(t, d)["ours"]; s.Problem != "fault.list-no-file" || s.Failures != 1 {
			t.Errorf("without a file: %+v", s)
		}
		written := d.Clock.Add(-48 * time.Hour)
		if err := os.WriteFile(name, []byte("# ours\ntrap.example\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, written, written); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time nothing has changed
			d.Clock = d.Clock.Add(2 * time.Hour)
			if s := refresh(t, d)["ours"]; s.Problem != "" || s.Entries != 1 || !s.Got.Equal(written) || !s.Tried.Equal(d.Clock) {
				t.Errorf("%+v", s)
			}
		}
		if got := found(t, d, "https://www.trap.example/"); !slices.Equal(got, []string{"listed.domain"}) {
			t.Errorf("%q", got)
		}
	})
}

// A registry is asked once for a domain, and never when nobody allowed it.
func TestDomainAges(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		if got := found(t, d, "https://a.lumo-secure.com/"); got != nil {
			t.Errorf("without permission: %q", got)
		}
		var opened []*fetch.Fake
		d.Domains = rdap.New(rdap.Bootstrap, func(allowed []string) fetch.Getter {
			f := &fetch.Fake{Options: fetch.Options{Allowed: allowed}, Pages: map[string]fetch.Page{
				rdap.Bootstrap: {Body: `{"services":[[["com"],["https://rdap.example/"]]]}`},
				"https://rdap.example/domain/lumo-secure.com": {Body: `{"events":[{"eventAction":"registration","eventDate":"` + d.Clock.Add(-72*time.Hour).Format(time.RFC3339) + `"}]}`},
			}}
			opened = append(opened, f)
			return f
		})
		refresh(t, d)
		for range 2 {
			if got := found(t, d, "https://a.lumo-secure.com/"); !slices.Equal(got, []string{"domain.new"}) {
				t.Errorf("a domain of three days: %q", got)
			}
			if got := found(t, d, "https://a.unknown-lumo.com/"); got != nil {
				t.Errorf("a domain that the registry doesn't know: %q", got)
			}
			d.Clock = d.Clock.Add(time.Hour)
		}
		if asked := opened[1].Asked(); len(asked) != 2 {
			t.Errorf("asked %q", asked)
		}
	})
}

// What the settings say of the house stays, whatever lists do.
func TestTheHouseStays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Org.House = analysis.House{Domains: []string{"atelier.example", "trap.example"}}
		web(d, pages())
		refresh(t, d)
		if got := found(t, d, "https://trap.example/in"); got != nil {
			t.Errorf("our own domain: %q", got)
		}
	})
}
