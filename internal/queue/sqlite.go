package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
)

// sqliteEngine runs River on the one writing connection of SQLite. One process
// works on such a database, so new jobs are announced from memory.
type sqliteEngine struct {
	clients[*sql.Tx]

	db     *db.DB
	driver *localDriver
	unlock func() // lets other processes work
}

func newSQLite(d *db.DB, config *river.Config) (*sqliteEngine, error) {
	driver := &localDriver{Driver: riversqlite.New(d.Writer()), bell: newBell()}
	c, err := newClients[*sql.Tx](driver, config)
	return &sqliteEngine{clients: c, db: d, driver: driver, unlock: func() {}}, err
}

func (e *sqliteEngine) migrate(ctx context.Context) error { return e.migrateRiver(ctx) }

func (e *sqliteEngine) insert(ctx context.Context, tx *db.Tx, args river.JobArgs, opts *river.InsertOpts) error {
	_, err := e.inserter.InsertTx(ctx, tx.Tx, args, opts)
	tx.AfterCommit(e.driver.bell.ring)
	return err
}

func (e *sqliteEngine) start(ctx context.Context, config *river.Config) error {
	if err := e.takeLock(ctx); err != nil {
		return err
	}
	err := e.takeOver(ctx)
	if err == nil {
		err = e.run(ctx, config)
	}
	if err != nil {
		e.unlock()
	}
	return err
}

func (e *sqliteEngine) stop(ctx context.Context) error {
	defer e.unlock()
	return e.clients.stop(ctx)
}

// takeLock makes sure that no other process works on this file, because
// takeOver would then run its jobs a second time. The lock is a write
// transaction on a file beside, which the system ends with the process, however
// it ends.
func (e *sqliteEngine) takeLock(ctx context.Context) error {
	if e.db.Path() == "" {
		return nil
	}
	path := e.db.Path() + ".worker"
	if err := ours(path); err != nil {
		return err
	}
	lock, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_txlock=exclusive")
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	held, err := lock.BeginTx(ctx, nil)
	if err != nil {
		_ = lock.Close()
		return fault.Wrap(fault.Conflict, "fault.queue-taken", err)
	}
	e.unlock = func() {
		_ = held.Rollback()
		_ = lock.Close()
	}
	return nil
}

// takeOver makes available what the last process held when it died, and lets
// go of its place as River's leader, which would otherwise be waited for.
func (e *sqliteEngine) takeOver(ctx context.Context) error {
	return e.db.Write(ctx, func(tx *db.Tx) error {
		for _, text := range []string{
			`UPDATE river_job SET state = 'available' WHERE state = 'running'`,
			`DELETE FROM river_leader`,
		} {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return fmt.Errorf("queue: take over: %w", err)
			}
		}
		return nil
	})
}

// localDriver is River's SQLite driver with a bell in place of a table that is
// polled: a new job starts within a few milliseconds, and an idle desk rests.
type localDriver struct {
	*riversqlite.Driver

	bell *bell
}

// SupportsListenNotify is false: River need not write notifications down.
func (d *localDriver) SupportsListenNotify() bool { return false }

// GetListener gives one that waits for the bell.
func (d *localDriver) GetListener(params *riverdriver.GetListenenerParams) riverdriver.Listener {
	return &listener{bell: d.bell, schema: params.Schema}
}

// bell is rung after the commit of a new job; several rings before anybody
// hears it are one.
type bell struct{ rung chan struct{} }

func newBell() *bell { return &bell{make(chan struct{}, 1)} }

func (b *bell) ring() {
	select {
	case b.rung <- struct{}{}:
	default:
	}
}

// listener turns the bell into River's notifications of inserts.
type listener struct {
	bell   *bell
	schema string
}

// What River expects to hear of a new job in the default queue.
const (
	insertTopic   = "river_insert"
	insertPayload = `{"queue": "` + river.QueueDefault + `"}`
)

// WaitForNotification waits for the next ring.
func (l *listener) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-l.bell.rung:
		return &riverdriver.Notification{Topic: insertTopic, Payload: insertPayload}, nil
	}
}

// Connect, Close, Listen, Unlisten and Ping have nothing to do in memory.
func (*listener) Connect(context.Context) error          { return nil }
func (*listener) Close(context.Context) error            { return nil }
func (*listener) Listen(context.Context, string) error   { return nil }
func (*listener) Unlisten(context.Context, string) error { return nil }
func (*listener) Ping(context.Context) error             { return nil }
func (*listener) SetAfterConnectExec(string)             {}
func (l *listener) Schema() string                       { return l.schema }

// ours makes a file that this user alone can open, as all files beside mail are.
func ours(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil { // an older version made it for all to read
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}
