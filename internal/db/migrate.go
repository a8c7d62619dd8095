package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed migrations
var migrations embed.FS

// The lock is named after the schema, so that tests in schemas of their own do
// not wait for each other.
const (
	lockSQL    = `SELECT pg_advisory_xact_lock(hashtextextended('bienvu migrations in ' || current_schema(), 0))`
	historySQL = `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)`
)

// migrate runs what has not run yet, in one transaction: a failure leaves the
// schema as it was.
func migrate(ctx context.Context, d *DB, tree fs.FS) error {
	steps, err := stepsFor(tree, d.engine)
	if err != nil {
		return err
	}
	// Read committed, the default of PostgreSQL: who waited for the lock must
	// then see what its holder did.
	return translate(d.once(ctx, d.writer, nil, func(tx *Tx) error {
		if err := prepare(ctx, tx); err != nil {
			return err
		}
		done, err := history(ctx, tx)
		if err != nil {
			return err
		}
		return apply(ctx, tx, tree, steps, done)
	}))
}

func prepare(ctx context.Context, tx *Tx) error {
	if tx.Engine() == Postgres {
		if _, err := tx.ExecContext(ctx, lockSQL); err != nil {
			return fmt.Errorf("db: lock for migrations: %w", err)
		}
	}
	_, err := tx.ExecContext(ctx, historySQL)
	if err != nil {
		return fmt.Errorf("db: table of migrations: %w", err)
	}
	return nil
}

func history(ctx context.Context, tx *Tx) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT name FROM migrations`)
	if err != nil {
		return nil, fmt.Errorf("db: read the migrations: %w", err)
	}
	defer rows.Close()
	var done []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("db: read the migrations: %w", err)
		}
		done = append(done, name)
	}
	return done, rows.Err()
}

// apply refuses a schema from a later version rather than writing into it.
func apply(ctx context.Context, tx *Tx, tree fs.FS, steps []step, done []string) error {
	for _, name := range done {
		if !slices.ContainsFunc(steps, func(s step) bool { return s.name == name }) {
			return fmt.Errorf("db: this database was made by a later version of Bienvu (it has %s)", name)
		}
	}
	for _, s := range steps {
		if slices.Contains(done, s.name) {
			continue
		}
		if err := s.run(ctx, tx, tree); err != nil {
			return fmt.Errorf("db: migration %s: %w", s.file, err)
		}
	}
	return nil
}

// step is one migration: its name on every engine and its file on this one.
type step struct{ name, file string }

func (s step) run(ctx context.Context, tx *Tx, tree fs.FS) error {
	text, err := fs.ReadFile(tree, "migrations/"+s.file)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO migrations (name) VALUES ($1)`, s.name)
	return err
}

// stepsFor lists the migrations of an engine, by number.
func stepsFor(tree fs.FS, engine Engine) ([]step, error) {
	files, err := fs.Glob(tree, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []step
	for _, path := range files {
		file := strings.TrimPrefix(path, "migrations/")
		name, only, paired := strings.Cut(strings.TrimSuffix(file, ".sql"), ".")
		if paired && only != string(SQLite) && only != string(Postgres) {
			return nil, fmt.Errorf("db: migration %s: no engine is called %q", file, only)
		}
		if !paired || only == string(engine) {
			steps = append(steps, step{name, file})
		}
	}
	slices.SortFunc(steps, func(a, b step) int { return strings.Compare(a.name, b.name) })
	return steps, unambiguous(steps)
}

func unambiguous(steps []step) error {
	for i := 1; i < len(steps); i++ {
		if number(steps[i].name) == number(steps[i-1].name) {
			return fmt.Errorf("db: migrations %s and %s have the same number", steps[i-1].file, steps[i].file)
		}
	}
	return nil
}

func number(name string) string { n, _, _ := strings.Cut(name, "_"); return n }
