package desk

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	learnEvery  = time.Hour    // how often we look whether there is something to learn
	learnFrom   = lesson.Least // new decisions of people that are worth another lesson
	mostLessons = 3000         // decided messages of which one is made, the newest
)

// LearnJob learns from the decisions of the team, when there are enough new ones.
type LearnJob struct{}

// Kind names the job in the queue.
func (LearnJob) Kind() string { return "learn" }

// LearnWhenDue learns when people have decided enough since the last time.
func (d *Desk) LearnWhenDue(ctx context.Context) error {
	var fresh int
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		from, last, err := known.Taught(ctx, tx)
		if err != nil {
			return err
		}
		if last.Before(from) {
			last = from
		}
		fresh, err = known.Since(ctx, tx, last)
		return err
	})
	if err != nil || fresh < learnFrom {
		return err
	}
	_, err = d.Learn(ctx, "")
	return err
}

// Learn makes a lesson of what people decided, keeps its figures, and uses it
// from now on if it is better on the newest decisions, of which it was not made.
// A lesson in use that these show to be dangerous is withdrawn. by is who asked
// for it, "" for the desk by itself.
func (d *Desk) Learn(ctx context.Context, by people.ID) (known.Lesson, error) {
	now := d.Now()
	made, err := d.newID(now)
	if err != nil {
		return known.Lesson{}, err
	}
	all, bounds, err := d.study(ctx)
	if err != nil {
		return known.Lesson{}, err
	}
	learned := lesson.Learn(all, bounds, model.Learned)
	l := known.Lesson{ID: made, By: by, Made: now, Adopted: learned.Figures.Adopted(), Figures: learned.Figures, Learned: learned.Correction}
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(d.lookNow)
		if err := withdraw(ctx, tx, all, bounds); err != nil {
			return err
		}
		return known.Teach(ctx, tx, l)
	})
	if err == nil {
		d.Log.InfoContext(ctx, "learned from decisions", slog.Int("decisions", l.Figures.Decisions), slog.String("outcome", string(l.Figures.Why)))
	}
	return l, err
}

// Unlearn takes back what was learned so far, and never learns it again from the
// same decisions. It says how many lessons there were.
func (d *Desk) Unlearn(ctx context.Context) (n int, err error) {
	now := d.Now()
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		tx.AfterCommit(d.lookNow)
		n, err = known.Unlearn(ctx, tx, now)
		return err
	})
	return n, err
}

// withdraw ends the use of a lesson by which phishing would now be called safe.
func withdraw(ctx context.Context, tx *db.Tx, all []lesson.Case, b verdict.Bounds) error {
	now, err := known.Current(ctx, tx)
	if err != nil || now.ID == "" {
		return err
	}
	var c learn.Correction
	if c, err = known.Learned(ctx, tx, now.ID); err != nil {
		return err
	}
	if lesson.Try(c, all, b, model.Learned).Why != lesson.Dangerous {
		return nil
	}
	return known.Withdraw(ctx, tx, now.ID)
}

// study prepares what was decided since the last time that all was forgotten.
func (d *Desk) study(ctx context.Context) ([]lesson.Case, verdict.Bounds, error) {
	var decided []known.Decided
	var bounds verdict.Bounds
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		from, _, err := known.Taught(ctx, tx)
		if err != nil {
			return err
		}
		decided, err = known.Decisions(ctx, tx, from, mostLessons)
		return err
	})
	if err != nil {
		return nil, bounds, err
	}
	var all []lesson.Case
	for _, one := range decided {
		c, b, err := d.studyOne(ctx, one)
		switch {
		case fault.Is(err, fault.NotFound):
			continue // its bytes are gone
		case err != nil:
			return nil, bounds, err
		}
		all, bounds = append(all, c), b
	}
	return all, bounds, nil
}

// studyOne prepares one decided message.
func (d *Desk) studyOne(ctx context.Context, one known.Decided) (lesson.Case, verdict.Bounds, error) {
	var before analysis.Result
	if err := json.Unmarshal(one.Judgement, &before); err != nil {
		return lesson.Case{}, verdict.Bounds{}, err
	}
	raw, err := d.Blobs.Get(ctx, blob.Hash(one.Blob))
	if err != nil {
		return lesson.Case{}, verdict.Bounds{}, err
	}
	leave, err := d.enter(ctx, len(raw))
	if err != nil {
		return lesson.Case{}, verdict.Bounds{}, err
	}
	defer leave()
	c, b := analysis.Study(analysis.Subject{Message: mail.Read(raw, mail.DefaultBudget()), House: d.Org.House, Now: one.At}, before)
	c.Said, c.Act, c.At = one.Verdict, one.Act(), one.At
	return c, b, nil
}
