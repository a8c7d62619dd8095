package cases_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// fill makes two accounts with a person and two cases each. Cases a1 and b1
// hold a report of one campaign; b2 was answered as phishing.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		for _, name := range []string{"a", "b"} {
			if _, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(name), Name: name}, noon); err != nil {
				return err
			}
			p := people.Person{ID: people.ID("p" + name), Account: people.AccountID(name), Address: name + "@atelier.example", Since: noon}
			if _, err := people.Ensure(ctx, tx, p); err != nil {
				return err
			}
			for n := 1; n <= 2; n++ {
				if err := open(ctx, tx, name, n); err != nil {
					return err
				}
			}
		}
		c, err := cases.Get(ctx, tx, "b2")
		if err != nil {
			return err
		}
		c.State, c.Verdict, c.Answered = cases.Answered, verdict.Phishing, noon.Add(time.Minute)
		return cases.Save(ctx, tx, c, noon)
	})
}

func open(ctx context.Context, tx *db.Tx, account string, n int) error {
	id := fmt.Sprint(account, n)
	_, err := cases.Open(ctx, tx, cases.Case{
		ID: cases.ID(id), Account: people.AccountID(account), Reporter: people.ID("p" + account), Subject: id,
		Kind: cases.Report, State: cases.Waiting, Hold: cases.HoldUnsure, Language: "en", Opened: noon,
	})
	if err != nil {
		return err
	}
	if err := cases.AddDelivery(ctx, tx, cases.Delivery{ID: cases.DeliveryID("d" + id), Case: cases.ID(id), Once: id, Received: noon}); err != nil {
		return err
	}
	r := cases.Reported{ID: cases.ReportID("r" + id), Case: cases.ID(id), Delivery: cases.DeliveryID("d" + id), Created: noon, Campaign: fmt.Sprint("wave", n)}
	if err := cases.AddReport(ctx, tx, r); err != nil {
		return err
	}
	return cases.SaveJudgement(ctx, tx, r)
}

func write(t *testing.T, d *db.DB, do func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// Invariant: one account never sees another's, in any list or figure.
func TestSight(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		for name, c := range map[string]struct {
			sight   cases.Sight
			waiting []string
			facts   int
			same    int // of a1
		}{
			"everything": {cases.Everything, []string{"a1", "a2", "b1"}, 4, 2},
			"one":        {cases.Only("a"), []string{"a1", "a2"}, 2, 1},
			"two":        {cases.Only("b", "a"), []string{"a1", "a2", "b1"}, 4, 2},
			"none":       {cases.Only(), nil, 0, 1},
			"unknown":    {cases.Only("c"), nil, 0, 1},
		} {
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				var waiting []string
				list, err := cases.List(ctx, tx, cases.Filter{Tab: cases.TabUnsure, Sight: c.sight, Limit: 9})
				for _, one := range list {
					waiting = append(waiting, string(one.ID))
				}
				if diff := cmp.Diff(c.waiting, waiting); diff != "" {
					t.Errorf("%s: list: %s", name, diff)
				}
				if err != nil {
					return err
				}
				counts, err := cases.Counts(ctx, tx, c.sight)
				if err != nil || counts[cases.TabUnsure] != len(c.waiting) {
					t.Errorf("%s: counts %v, %v", name, counts, err)
				}
				facts, err := cases.Facts(ctx, tx, c.sight, noon, noon.Add(time.Hour))
				if err != nil || len(facts) != c.facts {
					t.Errorf("%s: %d facts, %v", name, len(facts), err)
				}
				same, err := cases.Same(ctx, tx, c.sight, "a1")
				if err != nil || same != c.same {
					t.Errorf("%s: %d of the same, %v", name, same, err)
				}
				pulse, err := cases.Changed(ctx, tx, "", c.sight)
				if err != nil || (pulse != cases.Pulse{}) != (c.facts > 0) {
					t.Errorf("%s: pulse %v, %v", name, pulse, err)
				}
				_, err = cases.Thanks(ctx, tx, c.sight, noon)
				return err
			})
		}
	})
}

// A change that was begun earlier and committed later is seen too.
func TestPulseSeesLateChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		seen := map[cases.Pulse]bool{}
		for i, at := range []time.Duration{0, time.Second, -time.Millisecond, time.Second, -9 * time.Second} {
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				id := []cases.ID{"a1", "a2", "b1", "b2"}[i%4]
				c, err := cases.Get(ctx, tx, id)
				if err != nil {
					return err
				}
				if i == 0 {
					at = 5 * time.Second
				}
				if err := cases.Save(ctx, tx, c, noon.Add(at)); err != nil {
					return err
				}
				pulse, err := cases.Changed(ctx, tx, "", cases.Everything)
				if seen[pulse] {
					t.Errorf("change %d left the pulse as it was: %v", i, pulse)
				}
				seen[pulse] = true
				return err
			})
		}
	})
}

func TestTotals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			all, threats, err := cases.TotalOf(ctx, tx, "pb")
			if all != 2 || threats != 1 {
				t.Errorf("%d cases, %d threats", all, threats)
			}
			return err
		})
	})
}
