package known

import (
	"context"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// Mark notes whether a person's name is one that others like to borrow.
func Mark(ctx context.Context, tx *db.Tx, person people.ID, yes bool) error {
	_, err := db.Exec(ctx, tx, `UPDATE people SET prominent = $2 WHERE id = $1`, person, yes)
	return err
}

// Names lists the names of those who are marked, in all accounts: whom a
// director's name deceives may work anywhere.
func Names(ctx context.Context, tx *db.Tx) ([]string, error) {
	return db.All(ctx, tx, db.Scan[string], `SELECT name FROM people WHERE prominent AND name <> '' ORDER BY name`)
}
