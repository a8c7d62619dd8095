package desk

import (
	"context"
	"slices"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// NoticeCall is the notice in a conversation that the person wants to be
// called; its sentence stands in the catalogue.
const NoticeCall = "notice.call"

// CallBack notes that the person wants somebody to call them: the case goes to
// the top of the desk. Asking again changes nothing.
func (d *Desk) CallBack(ctx context.Context, id cases.ID, person people.ID) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := cases.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		said, err := cases.Conversation(ctx, tx, id)
		if err != nil || CallWanted(said) {
			return err
		}
		c.Urgent, c.Promised = true, now.Add(d.Org.Promise)
		why := cases.HoldQuestion
		if len(c.Acted) > 0 {
			why = cases.HoldActed
		}
		c.Wait(why)
		if err := d.say(ctx, tx, cases.Entry{Case: id, Kind: cases.EntryNotice, Author: person, Body: NoticeCall, At: now}); err != nil {
			return err
		}
		return cases.Save(ctx, tx, c, now)
	})
}

// CallWanted reports whether the person asked to be called since the team last
// decided.
func CallWanted(said []cases.Entry) bool {
	for _, e := range slices.Backward(said) {
		switch {
		case e.Kind == cases.EntryDecision:
			return false
		case e.Kind == cases.EntryNotice && e.Body == NoticeCall:
			return true
		}
	}
	return false
}
