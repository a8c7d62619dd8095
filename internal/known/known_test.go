package known_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func write(t *testing.T, d *db.DB, do func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// seen is one report of a sender, and what was decided of it.
type seen struct {
	account, person, address string
	proved                   bool
	at                       time.Time
	decided                  []cases.Decision
	twice                    bool // two messages were reported in the case
}

// see writes a report down; it gives the case.
func (s seen) see(ctx context.Context, tx *db.Tx, n int) error {
	id := fmt.Sprint(n)
	for _, one := range []string{s.person, "camille", "noa"} {
		if _, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(s.account), Name: s.account}, noon); err != nil {
			return err
		}
		if _, err := people.Ensure(ctx, tx, people.Person{ID: people.ID(one), Account: people.AccountID(s.account), Address: one + "@atelier.example", Since: noon}); err != nil {
			return err
		}
	}
	c, err := cases.Open(ctx, tx, cases.Case{ID: cases.ID("c" + id), Account: people.AccountID(s.account), Kind: cases.Report, State: cases.Waiting, Language: "en", Opened: s.at})
	if err != nil {
		return err
	}
	if err := cases.AddDelivery(ctx, tx, cases.Delivery{ID: cases.DeliveryID("d" + id), Case: c.ID, Once: id, Received: s.at}); err != nil {
		return err
	}
	reports := []string{"r" + id}
	if s.twice {
		reports = append(reports, "s"+id)
	}
	for _, r := range reports {
		if err := s.report(ctx, tx, c, r, id); err != nil {
			return err
		}
	}
	for i, one := range s.decided {
		one.ID, one.Case = fmt.Sprint(id, "-", i), c.ID
		if err := cases.Decide(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}

func (s seen) report(ctx context.Context, tx *db.Tx, c cases.Case, r, id string) error {
	one := cases.Reported{ID: cases.ReportID(r), Case: c.ID, Delivery: cases.DeliveryID("d" + id), Blob: "blob" + id, Created: s.at, Judgement: []byte(`{}`)}
	if err := cases.AddReport(ctx, tx, one); err != nil {
		return err
	}
	if err := cases.SaveJudgement(ctx, tx, one); err != nil {
		return err
	}
	_, domain, _ := strings.Cut(s.address, "@")
	sighting := known.Sighting{Report: one.ID, Case: c.ID, Account: c.Account, Person: people.ID(s.person), Address: s.address, Domain: domain, Proved: s.proved, At: s.at}
	if err := known.See(ctx, tx, sighting); err != nil {
		return err
	}
	return known.See(ctx, tx, sighting) // a job may run twice
}

func tell(t *testing.T, d *db.DB, all ...seen) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		for i, s := range all {
			if err := s.see(ctx, tx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func remember(t *testing.T, d *db.DB, q known.Question) subject.Seen {
	t.Helper()
	var s *subject.Seen
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		s, err = known.Remember(t.Context(), tx, q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return *s
}

func by(who string, v verdict.Verdict, at time.Time) cases.Decision {
	return cases.Decision{By: people.ID(who), Verdict: v, At: at}
}

var ask = known.Question{Account: "north", Person: "emma", Address: "news@garden.example", Domain: "garden.example", Now: noon}

// What is remembered is counted by address and by domain, proved apart from
// claimed, and each account remembers for itself.
func TestMemory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tell(t, d,
			seen{account: "north", person: "emma", address: "news@garden.example", proved: true, at: noon.Add(-40 * day)},
			seen{account: "north", person: "tom", address: "news@garden.example", proved: true, at: noon.Add(-30 * day)},
			seen{account: "north", person: "tom", address: "shop@garden.example", proved: true, at: noon.Add(-20 * day)},
			seen{account: "north", person: "lea", address: "news@garden.example", at: noon.Add(-10 * day)},
			seen{account: "south", person: "ines", address: "news@garden.example", proved: true, at: noon.Add(-5 * day)},
		)
		want := subject.Seen{Reports: 4, Proved: subject.Side{
			Sender:  subject.Count{Times: 2, People: 2, First: noon.Add(-40 * day), Last: noon.Add(-30 * day)},
			Domain:  subject.Count{Times: 3, People: 2, First: noon.Add(-40 * day), Last: noon.Add(-20 * day)},
			Written: true,
		}, Unproved: subject.Side{
			Sender: subject.Count{Times: 1, People: 1, First: noon.Add(-10 * day), Last: noon.Add(-10 * day)},
			Domain: subject.Count{Times: 1, People: 1, First: noon.Add(-10 * day), Last: noon.Add(-10 * day)},
		}}
		if diff := cmp.Diff(want, remember(t, d, ask)); diff != "" {
			t.Error(diff)
		}
		if got := remember(t, d, known.Question{Account: "south", Person: "emma", Address: "shop@garden.example", Domain: "garden.example", Now: noon}); got.Reports != 1 || got.Proved.Domain.Times != 1 || got.Proved.Sender.Times != 0 || got.Proved.Written {
			t.Errorf("the other account: %+v", got)
		}
	})
}

// Decisions fade, count once each and no more than two from one person, and what
// was taken back, or said of several messages at once, does not count.
func TestDecisionsAreRemembered(t *testing.T) {
	t.Parallel()
	const half = 180 * day
	one := func(decided ...cases.Decision) seen {
		return seen{account: "north", person: "emma", address: "news@garden.example", proved: true, at: noon.Add(-day), decided: decided}
	}
	several := one(by("camille", verdict.Legitimate, noon))
	several.twice = true
	for name, c := range map[string]struct {
		all  []seen
		want subject.Count
	}{
		"fresh":           {[]seen{one(by("camille", verdict.Legitimate, noon))}, subject.Count{Legitimate: subject.Say{Times: 1, Strength: 1}}},
		"half a year ago": {[]seen{one(by("camille", verdict.Phishing, noon.Add(-half)))}, subject.Count{Phishing: subject.Say{Times: 1, Strength: 0.5}}},
		"two persons": {[]seen{one(by("camille", verdict.Spam, noon)), one(by("noa", verdict.Spam, noon))},
			subject.Count{Spam: subject.Say{Times: 2, Strength: 2}}},
		"four of one person": {[]seen{one(by("noa", verdict.Legitimate, noon)), one(by("noa", verdict.Legitimate, noon.Add(time.Second))),
			one(by("noa", verdict.Legitimate, noon.Add(2*time.Second))), one(by("noa", verdict.Legitimate, noon.Add(3*time.Second)))},
			subject.Count{Legitimate: subject.Say{Times: 4, Strength: 2}}},
		"one that answered two cases": {[]seen{one(by("noa", verdict.Phishing, noon)), one(by("noa", verdict.Phishing, noon))},
			subject.Count{Phishing: subject.Say{Times: 1, Strength: 1}}},
		"taken back":      {[]seen{one(by("noa", verdict.Legitimate, noon.Add(-time.Hour)), by("camille", verdict.Unsure, noon))}, subject.Count{}},
		"corrected":       {[]seen{one(by("noa", verdict.Legitimate, noon.Add(-time.Hour)), by("camille", verdict.Phishing, noon))}, subject.Count{Phishing: subject.Say{Times: 1, Strength: 1}}},
		"of the product":  {[]seen{one(by("", verdict.Legitimate, noon))}, subject.Count{}},
		"of two messages": {[]seen{several}, subject.Count{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				tell(t, d, c.all...)
				got := remember(t, d, ask).Proved.Domain
				got = subject.Count{Legitimate: round(got.Legitimate), Spam: round(got.Spam), Phishing: round(got.Phishing)}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func round(s subject.Say) subject.Say {
	s.Strength = math.Round(s.Strength*1000) / 1000
	return s
}

// Partners are found under the host and what it stands below, of their account
// or of all.
func TestPartners(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		paper := known.Partner{Domain: "paper.example", Kind: known.Supplier, Note: "since 2019", Added: noon}
		mine := known.Partner{Account: "north", Domain: "mail.paper.example", Kind: known.Newsletter, Added: noon}
		theirs := known.Partner{Account: "south", Domain: "paper.example", Kind: known.Customer, Added: noon}
		var all, got []known.Partner
		var suppliers []string
		write(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
			before := paper
			before.Kind = known.Service
			for _, p := range []known.Partner{before, paper, mine, theirs} {
				if err := known.Enter(ctx, tx, p); err != nil {
					return err
				}
			}
			if all, err = known.Partners(ctx, tx); err != nil {
				return err
			}
			if suppliers, err = known.SuppliersOf(ctx, tx, "north", 10); err != nil {
				return err
			}
			got, err = known.PartnersOf(ctx, tx, "north", "www.mail.paper.example")
			return err
		})
		if len(all) != 3 {
			t.Errorf("entered %+v", all)
		}
		if diff := cmp.Diff([]known.Partner{mine, paper}, got); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"paper.example"}, suppliers); diff != "" {
			t.Error(diff)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			was, err := known.Remove(ctx, tx, "", "paper.example")
			again, err2 := known.Remove(ctx, tx, "", "paper.example")
			left, err3 := known.PartnersOf(ctx, tx, "north", "paper.example")
			if !was || again || len(left) != 0 {
				t.Errorf("removed %v, again %v; left %+v", was, again, left)
			}
			return errors.Join(err, err2, err3)
		})
	})
}

