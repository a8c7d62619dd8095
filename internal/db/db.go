// Package db opens SQLite or PostgreSQL and gives transactions on either.
//
// Rooms write one SQL text for both engines ($1 placeholders, ON CONFLICT,
// RETURNING, window functions) as plain functions of a [Tx]. A [DB.Write] sees
// and leaves a serial world on both: SQLite has one writer at a time,
// PostgreSQL runs it serializable and repeats it when it lost a race. So the
// function given to Write may run more than once: it changes the database and
// variables that it sets afresh, nothing else. What must happen only after the
// commit goes into [Tx.AfterCommit].
//
// Times are stored as BIGINT microseconds since 1970 UTC ([Micros], [Time]),
// because it is the one form both engines compare and return alike.
package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Engine names one of the two databases.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	path   string        // SQLite: the file, "" in memory
	writer *sql.DB       // SQLite: one connection; PostgreSQL: the pool
	reader *sql.DB       // SQLite: a pool that cannot write; PostgreSQL: the pool
	pool   *pgxpool.Pool // PostgreSQL only
	anchor *sql.Conn     // SQLite in memory: keeps it alive
}

// Open opens the database and brings its schema up to date. The url is
// "sqlite:PATH", "sqlite::memory:" (private to this DB, gone at Close) or
// "postgres://user@host/name". On a file, "?synchronous=off" trades durability
// for speed; it is for tests and throw-away demonstrations.
func Open(ctx context.Context, url string) (*DB, error) {
	d, err := connect(ctx, url)
	if err != nil {
		return nil, translate(err)
	}
	if err := migrate(ctx, d, migrations); err != nil {
		_ = d.Close()
		return nil, err
	}
	return d, nil
}

func connect(ctx context.Context, url string) (*DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest)
	case "postgres", "postgresql":
		return openPostgres(ctx, url)
	}
	return nil, fmt.Errorf("db: the address must start with sqlite: or postgres:, not %q", scheme)
}

// Engine says which database it is.
func (d *DB) Engine() Engine { return d.engine }

// Path is the SQLite file; "" in memory and on PostgreSQL.
func (d *DB) Path() string { return d.path }

// Writer is the pool under Write, for packages that bring their own SQL (the
// queue). On SQLite it has a single connection: never use it inside a Write.
func (d *DB) Writer() *sql.DB { return d.writer }

// Pool is the connection pool of PostgreSQL; nil on SQLite.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Ping reports whether the database answers, as a fault when it does not.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return translate(d.reader.QueryRowContext(ctx, `SELECT 1`).Scan(&one))
}

// Close waits for what runs and closes all connections.
func (d *DB) Close() error {
	if d.anchor != nil {
		_ = d.anchor.Close()
	}
	err := d.writer.Close()
	if d.reader != d.writer {
		if e := d.reader.Close(); err == nil {
			err = e
		}
	}
	if d.pool != nil {
		d.pool.Close()
	}
	return err
}

// Micros is the stored form of a time: microseconds since 1970 UTC, and 0 for
// the zero time. Finer parts are dropped.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the time behind a stored number, in UTC; 0 is the zero time.
func Time(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
