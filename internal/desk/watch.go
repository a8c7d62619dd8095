package desk

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/queue"
)

// How often the desk looks for what got stuck, and how old that is.
const (
	watchEvery   = 10 * time.Minute
	lateSending  = time.Hour        // a mail server is often away for minutes
	lateAssessed = 15 * time.Minute // an analysis takes less than a second
)

// WatchJob looks for what got stuck.
type WatchJob struct{}

// Kind names the job in the queue.
func (WatchJob) Kind() string { return "watch" }

// Watch shows the team what got stuck, and sets it going again: letters that
// could not be handed over, deliveries whose assessment never ended. The queue
// tries each for a day; what must not happen is that nobody knows.
func (d *Desk) Watch(ctx context.Context) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		late, err := letters.Late(ctx, tx, now.Add(-lateSending))
		if err != nil {
			return err
		}
		for _, l := range late {
			if err := d.stuck(ctx, tx, l.Case, cases.HoldUnsent, now); err != nil {
				return err
			}
			if err := d.Jobs.Add(ctx, tx, SendJob{l.ID}, queue.Unique("watch")); err != nil {
				return err
			}
		}
		return d.watchAssessments(ctx, tx, now)
	})
}

func (d *Desk) watchAssessments(ctx context.Context, tx *db.Tx, now time.Time) error {
	late, err := cases.NotAssessed(ctx, tx, now.Add(-lateAssessed))
	if err != nil {
		return err
	}
	for _, v := range late {
		if err := d.stuck(ctx, tx, v.Case, cases.HoldStuck, now); err != nil {
			return err
		}
		if err := d.Jobs.Add(ctx, tx, AssessJob{v.ID}, queue.Unique("watch")); err != nil {
			return err
		}
	}
	return nil
}

// stuck puts a case that waits for nothing else before a person.
func (d *Desk) stuck(ctx context.Context, tx *db.Tx, id cases.ID, why cases.Hold, now time.Time) error {
	if id == "" {
		return nil // a sign-in link: its person asks for another
	}
	c, err := cases.Get(ctx, tx, id)
	if err != nil || c.Hold != cases.HoldNone {
		return err
	}
	c.Wait(why)
	return cases.Save(ctx, tx, c, now)
}
