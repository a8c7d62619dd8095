package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/bienvu/bienvu/internal/fault"
)

// Scanner is one row.
type Scanner interface{ Scan(dest ...any) error }

// All reads every row of a query.
func All[T any](ctx context.Context, tx *Tx, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// One reads the row of a query that has one; none is a fault.NotFound.
func One[T any](ctx context.Context, tx *Tx, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	one, err := scan(tx.QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return one, fault.New(fault.NotFound, "fault.not-found", nil)
	}
	return one, err
}

// Exec runs a statement and says how many rows it changed.
func Exec(ctx context.Context, tx *Tx, query string, args ...any) (int, error) {
	done, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// Scan reads one plain value, such as a count or a text.
func Scan[T any](row Scanner) (T, error) {
	var v T
	err := row.Scan(&v)
	return v, err
}
