package story

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
)

func shelfAndCast(t *testing.T) (shelf, cast) {
	t.Helper()
	s, err := loadShelf()
	if err != nil {
		t.Fatal(err)
	}
	all, err := readCast()
	if err != nil {
		t.Fatal(err)
	}
	return s, all
}

// TestShelf: enough templates of each kind in each language, the same in both,
// and none that lacks what it needs.
func TestShelf(t *testing.T) {
	t.Parallel()
	s, _ := shelfAndCast(t)
	for k, least := range map[kind]int{phishing: 14, genuine: 8, advert: 6, exercise: 2, question: 4} {
		for _, lang := range languages {
			all := s.templates[k][lang]
			if len(all) < least {
				t.Errorf("%d templates of %s in %s, want %d", len(all), k, lang, least)
			}
			for _, one := range all {
				checkTemplate(t, one)
			}
		}
	}
	for _, lang := range languages {
		for _, occasion := range []string{"doubt", "clicked", "helped", "not-helped", "stranger"} {
			if len(s.words[lang][occasion]) == 0 {
				t.Errorf("no words for %s in %s", occasion, lang)
			}
		}
		for _, said := range s.words[lang]["clicked"] {
			if len(unwrap.Acted(said)) == 0 {
				t.Errorf("the desk does not hear that they acted: %s", said)
			}
		}
		for _, said := range s.words[lang]["doubt"] {
			if acted := unwrap.Acted(said); len(acted) > 0 {
				t.Errorf("the desk hears %v: %s", acted, said)
			}
		}
	}
}

// hosts finds addresses that somebody may own; variable, what nobody filled in.
var (
	hosts    = regexp.MustCompile(`(?:@|https?://)([^\s/>)?]+)`)
	variable = regexp.MustCompile(`\{[^}]*\}`)
)

func checkTemplate(t *testing.T, one template) {
	t.Helper()
	name := string(one.kind) + "." + one.lang + " " + one.name
	if one.subject == "" || len(strings.Fields(one.text)) < 20 {
		t.Errorf("%s: no subject, or hardly a text", name)
	}
	if one.kind != question && (one.from == "" || !slices.Contains([]string{"pass", "fail", "none"}, one.auth)) {
		t.Errorf("%s: who sends it?", name)
	}
	if one.kind == exercise != one.mark {
		t.Errorf("%s: an exercise, and nothing else, has a mark", name)
	}
	b := newBlanks(one, 1, noon, "Somebody")
	text := b.fill(strings.Join([]string{one.from, one.replyTo, one.subject, one.text, one.file}, "\n"), member{Name: "Ana Roy", Address: "ana.roy@" + Domain})
	if left := variable.FindAllString(text, -1); len(left) > 0 {
		t.Errorf("%s: nobody fills in %v", name, left)
	}
	for _, host := range hosts.FindAllStringSubmatch(text, -1) {
		if !strings.HasSuffix(host[1], ".example") && !strings.HasPrefix(host[1], "203.0.113.") {
			t.Errorf("%s: %s may be somebody's", name, host[1])
		}
	}
}

func TestCast(t *testing.T) {
	t.Parallel()
	_, all := shelfAndCast(t)
	departments, addresses := map[string]int{}, map[string]bool{}
	for _, m := range all {
		departments[m.Department]++
		if addresses[m.Address] || strings.ContainsFunc(m.Address, func(r rune) bool { return r > 'z' }) {
			t.Errorf("%s twice, or not plain", m.Address)
		}
		addresses[m.Address] = true
	}
	if len(all) < 38 || len(departments) != 6 {
		t.Errorf("%d people in %d departments", len(all), len(departments))
	}
	for department, n := range departments {
		if n < 5 {
			t.Errorf("%s: %d people; figures about fewer than five are never shown", department, n)
		}
	}
	for role, want := range map[login.Role]int{login.Responder: 3, login.Lead: 1, login.Admin: 1} {
		if n := len(all.with(role)); n < want {
			t.Errorf("%d of %s", n, role)
		}
	}
}

// TestPlan looks at the year as a whole, from several moments of a first start.
func TestPlan(t *testing.T) {
	t.Parallel()
	s, all := shelfAndCast(t)
	for _, begun := range []time.Time{noon, time.Date(2026, 8, 16, 3, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 9, 30, 0, 0, time.UTC)} {
		p := newPlan(s, all, begun)
		if n := len(p.reports); n < 380 || n > 460 {
			t.Errorf("%d reports", n)
		}
		share := map[kind]float64{}
		waiting := 0
		for _, one := range p.reports {
			share[one.template.kind] += 100 / float64(len(p.reports))
			if one.waits {
				waiting++
			}
			if one.at.After(begun) || one.at.Before(begun.AddDate(-1, 0, -9)) {
				t.Errorf("a report of %s in a year that ends at %s", one.at, begun)
			}
		}
		for k, want := range map[kind][2]float64{phishing: {27, 42}, genuine: {28, 42}, advert: {15, 26}, exercise: {3, 9}, question: {2, 8}} {
			if share[k] < want[0] || share[k] > want[1] {
				t.Errorf("%s: %.0f percent", k, share[k])
			}
		}
		if waiting != 5 || !slices.IsSortedFunc(p.events, func(a, b event) int { return a.at.Compare(b.at) }) {
			t.Errorf("%d wait, or events out of order", waiting)
		}
	}
}

// TestHandedOver: each way of handing over is read back by the desk, in both
// languages, with what the person says.
func TestHandedOver(t *testing.T) {
	t.Parallel()
	s, all := shelfAndCast(t)
	for _, lang := range languages {
		who := all[slices.IndexFunc(all, func(m member) bool { return m.Speaks == lang })]
		said := s.words[lang]["doubt"][0]
		tmpl := s.named(phishing, lang, "parcel")
		o := write(tmpl, newBlanks(tmpl, 7, noon, "x"), who, noon, stream(forMail, 7))
		for _, by := range []way{attached, outlook, gmail, apple, knowBe4, microsoft} {
			d := unwrap.Unwrap(mail.Read(handOver(who, o, by, said, noon, stream(forMail, 8)), mail.DefaultBudget()))
			if len(d.Originals) != 1 || !strings.Contains(d.Comment, said) {
				t.Errorf("%s %s: %d originals, comment %q", lang, by, len(d.Originals), d.Comment)
				continue
			}
			m := mail.Read(d.Originals[0].Raw, mail.DefaultBudget())
			if m.Author().Addr != o.address() || m.Subject != o.subject || len(m.Links) == 0 || d.Originals[0].Complete == by.inline() {
				t.Errorf("%s %s: from %s, %q, %d links, complete %t", lang, by, m.Author().Addr, m.Subject, len(m.Links), d.Originals[0].Complete)
			}
		}
	}
}