func TestSheet(t *testing.T) {
	t.Parallel()
	got, err := known.ReadSheet(strings.NewReader("\ufeffdomain,kind,note\n# ours\nPaper.example, supplier, \"paper, ink\"\n@letters.example,newsletter\nava@atelier.example,vip,Ava Stone\n"))
	want := known.Sheet{Partners: []known.Partner{{Domain: "paper.example", Kind: known.Supplier, Note: "paper, ink"}, {Domain: "letters.example", Kind: known.Newsletter}},
		Prominent: []known.Prominent{{Address: "ava@atelier.example", Name: "Ava Stone"}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, bad := range []string{"gmail.com,supplier,", "co.uk,supplier,", "paper.example,friend,", "192.0.2.1,supplier,", "localhost,service,", "ava,vip,Ava", "\"a", "paper example.example,supplier"} {
		if _, err := known.ReadSheet(strings.NewReader(bad)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := known.ReadSheet(strings.NewReader(strings.Repeat("a.example,supplier\n", 300_000))); !fault.Is(err, fault.TooMuch) {
		t.Errorf("too long: %v", err)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("domain,kind,note\npaper.example,supplier,x\n")
	f.Add("a@b.example,vip,\"Ava\"\n")
	f.Fuzz(func(t *testing.T, s string) {
		sheet, err := known.ReadSheet(strings.NewReader(s))
		for _, p := range sheet.Partners {
			if known.Host(p.Domain) != p.Domain || !p.Kind.Valid() {
				t.Errorf("%+v (%v)", p, err)
			}
		}
	})
}

// A lesson is in use until another is, or until it is taken back or withdrawn.
func TestLessons(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		teach := func(id string, at time.Time, why lesson.Why, c learn.Correction) {
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				return known.Teach(ctx, tx, known.Lesson{ID: id, Made: at, Adopted: why == lesson.Better, Figures: lesson.Figures{Decisions: 60, Why: why}, Learned: c})
			})
		}
		current := func() (id string, c learn.Correction) {
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				l, err := known.Current(ctx, tx)
				if id = l.ID; err != nil || id == "" {
					return err
				}
				c, err = known.Learned(ctx, tx, id)
				return err
			})
			return id, c
		}
		if id, _ := current(); id != "" {
			t.Errorf("at first: %q", id)
		}
		teach("a", noon, lesson.Better, learn.Correction{7: 0.5, 1<<31 + 3: -1.25, 9: 1e-6})
		teach("b", noon.Add(time.Hour), lesson.NotSure, nil)
		id, c := current()
		if diff := cmp.Diff(learn.Correction{7: 0.5, 1<<31 + 3: -1.25}, c); id != "a" || diff != "" {
			t.Error(id, diff)
		}
		teach("c", noon.Add(2*time.Hour), lesson.Better, learn.Correction{1: 1})
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return known.Withdraw(ctx, tx, "c") })
		if id, _ := current(); id != "a" {
			t.Errorf("after the newer was withdrawn: %q", id)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			n, err := known.Unlearn(ctx, tx, noon.Add(3*time.Hour))
			from, last, err2 := known.Taught(ctx, tx)
			if n != 3 || !from.Equal(noon.Add(3*time.Hour)) || !last.Equal(noon.Add(2*time.Hour)) {
				t.Errorf("%d taken back; from %s, last %s", n, from, last)
			}
			all, err3 := known.Lessons(ctx, tx, 2)
			if len(all) != 2 || all[0].ID != "c" || all[0].Revoked.IsZero() || all[0].Figures.Decisions != 60 {
				t.Errorf("%+v", all)
			}
			return errors.Join(err, err2, err3)
		})
		if id, _ := current(); id != "" {
			t.Errorf("after all were taken back: %q", id)
		}
	})
}

