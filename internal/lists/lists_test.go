package lists_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/lists"
)

func at(minutes int) time.Time { return time.Date(2026, 3, 3, 10, minutes, 0, 0, time.UTC) }

func compiled(t *testing.T, text string, got time.Time) *feed.List {
	t.Helper()
	l, err := feed.Compile("traps", feed.Plain, strings.NewReader(text), got, feed.DefaultBudget())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func write(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// look reads the state and the copy back.
func look(t *testing.T, d *db.DB) (s lists.State, l *feed.List) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		if s, err = lists.Of(t.Context(), tx, "traps"); err != nil {
			return err
		}
		l, err = lists.Copy(t.Context(), tx, "traps")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, l
}

func TestACopyLastsThroughFailures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := lists.Feed{Name: "traps", Format: feed.Plain, URL: "https://lists.example/a", Every: time.Hour}
		ctx := t.Context()
		if s, l := look(t, d); l != nil || !s.Due(f, at(0)) {
			t.Error("a list that nobody tried is not due")
		}
		write(t, d, func(tx *db.Tx) error {
			return lists.Keep(ctx, tx, f, compiled(t, "trap.example\nco.uk", at(0)), `"e"`, "m", at(0))
		})
		want := lists.State{Name: "traps", Source: f.Source(), ETag: `"e"`, Modified: "m", Tried: at(0), Got: at(0), Entries: 1, Skipped: 1}
		s, l := look(t, d)
		if diff := cmp.Diff(want, s); diff != "" || l == nil || feed.NewSet(l).Host("x.trap.example") == nil {
			t.Error(diff)
		}
		write(t, d, func(tx *db.Tx) error { return lists.Fail(ctx, tx, f, "fault.x", at(60)) })
		write(t, d, func(tx *db.Tx) error { return lists.Fail(ctx, tx, f, "fault.x", at(70)) })
		if s, l = look(t, d); l == nil || !l.Got.Equal(at(0)) || s.Problem != "fault.x" || s.Failures != 2 || s.ETag != `"e"` || s.Due(f, at(79)) || !s.Due(f, at(80)) {
			t.Errorf("after failures: %+v", s)
		}
		write(t, d, func(tx *db.Tx) error { return lists.Confirm(ctx, tx, "traps", at(90), at(90)) })
		if s, l = look(t, d); !l.Got.Equal(at(90)) || s.Problem != "" || s.Failures != 0 || s.Due(f, at(149)) || !s.Due(f, at(150)) {
			t.Errorf("confirmed: %+v", s)
		}
		moved := f
		moved.URL = "https://lists.example/b"
		if !s.Due(moved, at(91)) {
			t.Error("a list that comes from elsewhere is not due")
		}
		write(t, d, func(tx *db.Tx) error { return lists.Fail(ctx, tx, moved, "fault.y", at(91)) })
		if s, l = look(t, d); l != nil || s.ETag != "" || s.Failures != 1 || s.Source != moved.Source() {
			t.Errorf("the copy of another source is used: %+v", s)
		}
		write(t, d, func(tx *db.Tx) error { return lists.Forget(ctx, tx, "traps") })
		if s, _ = look(t, d); s.Source != "" {
			t.Error("it is not forgotten")
		}
	})
}

func TestAges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		write(t, d, func(tx *db.Tx) error {
			if err := lists.SaveAge(ctx, tx, lists.Age{Domain: "a.com", Asked: at(0)}); err != nil {
				return err
			}
			return lists.SaveAge(ctx, tx, lists.Age{Domain: "a.com", Registered: at(-9), Asked: at(1)})
		})
		var a, none lists.Age
		read := func() {
			err := d.Read(ctx, func(tx *db.Tx) (err error) {
				if a, err = lists.AgeOf(ctx, tx, "a.com"); err != nil {
					return err
				}
				none, err = lists.AgeOf(ctx, tx, "b.com")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		read()
		if !a.Registered.Equal(at(-9)) || !a.Fresh(at(2)) || a.Fresh(at(60*24*31)) || none.Fresh(at(2)) {
			t.Errorf("%+v, %+v", a, none)
		}
		if unknown := (lists.Age{Asked: at(0)}); !unknown.Fresh(at(60)) || unknown.Fresh(at(60*7)) {
			t.Error("what a registry did not say is remembered as long as what it said, or not at all")
		}
		write(t, d, func(tx *db.Tx) error { return lists.ForgetAges(ctx, tx, at(60*24*31)) })
		if read(); !a.Asked.IsZero() {
			t.Error("nothing is forgotten")
		}
	})
}
