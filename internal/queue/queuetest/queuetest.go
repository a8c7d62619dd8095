// Package queuetest gives tests a queue that works, and a way to wait for it.
package queuetest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/queue"
)

// patience is how long a test waits for work before it fails.
const patience = 30 * time.Second

// New makes a queue on d that takes jobs in; add handlers, then Start it.
func New(t *testing.T, d *db.DB) *queue.Queue {
	t.Helper()
	return NewWith(t, d, queue.Options{})
}

// NewWith is New with options.
func NewWith(t *testing.T, d *db.DB, options queue.Options) *queue.Queue {
	t.Helper()
	q, err := queue.New(t.Context(), d, Log(t), options)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Start starts q and stops it at the end of the test.
func Start(t *testing.T, q *queue.Queue) {
	t.Helper()
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { Stop(t, q) })
}

// Stop stops q; stopping twice is harmless.
func Stop(t *testing.T, q *queue.Queue) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := q.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// Add adds a job in a transaction of its own.
func Add(t *testing.T, d *db.DB, q *queue.Queue, args queue.Args, options ...queue.Option) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return q.Add(t.Context(), tx, args, options...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Settle waits until q has nothing left to do but later.
func Settle(t *testing.T, q *queue.Queue) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := q.Settled(ctx); err != nil {
		t.Fatal(err)
	}
}

// Counts counts the jobs.
func Counts(t *testing.T, q *queue.Queue) queue.Counts {
	t.Helper()
	c, err := q.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Log is a log that shows warnings among the test's own output.
func Log(t *testing.T) *slog.Logger {
	t.Helper()
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}
