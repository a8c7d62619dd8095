package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
)

// Rate keeps whether our answer helped. "No" brings the case back to the team.
func (d *Desk) Rate(ctx context.Context, f cases.Feedback) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := cases.Get(ctx, tx, f.Case)
		if err != nil {
			return err
		}
		if f.ID, err = d.newID(now); err != nil {
			return err
		}
		f.At = now
		if err := cases.Rate(ctx, tx, f); err != nil {
			return err
		}
		word := "helped"
		if !f.Helped {
			word = "not-helped"
			c.Wait(cases.HoldFeedback)
		}
		if err := d.say(ctx, tx, cases.Entry{Case: c.ID, Kind: cases.EntryFeedback, Author: f.Person,
			Body: strings.TrimSpace(word + "\n" + f.Sentence), At: now}); err != nil {
			return err
		}
		return cases.Save(ctx, tx, c, now)
	})
}

// Acted notes that the person clicked, typed, opened or paid: the case goes to
// the top, and the first steps leave by mail too, as a page may be closed.
func (d *Desk) Acted(ctx context.Context, id cases.ID, person people.ID, what ...string) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := cases.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		c.Act(what...)
		c.Kind = cases.Rescue
		c.Wait(cases.HoldActed)
		c.Promised = now.Add(d.Org.Promise)
		if err := d.say(ctx, tx, cases.Entry{Case: id, Kind: cases.EntryRescue, Author: person, Body: strings.Join(what, ","), At: now}); err != nil {
			return err
		}
		if err := d.rescue(ctx, tx, &c, now); err != nil {
			return err
		}
		return cases.Save(ctx, tx, c, now)
	})
}

func (d *Desk) rescue(ctx context.Context, tx *db.Tx, c *cases.Case, now time.Time) error {
	m, err := d.matterOf(ctx, tx, *c, now)
	if err != nil || d.addressee(*c) == "" {
		return err
	}
	if capped, err := d.capped(ctx, tx, c, c.ReporterAddress, now); err != nil || capped {
		return err
	}
	in := d.input(c, m.person, now)
	in.Situation, in.Acted = reply.Rescue, acts(c.Acted)
	_, err = d.write(ctx, tx, c, draft{
		input: in, to: c.ReporterAddress, thread: m.delivery, now: now,
		once: fmt.Sprintf("rescue:%s:%s", c.ID, strings.Join(c.Acted, ",")),
	})
	return err
}
