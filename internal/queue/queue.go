// Package queue does work later, and surely.
//
// A job is added in the transaction of the data it is about ([Queue.Add]): both
// are there after the commit, or neither. Workers pick it up within
// milliseconds, in this process or another. A job may run twice (a process can
// die between the work and the note that it is done), so every job asks the
// state before it acts, and carries identifiers rather than data.
//
// Work that fails is tried again: after a second at first, then ever more
// slowly, up to five minutes apart, for about a day. Then it stands as "failed"
// for a person to see, and is never dropped in silence. Work that failed because
// its input is wrong (fault.Invalid) is not tried again and stands as
// "cancelled". Jobs that a dying process held are taken up again within seconds
// of a restart.
//
// Underneath is River, on SQLite and PostgreSQL. This is the only package that
// knows it.
package queue

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/bienvu/bienvu/internal/db"
)

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS

// Args is what a job carries: a small struct of identifiers that JSON can hold.
// Kind names the sort of job; it must stay the same from version to version,
// and have three letters at least.
type Args interface{ Kind() string }

// Options say how the queue works.
type Options struct {
	Workers     int           // jobs at the same time; 0 means 8
	Timeout     time.Duration // the longest a job may take; 0 means 5 minutes
	MaxAttempts int           // tries before a job is failed; 0 means 300, about a day
}

const (
	defaultWorkers     = 8
	defaultTimeout     = 5 * time.Minute
	defaultMaxAttempts = 300
)

// Queue adds jobs and, once started, does them. It is safe for concurrent use.
type Queue struct {
	db      *db.DB
	log     *slog.Logger
	options Options
	engine  engine
	workers *river.Workers

	mu       sync.Mutex
	known    map[string]bool
	periodic []*river.PeriodicJob
	running  bool
}

// engine hides which database River runs on.
type engine interface {
	migrate(ctx context.Context) error
	insert(ctx context.Context, tx *db.Tx, args river.JobArgs, opts *river.InsertOpts) error
	start(ctx context.Context, config *river.Config) error
	stop(ctx context.Context) error
	events() (<-chan *river.Event, func())
}

// New prepares the queue's tables. Until Start it only takes jobs in.
func New(ctx context.Context, d *db.DB, log *slog.Logger, options Options) (*Queue, error) {
	options.Workers = cmp.Or(options.Workers, defaultWorkers)
	options.Timeout = cmp.Or(options.Timeout, defaultTimeout)
	options.MaxAttempts = cmp.Or(options.MaxAttempts, defaultMaxAttempts)
	q := &Queue{
		db: d, log: log, options: options,
		workers: river.NewWorkers(), known: map[string]bool{},
	}
	var err error
	if q.engine, err = newEngine(d, q.config(), log); err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	if err := q.engine.migrate(ctx); err != nil {
		return nil, fmt.Errorf("queue: make its tables: %w", err)
	}
	return q, nil
}

// Handle says who does the jobs of the kind of T. Call it before Start. A
// second Handle for the same kind is a mistake of the programmer: the first stays.
func Handle[T Args](q *Queue, work func(ctx context.Context, args T) error) {
	var zero T
	kind := zero.Kind()
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.known[kind] {
		q.log.Error("two handlers for one kind of job", slog.String("kind", kind))
		return
	}
	q.known[kind] = true
	river.AddWorkerArgs(q.workers, envelope{kind: kind}, &worker[T]{work: work})
}

// Every adds such a job at Start and again each interval, as long as the last
// one is done. Call it before Start.
func (q *Queue) Every(interval time.Duration, args Args) {
	packAgain := func() (river.JobArgs, *river.InsertOpts) {
		e, opts, err := pack(args, []Option{Unique("every")})
		if err != nil {
			q.log.Error("a periodic job cannot be added", slog.String("kind", args.Kind()), slog.Any("error", err))
			return nil, nil
		}
		return e, opts
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.periodic = append(q.periodic, river.NewPeriodicJob(
		river.PeriodicInterval(interval), packAgain, &river.PeriodicJobOpts{RunOnStart: true}))
}

// Add puts the job into the transaction: it exists if and when tx commits.
func (q *Queue) Add(ctx context.Context, tx *db.Tx, args Args, options ...Option) error {
	e, opts, err := pack(args, options)
	if err != nil {
		return fmt.Errorf("queue: %s: %w", args.Kind(), err)
	}
	if err := q.engine.insert(ctx, tx, e, opts); err != nil {
		return fmt.Errorf("queue: add %s: %w", args.Kind(), err)
	}
	return nil
}

// Start begins to work. Jobs left by a process that died are taken up at once.
func (q *Queue) Start(ctx context.Context) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.running {
		return errors.New("queue: it was started already")
	}
	config := q.config()
	config.Workers = q.workers
	config.PeriodicJobs = q.periodic
	config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.options.Workers}}
	if err := q.engine.start(context.WithoutCancel(ctx), config); err != nil {
		return err
	}
	q.running = true
	return nil
}

// Stop takes no new job, waits for those that run and notes what they did. When
// ctx ends first, they are interrupted; they run again after the next Start.
func (q *Queue) Stop(ctx context.Context) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.running {
		return nil
	}
	q.running = false
	if err := q.engine.stop(ctx); err != nil {
		return fmt.Errorf("queue: stop: %w", err)
	}
	return nil
}
