package desk

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/people"
)

// NoticeClosed is the notice that a person of the team closed a case without
// writing.
const NoticeClosed = "notice.closed"

// Close ends a case without an answer, in a person's name: a machine's mail, a
// stranger's, or a matter settled by telephone. A new mail opens it again.
func (d *Desk) Close(ctx context.Context, id cases.ID, by people.ID, seen time.Time) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := cases.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		if !seen.IsZero() && !c.Updated.Equal(seen) {
			return fault.New(fault.Conflict, "fault.case-changed", nil)
		}
		c.State, c.Hold, c.Urgent = cases.Closed, cases.HoldNone, false
		if err := d.say(ctx, tx, cases.Entry{Case: id, Kind: cases.EntryNotice, Author: by, Body: NoticeClosed, At: now}); err != nil {
			return err
		}
		return cases.Save(ctx, tx, c, now)
	})
}

// Arrived marks a letter sent of which nobody knew whether it left, because a
// named person says that it arrived.
func (d *Desk) Arrived(ctx context.Context, id letters.ID, by people.ID) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		l, err := letters.Get(ctx, tx, id)
		if err != nil || l.State != letters.Doubtful {
			return err
		}
		return d.arrived(ctx, tx, l, now, "said to have arrived by "+string(by))
	})
}
