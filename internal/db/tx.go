package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Tx is one transaction.
type Tx struct {
	*sql.Tx

	engine Engine
	conn   *sql.Conn
	after  []func()
}

// Engine says which database it is, for the few queries that must differ.
func (tx *Tx) Engine() Engine { return tx.engine }

// AfterCommit runs f once the transaction is committed, and never if it is not.
// Use it for what the database cannot take back: waking a worker, telling a page.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// PGX lends the transaction's own connection to f, on PostgreSQL. What f does
// there is part of the transaction.
func (tx *Tx) PGX(f func(*pgx.Conn) error) error {
	return tx.conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("db: not a PostgreSQL connection")
		}
		return f(c.Conn())
	})
}

// A lost race is repeated at most this often, waiting a little longer each time.
const (
	maxTries   = 12
	firstPause = 2 * time.Millisecond
	maxPause   = 200 * time.Millisecond
)

// Read runs fn on a snapshot that does not change while it runs. fn cannot write.
func (d *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	return d.repeat(ctx, func() error {
		return d.once(ctx, d.reader, d.readOptions(), fn)
	})
}

// Write runs fn and commits if it returns nil; on any error nothing remains.
// fn may run again when it lost a race with another writer. Do not call Write
// or Read inside fn: use its tx.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return d.repeat(ctx, func() error {
		return d.once(ctx, d.writer, d.writeOptions(), fn)
	})
}

func (d *DB) readOptions() *sql.TxOptions {
	if d.engine == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return nil // the connections themselves are read-only
}

func (d *DB) writeOptions() *sql.TxOptions {
	if d.engine == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelSerializable}
	}
	return nil // BEGIN IMMEDIATE: one writer at a time
}

// once runs one attempt on a connection of its own.
func (d *DB) once(ctx context.Context, pool *sql.DB, options *sql.TxOptions, fn func(tx *Tx) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	inner, err := conn.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer func() { _ = inner.Rollback() }() // after a commit it does nothing
	tx := &Tx{Tx: inner, engine: d.engine, conn: conn}
	if err := fn(tx); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return err
	}
	_ = conn.Close() // before the hooks: they may want the only connection
	for _, f := range tx.after {
		f()
	}
	return nil
}

// repeat tries again while attempts lose races, then gives up as "busy".
func (d *DB) repeat(ctx context.Context, attempt func() error) error {
	pause := firstPause
	for try := 1; ; try++ {
		err := attempt()
		if err == nil || !lostRace(err) || try == maxTries {
			return translate(err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("db: %w", ctx.Err())
		case <-time.After(jitter(pause)):
		}
		pause = min(2*pause, maxPause)
	}
}
