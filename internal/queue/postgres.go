package queue

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/bienvu/bienvu/internal/db"
)

// postgresEngine runs River on PostgreSQL, where several processes may work.
type postgresEngine struct {
	clients[pgx.Tx]

	db     *db.DB
	log    *slog.Logger
	cancel context.CancelFunc
	keeper sync.WaitGroup
}

func newPostgres(d *db.DB, config *river.Config, log *slog.Logger) (*postgresEngine, error) {
	c, err := newClients(riverpgxv5.New(d.Pool()), config)
	return &postgresEngine{clients: c, db: d, log: log}, err
}

const migrateLock = `hashtextextended('bienvu queue migrations in ' || current_schema(), 0)`

// migrate holds a lock meanwhile: several processes may start at once.
func (e *postgresEngine) migrate(ctx context.Context) error {
	return e.db.Pool().AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		if _, err := c.Exec(ctx, `SELECT pg_advisory_lock(`+migrateLock+`)`); err != nil {
			return err
		}
		defer c.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+migrateLock+`)`) //nolint:errcheck // ends with the connection anyway
		return e.migrateRiver(ctx)
	})
}

func (e *postgresEngine) insert(ctx context.Context, tx *db.Tx, args river.JobArgs, opts *river.InsertOpts) error {
	return tx.PGX(func(c *pgx.Conn) error {
		_, err := e.inserter.InsertTx(ctx, within{c}, args, opts)
		return err
	})
}

// within shows River the transaction that runs on a connection already. Only
// whoever began it may end it, so Commit and Rollback do nothing, and a nested
// transaction is a savepoint.
type within struct{ conn *pgx.Conn }

var _ pgx.Tx = within{}

func (w within) Begin(ctx context.Context) (pgx.Tx, error) {
	name := "s" + rand.Text()
	_, err := w.conn.Exec(ctx, "SAVEPOINT "+name)
	return savepoint{w, name}, err
}
func (within) Commit(context.Context) error          { return nil }
func (within) Rollback(context.Context) error        { return nil }
func (w within) Conn() *pgx.Conn                     { return w.conn }
func (w within) LargeObjects() (lo pgx.LargeObjects) { return lo } // River has none

func (w within) Exec(ctx context.Context, text string, args ...any) (pgconn.CommandTag, error) {
	return w.conn.Exec(ctx, text, args...)
}

func (w within) Query(ctx context.Context, text string, args ...any) (pgx.Rows, error) {
	return w.conn.Query(ctx, text, args...)
}

func (w within) QueryRow(ctx context.Context, text string, args ...any) pgx.Row {
	return w.conn.QueryRow(ctx, text, args...)
}

func (w within) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return w.conn.SendBatch(ctx, b)
}

func (w within) Prepare(ctx context.Context, name, text string) (*pgconn.StatementDescription, error) {
	return w.conn.Prepare(ctx, name, text)
}

func (w within) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return w.conn.CopyFrom(ctx, table, columns, rows)
}

// savepoint is a transaction within.
type savepoint struct {
	within

	name string
}

func (s savepoint) Commit(ctx context.Context) error {
	_, err := s.conn.Exec(ctx, "RELEASE SAVEPOINT "+s.name)
	return err
}

func (s savepoint) Rollback(ctx context.Context) error {
	_, err := s.conn.Exec(ctx, "ROLLBACK TO SAVEPOINT "+s.name)
	return err
}

func (e *postgresEngine) start(ctx context.Context, config *river.Config) error {
	config.ID = "bienvu_" + rand.Text()
	k := keeper{pool: e.db.Pool(), id: config.ID, log: e.log}
	if err := k.round(ctx); err != nil {
		return err
	}
	keeping, cancel := context.WithCancel(ctx)
	e.cancel = cancel
	e.keeper.Go(func() { k.keep(keeping) })
	if err := e.run(ctx, config); err != nil {
		cancel()
		e.keeper.Wait()
		return err
	}
	return nil
}

func (e *postgresEngine) stop(ctx context.Context) error {
	err := e.clients.stop(ctx)
	e.cancel()
	e.keeper.Wait()
	return err
}

// keeper holds a lock that says "this worker lives", and takes over the jobs of
// workers whose lock is gone: the server lets a lock go the moment its process
// dies, so nobody waits for a clock.
type keeper struct {
	pool *pgxpool.Pool
	id   string
	log  *slog.Logger
	conn *pgxpool.Conn
}

const (
	keeperRound = 3 * time.Second

	aliveKey = `hashtextextended('bienvu worker ' || $1, 0)`

	workersSQL = `SELECT DISTINCT coalesce(attempted_by[array_upper(attempted_by, 1)], '')
		FROM river_job WHERE state = 'running'`
	takeOverSQL = `UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE state = 'running' AND coalesce(attempted_by[array_upper(attempted_by, 1)], '') = $1`
)

func (k *keeper) keep(ctx context.Context) {
	ticker := time.NewTicker(keeperRound)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			k.release() //nolint:contextcheck // it lets go because ctx is over
			return
		case <-ticker.C:
			if err := k.round(ctx); err != nil && ctx.Err() == nil {
				k.log.WarnContext(ctx, "the queue cannot look for abandoned jobs", slog.Any("error", err))
			}
		}
	}
}

// round makes sure of our own lock, then looks for dead workers.
func (k *keeper) round(ctx context.Context) error {
	err := k.hold(ctx)
	if err == nil {
		err = k.takeOver(ctx)
	}
	if err != nil {
		k.release() //nolint:contextcheck // it lets go even when ctx is over
	}
	return err
}

func (k *keeper) hold(ctx context.Context) (err error) {
	if k.conn != nil {
		return nil
	}
	if k.conn, err = k.pool.Acquire(ctx); err != nil {
		return err
	}
	_, err = k.conn.Exec(ctx, `SELECT pg_advisory_lock(`+aliveKey+`)`, k.id)
	return err
}

// release ends the connection, and with it every lock.
func (k *keeper) release() {
	if k.conn == nil {
		return
	}
	end, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = k.conn.Hijack().Close(end)
	k.conn = nil
}

func (k *keeper) takeOver(ctx context.Context) error {
	rows, err := k.conn.Query(ctx, workersSQL)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, id := range ids {
		if id == k.id {
			continue
		}
		if err := k.takeFrom(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// takeFrom takes the jobs of a worker, if it is dead.
func (k *keeper) takeFrom(ctx context.Context, id string) error {
	var dead bool
	if err := k.conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(`+aliveKey+`)`, id).Scan(&dead); err != nil || !dead {
		return err
	}
	tag, err := k.conn.Exec(ctx, takeOverSQL, id)
	if err != nil {
		return err
	}
	k.log.InfoContext(ctx, "took over the jobs of a worker that is gone", slog.String("worker", id), slog.Int64("jobs", tag.RowsAffected()))
	_, err = k.conn.Exec(ctx, `SELECT pg_advisory_unlock(`+aliveKey+`)`, id)
	return err
}
