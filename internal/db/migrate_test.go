package db

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMigrationsRunOnceInOrder(t *testing.T) {
	t.Parallel()
	d := bare(t)
	tree := files(map[string]string{
		"0001_one.sql":          `CREATE TABLE one (n BIGINT); INSERT INTO one VALUES (1);`,
		"0002_two.sqlite.sql":   `INSERT INTO one VALUES (2)`,
		"0002_two.postgres.sql": `this is not for SQLite`,
	})
	for range 2 {
		if err := migrate(t.Context(), d, tree); err != nil {
			t.Fatal(err)
		}
	}
	if n := rows(t, d, "one"); n != 2 {
		t.Errorf("%d rows, want one of each migration", n)
	}
	tree["migrations/0003_three.sql"] = &fstest.MapFile{Data: []byte(`INSERT INTO one VALUES (3)`)}
	if err := migrate(t.Context(), d, tree); err != nil || rows(t, d, "one") != 3 {
		t.Errorf("the next version: %v, %d rows", err, rows(t, d, "one"))
	}
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	t.Parallel()
	d := bare(t)
	tree := files(map[string]string{
		"0001_one.sql": `CREATE TABLE one (n BIGINT)`,
		"0002_two.sql": `INSERT INTO nowhere VALUES (2)`,
	})
	err := migrate(t.Context(), d, tree)
	if err == nil || !strings.Contains(err.Error(), "0002_two.sql") {
		t.Errorf("the error must name the file: %v", err)
	}
	delete(tree, "migrations/0002_two.sql")
	if err := migrate(t.Context(), d, tree); err != nil {
		t.Errorf("the first one was half there: %v", err)
	}
}

func TestOlderProgramLeavesNewerDatabaseAlone(t *testing.T) {
	t.Parallel()
	d := bare(t)
	newer := files(map[string]string{"0001_one.sql": `CREATE TABLE one (n BIGINT)`, "0002_two.sql": `CREATE TABLE two (n BIGINT)`})
	if err := migrate(t.Context(), d, newer); err != nil {
		t.Fatal(err)
	}
	delete(newer, "migrations/0002_two.sql")
	if err := migrate(t.Context(), d, newer); err == nil || !strings.Contains(err.Error(), "later version") {
		t.Errorf("migrate = %v, want a word about the later version", err)
	}
}

func TestAmbiguousMigrationsAreRefused(t *testing.T) {
	t.Parallel()
	for _, names := range [][]string{{"0001_a.sql", "0001_b.sql"}, {"0001_a.mysql.sql"}} {
		tree := fstest.MapFS{}
		for _, name := range names {
			tree["migrations/"+name] = &fstest.MapFile{}
		}
		if _, err := stepsFor(tree, SQLite); err == nil {
			t.Errorf("%v were taken", names)
		}
	}
}

// The migrations we ship have both halves where they come in pairs.
func TestShippedMigrationsCoverBothEngines(t *testing.T) {
	t.Parallel()
	one, err := stepsFor(migrations, SQLite)
	if err != nil {
		t.Fatal(err)
	}
	other, err := stepsFor(migrations, Postgres)
	if err != nil {
		t.Fatal(err)
	}
	if len(one) == 0 || len(one) != len(other) {
		t.Fatalf("%d migrations for SQLite, %d for PostgreSQL", len(one), len(other))
	}
	for i := range one {
		if one[i].name != other[i].name {
			t.Errorf("%s has no other half", one[i].file)
		}
	}
}

func files(texts map[string]string) fstest.MapFS {
	tree := fstest.MapFS{}
	for name, text := range texts {
		tree["migrations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}

// bare is a database without our schema.
func bare(t *testing.T) *DB {
	t.Helper()
	d, err := connect(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "bare.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func rows(t *testing.T, d *DB, table string) (n int) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *Tx) error {
		return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
