package queue_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/queue"
)

// load is a job that knows when it was added.
type load struct {
	Added int64 `json:"added"`
}

func (load) Kind() string { return "load" }

// BenchmarkTwentyASecond adds twenty jobs a second, each of which writes twice,
// on a database that waits for the disk as in production. It reports the time
// from adding to work begun, and to work done.
func BenchmarkTwentyASecond(b *testing.B) {
	d, err := db.Open(b.Context(), "sqlite:"+b.TempDir()+"/load.db")
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	write(b, d, `CREATE TABLE load (body TEXT)`)
	q, err := queue.New(b.Context(), d, quietLog(), queue.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var begun, done []time.Duration
	ended := make(chan [2]time.Duration, 1<<16)
	queue.Handle(q, func(_ context.Context, l load) error {
		start := time.Since(db.Time(l.Added))
		write(b, d, `INSERT INTO load VALUES ('one')`)
		write(b, d, `INSERT INTO load VALUES ('two')`)
		ended <- [2]time.Duration{start, time.Since(db.Time(l.Added))}
		return nil
	})
	if err := q.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer q.Stop(context.Background())
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for b.Loop() {
		<-ticker.C
		err := d.Write(b.Context(), func(tx *db.Tx) error {
			return q.Add(b.Context(), tx, load{db.Micros(time.Now())})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for range b.N {
		e := <-ended
		begun, done = append(begun, e[0]), append(done, e[1])
	}
	report(b, begun, "begun")
	report(b, done, "done")
}

func report(b *testing.B, times []time.Duration, what string) {
	b.Helper()
	slices.Sort(times)
	for name, share := range map[string]float64{"p50": 0.5, "p99": 0.99, "max": 1} {
		at := times[int(share*float64(len(times)-1))]
		b.ReportMetric(float64(at.Microseconds())/1000, "ms-"+what+"-"+name)
	}
}

func write(b *testing.B, d *db.DB, text string) {
	b.Helper()
	err := d.Write(b.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(b.Context(), text)
		return err
	})
	if err != nil {
		b.Error(err)
	}
}

func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
