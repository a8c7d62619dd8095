package db_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
)

func TestWriteCommitsAndRollsBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
		exec(t, d, `INSERT INTO thing (id) VALUES ('kept')`)
		refused := errors.New("refused")
		hooked := false
		err := d.Write(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { hooked = true })
			if _, err := tx.ExecContext(ctx, `INSERT INTO thing (id) VALUES ($1)`, "lost"); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) || hooked {
			t.Errorf("Write = %v, hook ran %v; want the error of the function and no hook", err, hooked)
		}
		if n := count(t, d, "thing"); n != 1 {
			t.Errorf("%d rows remain, want 1", n)
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO thing (id) VALUES ('x')`)
			return err
		})
		if err == nil {
			t.Error("a Read wrote")
		}
	})
}

func TestConflictIsRecognised(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY, name TEXT UNIQUE, size BIGINT NOT NULL)`)
		exec(t, d, `INSERT INTO thing VALUES ('a', 'n', 1)`)
		for text, want := range map[string]bool{
			`INSERT INTO thing VALUES ('a', 'm', 1)`:    true,
			`INSERT INTO thing VALUES ('b', 'n', 1)`:    true,
			`INSERT INTO thing VALUES ('c', 'o', NULL)`: false,
		} {
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := tx.ExecContext(t.Context(), text)
				return err
			})
			if err == nil || db.IsConflict(err) != want {
				t.Errorf("%s: IsConflict(%v) = %v, want %v", text, err, !want, want)
			}
		}
	})
}

// Each writer reads a number and writes the next: with lost updates the sum
// would be short.
func TestWritersDoNotOvertakeEachOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, `CREATE TABLE counter (n BIGINT)`)
		exec(t, d, `INSERT INTO counter VALUES (0)`)
		const writers, times = 4, 10
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range times {
					if err := d.Write(t.Context(), func(tx *db.Tx) error { return increment(t, tx) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := number(t, d, `SELECT n FROM counter`); n != writers*times {
			t.Errorf("counter = %d, want %d", n, writers*times)
		}
	})
}

// A reader keeps the state it began with, while a writer goes on.
func TestReadIsASnapshot(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			before := countTx(t, tx, "thing")
			exec(t, d, `INSERT INTO thing VALUES ('new')`)
			if after := countTx(t, tx, "thing"); after != before {
				t.Errorf("the snapshot moved from %d to %d rows", before, after)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if n := count(t, d, "thing"); n != 1 {
			t.Errorf("then %d rows, want 1", n)
		}
	})
}

func TestPanicLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
		func() {
			defer func() { _ = recover() }()
			_ = d.Write(t.Context(), func(tx *db.Tx) error {
				_, _ = tx.ExecContext(t.Context(), `INSERT INTO thing VALUES ('x')`)
				panic("in the middle")
			})
		}()
		if n := count(t, d, "thing"); n != 0 {
			t.Errorf("%d rows remain, want 0", n)
		}
		exec(t, d, `INSERT INTO thing VALUES ('y')`) // the connection came back
	})
}

func TestSecondOpenKeepsTheData(t *testing.T) {
	t.Parallel()
	dbtest.URLs(t, func(t *testing.T, url string) {
		first := open(t, url)
		exec(t, first, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
		exec(t, first, `INSERT INTO thing VALUES ('x')`)
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		if n := count(t, open(t, url), "thing"); n != 1 {
			t.Errorf("%d rows after the second Open, want 1", n)
		}
	})
}

func TestOpenAtTheSameTime(t *testing.T) {
	t.Parallel()
	dbtest.URLs(t, func(t *testing.T, url string) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				d, err := db.Open(t.Context(), url)
				if err != nil {
					t.Error(err)
					return
				}
				_ = d.Close()
			})
		}
		all.Wait()
	})
}

func TestMemoryIsPrivateAndWhole(t *testing.T) {
	t.Parallel()
	one, other := open(t, "sqlite::memory:"), open(t, "sqlite::memory:")
	exec(t, one, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
	exec(t, one, `INSERT INTO thing VALUES ('x')`)
	if n := count(t, one, "thing"); n != 1 {
		t.Errorf("a reader sees %d rows, want 1", n)
	}
	err := other.Read(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), `SELECT id FROM thing`)
		return err
	})
	if err == nil {
		t.Error("another database in memory sees the table")
	}
}

func TestPGXIsTheSameTransaction(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	exec(t, d, `CREATE TABLE thing (id TEXT PRIMARY KEY)`)
	refused := errors.New("refused")
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		err := tx.PGX(func(c *pgx.Conn) error {
			_, err := c.Exec(t.Context(), `INSERT INTO thing VALUES ($1)`, "x")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := countTx(t, tx, "thing"); n != 1 {
			t.Errorf("the transaction sees %d rows, want 1", n)
		}
		return refused
	})
	if !errors.Is(err, refused) || count(t, d, "thing") != 0 {
		t.Errorf("Write = %v; want the rows of PGX rolled back", err)
	}
}

func TestAwayIsAFaultPeopleAreTold(t *testing.T) {
	t.Parallel()
	_, err := db.Open(t.Context(), "postgres://nobody@127.0.0.1:1/none?sslmode=disable")
	if f := fault.Of(err); err == nil || f.Kind != fault.Unavailable || f.Key != "fault.database-unreachable" {
		t.Errorf("Open = %v, want fault.database-unreachable", err)
	}
	for _, url := range []string{"mysql://x", "sqlite:", "sqlite:/dev/null/desk.db", ""} {
		if _, err := db.Open(t.Context(), url); err == nil || fault.Is(err, fault.Unavailable) {
			t.Errorf("%q is a wrong setting, not an outage: %v", url, err)
		}
	}
}

// A full disk, made by letting the file have no more pages.
func TestFullDiskIsAFaultPeopleAreTold(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	exec(t, d, `CREATE TABLE thing (body TEXT)`)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil {
			return err
		}
		_, err := tx.ExecContext(t.Context(), `INSERT INTO thing VALUES (randomblob(1000000))`)
		return err
	})
	if f := fault.Of(err); err == nil || f.Kind != fault.Unavailable || f.Key != "fault.disk-full" {
		t.Errorf("Write = %v, want fault.disk-full", err)
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 29, 1, 2, 3, 4_567_891, time.FixedZone("", 7200))
	if got := db.Time(db.Micros(at)); !got.Equal(at.Truncate(time.Microsecond)) || got.Location() != time.UTC {
		t.Errorf("Time(Micros(%v)) = %v", at, got)
	}
	if db.Micros(time.Time{}) != 0 || !db.Time(0).IsZero() {
		t.Error("the zero time must be 0 and back")
	}
}

func increment(t *testing.T, tx *db.Tx) error {
	var n int64
	if err := tx.QueryRowContext(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil {
		return err
	}
	_, err := tx.ExecContext(t.Context(), `UPDATE counter SET n = $1`, n+1)
	return err
}

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func exec(t *testing.T, d *db.DB, text string) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), text)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func count(t *testing.T, d *db.DB, table string) int64 {
	t.Helper()
	return number(t, d, `SELECT count(*) FROM `+table)
}

func countTx(t *testing.T, tx *db.Tx, table string) (n int64) {
	t.Helper()
	if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func number(t *testing.T, d *db.DB, query string) (n int64) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRowContext(t.Context(), query).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
