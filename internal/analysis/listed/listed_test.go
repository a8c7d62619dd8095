package listed_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/listed"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

func now() time.Time { return time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC) }

func list(t *testing.T, name string, format feed.Format, age time.Duration, lines ...string) *feed.List {
	t.Helper()
	l, err := feed.Compile(name, format, strings.NewReader(strings.Join(lines, "\n")), now().Add(-age), feed.DefaultBudget())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const program = "MZ this is a program"

func message(from, link string) *mail.Message {
	return mail.Read([]byte(strings.ReplaceAll(fmt.Sprintf(`From: %s
To: emma@corp.example
Subject: Hello
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<a href="%s">Open</a> <a href="https://intern.corp.example/x">ours</a>
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename=a.exe

%s
--b--
`, from, link, program), "\n", "\r\n")), mail.DefaultBudget())
}

func ids(found []verdict.Finding) []string {
	out := []string{}
	for _, f := range found {
		out = append(out, f.ID)
	}
	slices.Sort(out)
	return out
}

func TestLists(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte(program))
	const month = 30 * 24 * time.Hour
	for name, c := range map[string]struct {
		from, link string
		list       *feed.List
		want       string
	}{
		"nothing is listed":          {"a@weiss.example", "https://weiss.example/a", list(t, "l", feed.OpenPhish, 0, "https://trap.example/a"), ""},
		"the very address":           {"a@weiss.example", "https://trap.example/a?b=c", list(t, "l", feed.OpenPhish, 0, "https://trap.example/a?b=c"), "listed.url"},
		"with another query":         {"a@weiss.example", "https://trap.example/a?b=d", list(t, "l", feed.OpenPhish, 0, "https://trap.example/a"), "listed.near"},
		"another page there":         {"a@weiss.example", "https://trap.example/z", list(t, "l", feed.OpenPhish, 0, "https://trap.example/a"), "listed.near"},
		"a whole domain":             {"a@weiss.example", "https://x.trap.example/z", list(t, "l", feed.Plain, 0, "trap.example"), "listed.domain"},
		"a place of everybody":       {"a@weiss.example", "https://docs.google.com/z", list(t, "l", feed.OpenPhish, 0, "https://docs.google.com/a", "https://docs.google.com/"), ""},
		"a tenant of such a place":   {"a@weiss.example", "https://trap.web.app/z", list(t, "l", feed.OpenPhish, 0, "https://trap.web.app/"), "listed.domain"},
		"its very page":              {"a@weiss.example", "https://docs.google.com/a", list(t, "l", feed.OpenPhish, 0, "https://docs.google.com/a"), "listed.url"},
		"our own domain":             {"a@corp.example", "https://corp.example/a", list(t, "l", feed.Plain, 0, "corp.example", "https://corp.example/a"), ""},
		"a partner, by one page":     {"a@partner.example", "https://partner.example/z", list(t, "l", feed.Plain, 0, "partner.example"), ""},
		"a partner's page itself":    {"a@weiss.example", "https://partner.example/bad", list(t, "l", feed.Plain, 0, "https://partner.example/bad"), "listed.url"},
		"an old copy of a feed":      {"a@weiss.example", "https://trap.example/a", list(t, "l", feed.URLhaus, 2*month, `1,x,https://trap.example/a`), "listed.old"},
		"our own list does not age":  {"a@weiss.example", "https://trap.example/a", list(t, "l", feed.Plain, 20*month, "https://trap.example/a"), "listed.url"},
		"a sender":                   {"Bad@weiss.example", "https://weiss.example/a", list(t, "l", feed.Plain, 0, "bad@weiss.example"), "listed.sender"},
		"a free mail service itself": {"bad@gmail.com", "https://weiss.example/a", list(t, "l", feed.Plain, 0, "gmail.com"), ""},
		"a file":                     {"a@weiss.example", "https://weiss.example/a", list(t, "l", feed.Plain, 0, hex.EncodeToString(sum[:])), "listed.file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := subject.Subject{Message: message(c.from, c.link), Now: now()}
			s.House = subject.House{Domains: []string{"corp.example"}, Known: []string{"partner.example"}, Lists: feed.NewSet(c.list)}
			found := listed.Check(t.Context(), view.New(s))
			if got := strings.Join(ids(found), " "); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
			for _, f := range found {
				if f.Args["list"] != "l" || f.Args["day"] == "" || f.Place.Spot == "" || strings.Contains(f.Args["what"], "w.e") {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

// A well-known site earns a little trust when it is proved, never by a name.
func TestKnownSites(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]int{"a@mail.weiss.example": 1, "a@other.example": 0, "a@gmail.com": 0} {
		for _, proved := range []bool{true, false} {
			s := subject.Subject{Message: message(from, "https://weiss.example"), Now: now()}
			s.House.Sites = feed.NewSet(list(t, "top", feed.Plain, 0, "1,weiss.example", "2,gmail.com"))
			v := view.New(s)
			if proved {
				v.Auth = []verdict.Finding{{ID: "auth.dmarc-pass"}}
			}
			if got := len(listed.Check(t.Context(), v)); got != want && proved || got != 0 && !proved {
				t.Errorf("%s, proved %t: %d findings", from, proved, got)
			}
		}
	}
}

// registry knows ages, and counts who asks.
type registry struct {
	ages  map[string]time.Duration
	asked []string
}

func (r *registry) Registered(_ context.Context, name string) (time.Time, bool) {
	r.asked = append(r.asked, name)
	age, known := r.ages[name]
	return now().Add(-age), known
}

func TestAges(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	r := &registry{ages: map[string]time.Duration{"lumo-secure.com": 3 * day, "weiss-old.com": 4000 * day, "kind.fr": 90 * day, "odd.net": -40 * day}}
	for _, c := range []struct{ from, link, want, asked string }{
		{"a@lumo-secure.com", "https://a.weiss-old.com/x", "domain.new", "lumo-secure.com weiss-old.com"},
		{"a@weiss-old.com", "https://kind.fr/x", "domain.young", "weiss-old.com kind.fr"},
		{"a@odd.net", "https://unknown-name.org/", "", "odd.net unknown-name.org"},
		{"a@gmail.com", "https://x.web.app/", "", ""},
		{"a@corp.example", "https://192.0.2.1/", "", ""},
	} {
		r.asked = nil
		s := subject.Subject{Message: message(c.from, c.link), Now: now(), Registry: r, House: subject.House{Domains: []string{"corp.example"}}}
		found := listed.Check(t.Context(), view.New(s))
		if got := strings.Join(ids(found), " "); got != c.want || strings.Join(r.asked, " ") != c.asked {
			t.Errorf("%s %s: %q, asked %q", c.from, c.link, got, r.asked)
		}
	}
}

func TestAtMostThreeAreAsked(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	for i := range 50 {
		fmt.Fprintf(&body, "https://host%d.com/ ", i)
	}
	r := &registry{}
	m := mail.Read([]byte("From: a@b.com\r\n\r\n"+body.String()), mail.DefaultBudget())
	listed.Check(t.Context(), view.New(subject.Subject{Message: m, Now: now(), Registry: r}))
	if len(r.asked) != 3 {
		t.Errorf("asked for %q", r.asked)
	}
}
