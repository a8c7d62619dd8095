package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/bienvu/bienvu/internal/db"
)

// Counts says how many jobs stand in which state.
type Counts struct {
	Waiting   int // to be done as soon as a worker is free
	Running   int
	Later     int // at their time
	Retrying  int // failed, to be tried again
	Failed    int // given up; a person should look
	Cancelled int // their input was wrong; a person should look
	Done      int // of the last day
}

// Counts counts the jobs.
func (q *Queue) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := q.db.Read(ctx, func(tx *db.Tx) (err error) {
		c, err = countJobs(ctx, tx)
		return err
	})
	return c, err
}

func countJobs(ctx context.Context, tx *db.Tx) (Counts, error) {
	var c Counts
	places := map[rivertype.JobState]*int{
		rivertype.JobStateAvailable: &c.Waiting, rivertype.JobStateRunning: &c.Running,
		rivertype.JobStateScheduled: &c.Later, rivertype.JobStateRetryable: &c.Retrying,
		rivertype.JobStateDiscarded: &c.Failed, rivertype.JobStateCancelled: &c.Cancelled,
		rivertype.JobStateCompleted: &c.Done,
	}
	rows, err := tx.QueryContext(ctx, `SELECT state, count(*) FROM river_job GROUP BY state`)
	if err != nil {
		return c, fmt.Errorf("queue: count: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var state rivertype.JobState
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return c, fmt.Errorf("queue: count: %w", err)
		}
		if place := places[state]; place != nil {
			*place = n
		}
	}
	return c, rows.Err()
}

// Settled waits until nothing waits or runs: each job is done, failed, or for
// later. Jobs that others add meanwhile are waited for too. The queue must run.
func (q *Queue) Settled(ctx context.Context) error {
	q.mu.Lock()
	running := q.running
	q.mu.Unlock()
	if !running {
		return errors.New("queue: it does not run, so it never settles")
	}
	ended, unsubscribe := q.engine.events()
	defer unsubscribe()
	others := time.NewTicker(100 * time.Millisecond) // whose ends we are not told of
	defer others.Stop()
	for {
		c, err := q.Counts(ctx)
		if err != nil || c.Waiting+c.Running == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("queue: not settled: %d wait, %d run: %w", c.Waiting, c.Running, ctx.Err())
		case <-others.C:
		case _, open := <-ended:
			if !open {
				return errors.New("queue: stopped before it settled")
			}
		}
	}
}
