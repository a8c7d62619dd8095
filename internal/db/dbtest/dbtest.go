// Package dbtest gives tests real databases: SQLite in a file of its own, and
// PostgreSQL in a schema of its own where BIENVU_TEST_POSTGRES names a server.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/bienvu/bienvu/internal/db"
)

// ServerVar names the environment variable with the address of a PostgreSQL
// server whose user may create schemas.
const ServerVar = "BIENVU_TEST_POSTGRES"

// Each runs the test on both engines, in parallel. Without a PostgreSQL server
// that half is skipped; where CI=true it fails instead.
func Each(t *testing.T, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		run(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		run(t, Postgres(t))
	})
}

// URLs runs the test with the address of an empty database of each engine, for
// tests that open it more than once.
func URLs(t *testing.T, run func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		run(t, SQLiteURL(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		run(t, PostgresURL(t))
	})
}

// SQLite opens a new SQLite database that ends with the test. It is a file, as
// in production (readers beside a writer), but does not wait for the disk.
func SQLite(t *testing.T) *db.DB {
	t.Helper()
	return open(t, SQLiteURL(t))
}

// SQLiteURL is the address of a new SQLite database.
func SQLiteURL(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db") + "?synchronous=off"
}

// Postgres opens a new schema that ends with the test.
func Postgres(t *testing.T) *db.DB {
	t.Helper()
	return open(t, PostgresURL(t))
}

// PostgresURL is the address of a new schema that ends with the test.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(ServerVar)
	if server == "" && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not set, and with CI=true no test may be skipped", ServerVar)
	}
	if server == "" {
		t.Skipf("no PostgreSQL: set %s", ServerVar)
	}
	schema := "test_" + rand.Text()
	execute(t, server, `CREATE SCHEMA "`+schema+`"`)
	t.Cleanup(func() { execute(t, server, `DROP SCHEMA "`+schema+`" CASCADE`) })
	return withSchema(t, server, schema)
}

func withSchema(t testing.TB, server, schema string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", `"`+schema+`"`)
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String()
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

func execute(t testing.TB, server, statement string) {
	t.Helper()
	conn, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(context.Background(), statement); err != nil {
		t.Error(err)
	}
}
