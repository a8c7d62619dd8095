package letters_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/letters"
)

func at(minute int) time.Time { return time.Date(2026, 5, 6, 7, minute, 0, 0, time.UTC) }

func letter(id string) letters.Letter {
	return letters.Letter{
		ID: letters.ID(id), Once: "once-" + id, To: "emma@boreal.example", Situation: "false-alarm", Language: "fr",
		Subject: "Re : test", Text: "Merci Emma !", HTML: "<p>Merci Emma !</p>", MessageID: id + "@boreal.example",
		References: []string{"a@x.example", "b@x.example"}, Tone: json.RawMessage(`{"pass":true}`), TonePass: true,
		State: letters.Ready, Created: at(0),
	}
}

func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, d *db.DB, id, by string, now, stale time.Time) (l letters.Letter, mine bool, err error) {
	t.Helper()
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		l, mine, err = letters.Claim(t.Context(), tx, letters.ID(id), by, now, stale, now.Add(-5*time.Minute))
		return err
	})
	return l, mine, err
}

func TestOneLetterPerOccasion(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if added, err := letters.Add(ctx, tx, letter("one")); !added || err != nil {
				t.Errorf("first letter: added %v, %v", added, err)
			}
			again := letter("two")
			again.Once = letter("one").Once
			if added, err := letters.Add(ctx, tx, again); added || err != nil {
				t.Errorf("second letter for the occasion: added %v, %v", added, err)
			}
			return nil
		})
	})
}

// The invariant of the house: no sentence leaves without a tone check that
// passed, or a named person's override. The schema itself refuses it.
func TestSchemaRefusesUncheckedLetters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			l := letter("bad")
			l.TonePass = false
			_, err := letters.Add(t.Context(), tx, l)
			return err
		})
		if err == nil {
			t.Fatal("a letter that failed the tone check was accepted as ready")
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			l := letter("held")
			l.TonePass, l.State = false, letters.Held
			_, err := letters.Add(ctx, tx, l)
			return err
		})
		if _, mine, err := claim(t, d, "held", "p1", at(1), at(1)); mine || err != nil {
			t.Errorf("a held letter was claimed: %v, %v", mine, err)
		}
	})
}

func TestClaim(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := letters.Add(ctx, tx, letter("one"))
			return err
		})
		l, mine, err := claim(t, d, "one", "p1", at(1), at(0))
		if !mine || err != nil || l.State != letters.Claimed || l.Attempts != 1 {
			t.Fatalf("first claim: %+v, %v, %v", l, mine, err)
		}
		if _, _, err := claim(t, d, "one", "p1", at(1), at(0)); !errors.Is(err, letters.ErrHeld) {
			t.Errorf("a second claim by the holder: %v, want ErrHeld", err)
		}
		if _, _, err := claim(t, d, "one", "p2", at(2), at(0)); !errors.Is(err, letters.ErrHeld) {
			t.Errorf("a claim by another while the holder may live: %v, want ErrHeld", err)
		}
		if _, mine, err := claim(t, d, "one", "p2", at(2), at(2)); !mine || err != nil {
			t.Errorf("a claim by another when the holder is gone: %v, %v", mine, err)
		}
		if l, mine, err := claim(t, d, "one", "p2", at(9), at(0)); !mine || err != nil || l.Attempts != 3 {
			t.Errorf("a claim after the lease: %+v, %v, %v", l, mine, err)
		}
	})
}

func TestHandingIsAskedAboutNotRepeated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if _, err := letters.Add(ctx, tx, letter("one")); err != nil {
				return err
			}
			_, _, err := letters.Claim(ctx, tx, "one", "p1", at(1), at(0), at(0))
			return err
		})
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			moved, err := letters.Move(ctx, tx, "one", letters.Claimed, letters.Handing, at(1), "")
			if !moved {
				t.Error("the letter did not move to handing")
			}
			return err
		})
		l, mine, err := claim(t, d, "one", "p2", at(2), at(2))
		if !mine || err != nil || l.State != letters.Handing {
			t.Errorf("after a crash while handing: %+v, %v, %v", l, mine, err)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if moved, err := letters.Move(ctx, tx, "one", letters.Claimed, letters.Sent, at(3), ""); moved || err != nil {
				t.Errorf("moved from a state it was not in: %v, %v", moved, err)
			}
			_, err := letters.Move(ctx, tx, "one", letters.Handing, letters.Sent, at(3), "")
			return err
		})
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			got, err := letters.ByMessageID(ctx, tx, "one@boreal.example")
			if got.State != letters.Sent || !got.SentAt.Equal(at(3)) || len(got.References) != 2 {
				t.Errorf("sent letter reads back as %+v", got)
			}
			left, err2 := letters.Unfinished(ctx, tx)
			if len(left) != 0 {
				t.Errorf("unfinished: %v", left)
			}
			return errors.Join(err, err2)
		})
	})
}