// Only what persons decided last, of one message, is learned from.
func TestWhatIsLearnedFrom(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one := func(decided ...cases.Decision) seen {
			return seen{account: "north", person: "emma", address: "news@garden.example", at: noon, decided: decided}
		}
		two := one(by("noa", verdict.Spam, noon.Add(7*time.Hour)))
		two.twice = true
		tell(t, d, one(by("noa", verdict.Legitimate, noon.Add(-time.Hour))), one(by("", verdict.Phishing, noon.Add(time.Hour))),
			one(by("noa", verdict.Legitimate, noon.Add(2*time.Hour)), by("camille", verdict.Phishing, noon.Add(3*time.Hour))),
			one(by("noa", verdict.Legitimate, noon.Add(2*time.Hour)), by("camille", verdict.Unsure, noon.Add(4*time.Hour))),
			one(by("noa", verdict.Simulation, noon.Add(5*time.Hour))), two, one(by("noa", verdict.Spam, noon.Add(6*time.Hour))))
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			all, err := known.Decisions(ctx, tx, noon, 10)
			var got []string
			for _, one := range all {
				got = append(got, one.Blob+" "+string(one.Verdict)+" "+string(one.By))
			}
			if diff := cmp.Diff([]string{"blob6 spam noa", "blob2 phishing camille"}, got); diff != "" {
				t.Error(diff)
			}
			n, err2 := known.Since(ctx, tx, noon)
			if n != 6 {
				t.Errorf("%d decisions since", n)
			}
			return errors.Join(err, err2)
		})
	})
}
