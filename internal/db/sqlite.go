package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// What each connection is told. FULL: a commit is on the disk before Write
// returns, because what was accepted is never lost.
const (
	pragmas  = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=temp_store(memory)"
	writing  = "&_txlock=immediate"
	readOnly = "&_pragma=query_only(1)"
)

//nolint:gochecknoglobals // only gives each database in memory its own name
var memories atomic.Int64

// openSQLite opens rest: PATH, PATH?synchronous=MODE or ":memory:".
func openSQLite(ctx context.Context, rest string) (*DB, error) {
	path, query, _ := strings.Cut(rest, "?")
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	if path == "" {
		return nil, fmt.Errorf("db: sqlite: needs a path")
	}
	if path == ":memory:" {
		return openMemory(ctx)
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	sync := "full"
	if strings.EqualFold(options.Get("synchronous"), "off") {
		sync = "off"
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas +
		"&_pragma=journal_mode(wal)&_pragma=synchronous(" + sync + ")"
	d := &DB{engine: SQLite, path: path}
	if err := d.openPools(dsn); err != nil {
		return nil, err
	}
	return d, d.Ping(ctx)
}

// openMemory uses SQLite's shared memory file system: all connections of this
// DB see one database, and no other DB does.
func openMemory(ctx context.Context) (*DB, error) {
	dsn := fmt.Sprintf("file:/bienvu%d?vfs=memdb&%s", memories.Add(1), pragmas)
	d := &DB{engine: SQLite}
	if err := d.openPools(dsn); err != nil {
		return nil, err
	}
	anchor, err := d.reader.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	d.anchor = anchor
	return d, nil
}

func (d *DB) openPools(dsn string) (err error) {
	if d.writer, err = sql.Open("sqlite", dsn+writing); err != nil {
		return fmt.Errorf("db: %w", err)
	}
	d.writer.SetMaxOpenConns(1)
	if d.reader, err = sql.Open("sqlite", dsn+readOnly); err != nil {
		return fmt.Errorf("db: %w", err)
	}
	readers := max(4, runtime.NumCPU()) + 1
	d.reader.SetMaxOpenConns(readers)
	d.reader.SetMaxIdleConns(readers)
	return nil
}

// makeFile makes the file and its folder for this user alone: it holds mail.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("db: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	return f.Close()
}
