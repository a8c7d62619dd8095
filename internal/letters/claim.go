package letters

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
)

// ErrHeld says that another attempt holds the letter: look again later.
var ErrHeld = fault.New(fault.Unavailable, "fault.letter-held", nil)

// Claim takes a ready letter for the process by, or takes over one whose holder
// is gone: another process whose claim is not newer than stale, or anybody whose
// claim is not newer than expired. A letter in the state Handing comes back as it was
// (its outcome has to be asked for first). It reports false when the letter
// needs nothing any more, and ErrHeld while somebody holds it.
func Claim(ctx context.Context, tx *db.Tx, id ID, by string, now, stale, expired time.Time) (Letter, bool, error) {
	l, err := Get(ctx, tx, id)
	if err != nil {
		return l, false, err
	}
	switch l.State {
	case Ready:
		return l, true, take(ctx, tx, &l, by, now)
	case Claimed, Handing:
		gone := l.ClaimedBy != by && !l.ClaimedAt.After(stale) || !l.ClaimedAt.After(expired)
		if !gone {
			return l, false, ErrHeld
		}
		return l, true, take(ctx, tx, &l, by, now)
	case Held, Sent, Failed, Doubtful:
	}
	return l, false, nil
}

// take writes the holder down; a letter being handed over stays so.
func take(ctx context.Context, tx *db.Tx, l *Letter, by string, now time.Time) error {
	if l.State == Ready {
		l.State = Claimed
	}
	l.ClaimedBy, l.ClaimedAt = by, now
	l.Attempts++
	_, err := db.Exec(ctx, tx, `UPDATE letters SET state = $2, claimed_by = $3, claimed_at = $4, attempts = attempts + 1
		WHERE id = $1`, l.ID, l.State, by, db.Micros(now))
	return err
}

// Move puts a letter from one state into the next; it reports false when the
// letter was in another state.
func Move(ctx context.Context, tx *db.Tx, id ID, from, to State, now time.Time, note string) (bool, error) {
	sent := int64(0)
	if to == Sent {
		sent = db.Micros(now)
	}
	n, err := db.Exec(ctx, tx, `UPDATE letters SET state = $3, sent_at = $4, note = $5,
			claimed_by = CASE WHEN $3 = 'ready' THEN '' ELSE claimed_by END
		WHERE id = $1 AND state = $2`, id, from, to, sent, note)
	return n == 1, err
}

// Release lets a held letter go in a person's name.
func Release(ctx context.Context, tx *db.Tx, id ID, by people.ID) (bool, error) {
	n, err := db.Exec(ctx, tx, `UPDATE letters SET state = 'ready', approved_by = $2 WHERE id = $1 AND state = 'held'`, id, by)
	return n == 1, err
}

// Again lets a letter that was refused, or of which nobody knows whether it
// left, go once more: a named person decided so.
func Again(ctx context.Context, tx *db.Tx, id ID, by people.ID) (bool, error) {
	n, err := db.Exec(ctx, tx, `UPDATE letters SET state = 'ready', approved_by = $2, claimed_by = '', note = ''
		WHERE id = $1 AND state IN ('failed', 'doubtful')`, id, by)
	return n == 1, err
}

// Forget removes the text of a letter that left and that nobody else may read:
// a sign-in link.
func Forget(ctx context.Context, tx *db.Tx, id ID) error {
	_, err := db.Exec(ctx, tx, `UPDATE letters SET body_text = '', body_html = '' WHERE id = $1 AND state = 'sent'`, id)
	return err
}
