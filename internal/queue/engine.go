package queue

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"github.com/bienvu/bienvu/internal/db"
)

// How eagerly workers look for jobs. They are told of new ones; the poll finds
// those whose time has come. River's own defaults make an answer wait.
const (
	fetchCooldown = 2 * time.Millisecond
	fetchPoll     = 100 * time.Millisecond
)

// config is what the inserting and the working client share.
func (q *Queue) config() *river.Config {
	return &river.Config{
		Logger:                      quiet(q.log),
		FetchCooldown:               fetchCooldown,
		FetchPollInterval:           fetchPoll,
		JobTimeout:                  q.options.Timeout,
		RescueStuckJobsAfter:        q.options.Timeout + time.Minute,
		MaxAttempts:                 q.options.MaxAttempts,
		RetryPolicy:                 backoff{time.Now},
		CancelledJobRetentionPeriod: -1, // failed work stays until a person looks
		DiscardedJobRetentionPeriod: -1,
		SkipUnknownJobCheck:         true, // another process may be the one that works
		Hooks:                       []rivertype.Hook{&soon{}},
	}
}

func newEngine(d *db.DB, config *river.Config, log *slog.Logger) (engine, error) {
	if d.Engine() == db.Postgres {
		return newPostgres(d, config, log)
	}
	return newSQLite(d, config)
}

// clients are River's two clients on one engine: one that inserts from the
// beginning, and one that works after start.
type clients[T any] struct {
	driver   riverdriver.Driver[T]
	inserter *river.Client[T]
	working  *river.Client[T]
}

func newClients[T any](driver riverdriver.Driver[T], config *river.Config) (clients[T], error) {
	inserter, err := river.NewClient(driver, config)
	return clients[T]{driver: driver, inserter: inserter}, err
}

// migrateRiver brings River's own tables up to date.
func (c *clients[T]) migrateRiver(ctx context.Context) error {
	m, err := rivermigrate.New(c.driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

func (c *clients[T]) run(ctx context.Context, config *river.Config) (err error) {
	if c.working, err = river.NewClient(c.driver, config); err != nil {
		return err
	}
	return c.working.Start(ctx)
}

// stop waits for the jobs that run; when ctx ends first it interrupts them.
func (c *clients[T]) stop(ctx context.Context) error {
	if err := c.working.Stop(ctx); err == nil || ctx.Err() == nil {
		return err
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return c.working.StopAndCancel(grace)
}

// events tells of each job that ended, well or badly.
func (c *clients[T]) events() (<-chan *river.Event, func()) {
	return c.working.Subscribe(river.EventKindJobCompleted, river.EventKindJobCancelled,
		river.EventKindJobFailed, river.EventKindJobSnoozed)
}

// soon is a hook that makes jobs for the next seconds available at once, with
// their time. River would leave them to its scheduler, which passes only every
// five seconds.
type soon struct{ river.HookDefaults }

const schedulerInterval = 6 * time.Second

// InsertBegin looks at each job before it is inserted.
func (*soon) InsertBegin(_ context.Context, params *rivertype.JobInsertParams) error {
	if params.State == rivertype.JobStateScheduled && time.Until(*params.ScheduledAt) < schedulerInterval {
		params.State = rivertype.JobStateAvailable
	}
	return nil
}

// quiet lets River's warnings through, and not its daily chatter.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(atLeastWarn{log.Handler()}) }

type atLeastWarn struct{ slog.Handler }

// Enabled refuses what is below a warning.
func (h atLeastWarn) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the threshold.
func (h atLeastWarn) WithAttrs(attrs []slog.Attr) slog.Handler {
	return atLeastWarn{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the threshold.
func (h atLeastWarn) WithGroup(name string) slog.Handler {
	return atLeastWarn{h.Handler.WithGroup(name)}
}
