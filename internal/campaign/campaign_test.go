package campaign_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/people"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// letter makes a fingerprint whose text is that of a letter, but for the places
// from which on it is another's.
func letter(which, other, own int) similar.Print {
	p := similar.Print{Words: 80, Exact: uint64(which*1000 + other*100 + own)}
	for i := range p.Text {
		p.Text[i] = uint16(which*1000 + i)
		if i >= own {
			p.Text[i] = uint16(other*1000 + i)
		}
	}
	return p
}

const whole = len(similar.Print{}.Text)

func write(t *testing.T, d *db.DB, do func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// report opens a case in an account with one report, and lets it join.
func report(t *testing.T, d *db.DB, account, id string, p similar.Print) (j campaign.Joined) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		if _, err := people.EnsureAccount(ctx, tx, people.Account{ID: people.AccountID(account), Name: account}, noon); err != nil {
			return err
		}
		c := cases.Case{ID: cases.ID("c" + id), Account: people.AccountID(account), Subject: id, Kind: cases.Report, State: cases.Waiting, Language: "en", Opened: noon}
		if _, err := cases.Open(ctx, tx, c); err != nil {
			return err
		}
		if err := cases.AddDelivery(ctx, tx, cases.Delivery{ID: cases.DeliveryID("d" + id), Case: c.ID, Once: id, Received: noon}); err != nil {
			return err
		}
		r := cases.Reported{ID: cases.ReportID(id), Case: c.ID, Delivery: cases.DeliveryID("d" + id), Created: noon}
		if err := cases.AddReport(ctx, tx, r); err != nil {
			return err
		}
		var err error
		if j, err = campaign.Join(ctx, tx, r.ID, p); err != nil {
			return err
		}
		r.Campaign = string(j.ID)
		return cases.SaveJudgement(ctx, tx, r)
	})
	return j
}

// campaigns lists which campaign each report is in, as the cases have it.
func campaigns(t *testing.T, d *db.DB, ids ...string) (all []string) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		all = nil
		for _, id := range ids {
			reports, err := cases.Reports(ctx, tx, cases.ID("c"+id))
			if err != nil {
				return err
			}
			all = append(all, reports[0].Campaign)
		}
		return nil
	})
	return all
}

func TestJoin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := report(t, d, "a", "1", letter(1, 1, whole))
		if first.ID == "" || first.Nearest != "" || len(first.Merged) > 0 {
			t.Errorf("the first founds %+v", first)
		}
		near := report(t, d, "a", "2", letter(1, 7, whole*6/10))
		if near.ID != first.ID || near.Nearest != "1" || !near.Like.Same || near.Like.Twin || near.Like.Why[0].ID != "text" {
			t.Errorf("the reworded one joins %+v", near)
		}
		if far := report(t, d, "a", "3", letter(3, 1, whole*95/100)); far.ID == first.ID || far.ID == "" {
			t.Errorf("another letter joins %+v", far)
		}
		if nothing := report(t, d, "a", "4", similar.Print{Subject: 1}); nothing.ID != "" {
			t.Errorf("what says nothing joins %+v", nothing)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			again, err := campaign.Join(ctx, tx, "2", letter(9, 9, whole))
			if again.ID != first.ID {
				t.Errorf("what has joined moves to %+v", again)
			}
			return err
		})
	})
}

// TestMerge: a message that belongs to two campaigns makes them one, under the
// name of the older, in the cases too.
func TestMerge(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		older := report(t, d, "a", "1", letter(1, 1, whole))
		newer := report(t, d, "a", "2", letter(2, 2, whole))
		if older.ID == newer.ID {
			t.Fatal("two letters are one campaign")
		}
		both := report(t, d, "a", "3", letter(2, 1, whole/2))
		if both.ID != older.ID || !slices.Equal(both.Merged, []campaign.ID{newer.ID}) {
			t.Errorf("%+v, not into %s", both, older.ID)
		}
		one := string(older.ID)
		if diff := cmp.Diff([]string{one, one, one}, campaigns(t, d, "1", "2", "3")); diff != "" {
			t.Error(diff)
		}
		if after := report(t, d, "a", "4", letter(2, 2, whole)); after.ID != older.ID {
			t.Errorf("one more of the newer joins %s", after.ID)
		}
	})
}

// TestManyOfOneLetter: the very same print is found under the keys of the first
// alone, and keys that very many share cost no more.
func TestManyOfOneLetter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var first campaign.Joined
		for n := range 60 {
			p := letter(1, 1, whole)
			if n >= 5 {
				p.Text[0]++ // a little else from here on, so that each is kept
				p.Text[50], p.Exact = uint16(n), uint64(n)
			}
			j := report(t, d, "a", fmt.Sprint(n), p)
			if n == 0 {
				first = j
			}
			if j.ID != first.ID {
				t.Fatalf("number %d joins %s", n, j.ID)
			}
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			members, err := db.One(ctx, tx, db.Scan[int], `SELECT COUNT(DISTINCT member) FROM campaign_bands`)
			if members != 56 {
				t.Errorf("%d members have keys, want 56: the same print needs them once", members)
			}
			return err
		})
	})
}

// Invariant: one account never sees another's, in the list of what belongs
// together either.
func TestKinStayInSight(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		report(t, d, "a", "1", letter(1, 1, whole))
		report(t, d, "a", "2", letter(1, 7, whole*6/10))
		report(t, d, "a", "3", letter(1, 1, whole))
		report(t, d, "b", "4", letter(1, 1, whole))
		for name, c := range map[string]struct {
			sight cases.Sight
			want  []cases.ID
		}{
			"everything": {cases.Everything, []cases.ID{"c4", "c3", "c2"}},
			"own":        {cases.Only("a"), []cases.ID{"c3", "c2"}},
			"other":      {cases.Only("b"), []cases.ID{"c4"}},
			"none":       {cases.Only(), nil},
		} {
			write(t, d, func(ctx context.Context, tx *db.Tx) error {
				kin, err := campaign.KinOf(ctx, tx, c.sight, "c1", 5)
				var got []cases.ID
				for _, k := range kin {
					got = append(got, k.Case)
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
				return err
			})
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			twins, err := campaign.Twins(ctx, tx, "c1")
			if !twins["c3"] || !twins["c4"] || twins["c2"] {
				t.Errorf("twins %v", twins)
			}
			return err
		})
	})
}

// TestUnreadablePrint: a print of a form that is not read any more is like
// nothing, and breaks nothing.
func TestUnreadablePrint(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		report(t, d, "a", "1", letter(1, 1, whole))
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `UPDATE campaign_members SET print = $1`, []byte("of another day"))
			return err
		})
		if j := report(t, d, "a", "2", letter(1, 7, whole*6/10)); j.Nearest != "" {
			t.Errorf("%+v", j)
		}
	})
}
