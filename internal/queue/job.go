package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/bienvu/bienvu/internal/fault"
)

// Option says when and how a job is done.
type Option func(*packing)

// packing is a job on its way in.
type packing struct {
	key  string
	opts river.InsertOpts
}

// At does the job not before t.
func At(t time.Time) Option { return func(p *packing) { p.opts.ScheduledAt = t } }

// The priorities of jobs; Normal is what a job has unless told.
const (
	Urgent = 1
	Normal = 2
	Low    = 3
)

// Priority lets the job pass those with a higher number: Urgent, Normal, Low.
func Priority(n int) Option { return func(p *packing) { p.opts.Priority = min(max(n, Urgent), 4) } }

// Unique adds nothing while an unfinished job of this kind and key stands,
// waiting or running. So a job that is running already does not see what this
// transaction changed, unless it asks again at its end.
func Unique(key string) Option {
	return func(p *packing) {
		p.key = key
		p.opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished()}
	}
}

// unfinished lists the states of jobs that are still to be done.
func unfinished() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
		rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}
}

// envelope carries any Args through River. River's uniqueness looks at the
// fields marked so: for us at the caller's key alone.
type envelope struct {
	Key  string          `json:"key,omitempty" river:"unique"`
	Args json.RawMessage `json:"args"`

	kind string
}

// Kind is the kind of the Args inside.
func (e envelope) Kind() string { return e.kind }

func pack(args Args, options []Option) (envelope, *river.InsertOpts, error) {
	raw, err := json.Marshal(args)
	if err != nil {
		return envelope{}, nil, err
	}
	p := packing{opts: river.InsertOpts{Priority: Normal}}
	for _, option := range options {
		option(&p)
	}
	return envelope{Key: p.key, Args: raw, kind: args.Kind()}, &p.opts, nil
}

// worker opens the envelope, works and judges the outcome.
type worker[T Args] struct {
	river.WorkerDefaults[envelope]

	work func(ctx context.Context, args T) error
}

// Work does one job.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[envelope]) error {
	var args T
	if err := json.Unmarshal(job.Args.Args, &args); err != nil {
		return river.JobCancel(fmt.Errorf("queue: the job cannot be read: %w", err))
	}
	err := w.work(ctx, args)
	if fault.Is(err, fault.Invalid) {
		return river.JobCancel(err)
	}
	return err
}

// The pauses between tries: 1 s, 2 s, 4 s … 5 min.
const (
	firstRetry = time.Second
	maxRetry   = 5 * time.Minute
)

// backoff is River's retry policy, in our own words.
type backoff struct{ now func() time.Time }

// NextRetry says when a job that failed for the nth time is tried again.
func (b backoff) NextRetry(job *rivertype.JobRow) time.Time {
	return b.now().Add(pause(len(job.Errors) + 1))
}

// pause is the wait after n failures.
func pause(n int) time.Duration {
	return min(firstRetry<<min(max(n-1, 0), 20), maxRetry)
}
