package letters

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// Lease is how long a claim of another process that may still live is left
// alone.
const Lease = 2 * time.Minute

// Claim takes a ready letter for the process by, or takes over one whose
// holder is gone: another process, with its claim older than stale. A letter
// in the state Handing comes back as it was (its outcome has to be asked for
// first). It reports false when there is nothing to do.
func Claim(ctx context.Context, tx *db.Tx, id ID, by string, now, stale time.Time) (Letter, bool, error) {
	l, err := Get(ctx, tx, id)
	if err != nil {
		return l, false, err
	}
	gone := l.ClaimedBy != by && !l.ClaimedAt.After(stale)
	switch {
	case l.State == Handing && gone:
		return l, true, nil
	case l.State == Ready, l.State == Claimed && gone:
	default:
		return l, false, nil
	}
	n, err := db.Exec(ctx, tx, `UPDATE letters SET state = 'claimed', claimed_by = $2, claimed_at = $3, attempts = attempts + 1
		WHERE id = $1 AND state = $4 AND claimed_by = $5`, id, by, db.Micros(now), l.State, l.ClaimedBy)
	l.State, l.ClaimedBy, l.ClaimedAt = Claimed, by, now
	l.Attempts++
	return l, n == 1, err
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
