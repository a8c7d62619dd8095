package queue_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/queue/queuetest"
)

// assess is a job as the desk has them.
type assess struct {
	ID string `json:"id"`
}

func (assess) Kind() string { return "assess" }

func TestJobLivesAndDiesWithItsTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		worked := collect(q)
		refused := errors.New("refused")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := q.Add(t.Context(), tx, assess{"lost"}); err != nil {
				t.Fatal(err)
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		queuetest.Add(t, d, q, assess{"kept"})
		if diff := cmp.Diff(queue.Counts{Waiting: 1}, queuetest.Counts(t, q)); diff != "" {
			t.Error("before the start", diff)
		}
		queuetest.Start(t, q)
		queuetest.Settle(t, q)
		if diff := cmp.Diff([]string{"kept"}, drain(worked)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNewJobWakesAWorkerAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		worked := collect(q)
		queuetest.Start(t, q)
		for range 5 {
			queuetest.Add(t, d, q, assess{"x"})
			<-worked
		}
	})
}

func TestUniqueWhileUnfinished(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		worked := collect(q)
		queuetest.Add(t, d, q, assess{"first"}, queue.Unique("case-1"))
		queuetest.Add(t, d, q, assess{"again"}, queue.Unique("case-1"))
		queuetest.Add(t, d, q, assess{"other"}, queue.Unique("case-2"))
		queuetest.Start(t, q)
		queuetest.Settle(t, q)
		queuetest.Add(t, d, q, assess{"later"}, queue.Unique("case-1"))
		queuetest.Settle(t, q)
		if n := len(drain(worked)); n != 3 {
			t.Errorf("%d jobs were done, want first, other and later", n)
		}
	})
}

func TestAtItsTimeAndNotBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		done := make(chan time.Time, 1)
		queue.Handle(q, func(context.Context, assess) error { done <- time.Now(); return nil })
		queuetest.Start(t, q)
		due := time.Now().Add(300 * time.Millisecond)
		queuetest.Add(t, d, q, assess{"soon"}, queue.At(due))
		queuetest.Add(t, d, q, assess{"tomorrow"}, queue.At(due.Add(24*time.Hour)))
		if at := <-done; at.Before(due) || at.After(due.Add(3*time.Second)) {
			t.Errorf("done %v after its time", at.Sub(due))
		}
		if n := queuetest.Counts(t, q).Later; n != 1 {
			t.Errorf("%d jobs are for later, want 1", n)
		}
	})
}

func TestUrgentPasses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.NewWith(t, d, queue.Options{Workers: 1})
		worked := collect(q)
		queuetest.Add(t, d, q, assess{"low"}, queue.Priority(queue.Low))
		queuetest.Add(t, d, q, assess{"normal"})
		queuetest.Add(t, d, q, assess{"urgent"}, queue.Priority(queue.Urgent))
		queuetest.Start(t, q)
		queuetest.Settle(t, q)
		if diff := cmp.Diff([]string{"urgent", "normal", "low"}, drain(worked)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		var tries atomic.Int32
		done := make(chan struct{})
		queue.Handle(q, func(context.Context, assess) error {
			if tries.Add(1) == 1 {
				return errors.New("away for a moment")
			}
			close(done)
			return nil
		})
		queuetest.Start(t, q)
		queuetest.Add(t, d, q, assess{"x"})
		<-done
	})
}

func TestPanicIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	q := queuetest.New(t, d)
	var tries atomic.Int32
	done := make(chan struct{})
	queue.Handle(q, func(context.Context, assess) error {
		if tries.Add(1) == 1 {
			panic("a bug")
		}
		close(done)
		return nil
	})
	queuetest.Start(t, q)
	queuetest.Add(t, d, q, assess{"x"})
	<-done
}

func TestHopelessWorkStaysVisible(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.NewWith(t, d, queue.Options{MaxAttempts: 1})
		queue.Handle(q, func(_ context.Context, a assess) error {
			if a.ID == "wrong" {
				return fault.New(fault.Invalid, "fault.not-a-message", nil)
			}
			return errors.New("never works")
		})
		queuetest.Add(t, d, q, assess{"wrong"})
		queuetest.Add(t, d, q, assess{"hopeless"})
		queuetest.Start(t, q)
		queuetest.Settle(t, q)
		if diff := cmp.Diff(queue.Counts{Failed: 1, Cancelled: 1}, queuetest.Counts(t, q)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestStopFinishesWhatItHolds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		begun, finish := make(chan struct{}), make(chan struct{})
		queue.Handle(q, func(ctx context.Context, _ assess) error {
			close(begun)
			<-finish
			return ctx.Err()
		})
		queuetest.Start(t, q)
		queuetest.Add(t, d, q, assess{"x"})
		<-begun
		stopped := make(chan struct{})
		go func() { queuetest.Stop(t, q); close(stopped) }()
		select {
		case <-stopped:
			t.Error("it stopped while a job ran")
		case <-time.After(50 * time.Millisecond):
		}
		close(finish)
		<-stopped
		if diff := cmp.Diff(queue.Counts{Done: 1}, queuetest.Counts(t, q)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestStopInterruptsWhenOutOfPatience(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	q := queuetest.New(t, d)
	begun := make(chan struct{})
	queue.Handle(q, func(ctx context.Context, _ assess) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	})
	queuetest.Start(t, q)
	queuetest.Add(t, d, q, assess{"x"})
	<-begun
	impatient, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := q.Stop(impatient); err != nil {
		t.Error(err)
	}
	if c := queuetest.Counts(t, q); c.Waiting+c.Retrying != 1 {
		t.Errorf("the interrupted job is not waiting to run again: %+v", c)
	}
}

func TestEveryRunsAtStartAndAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		worked := collect(q)
		q.Every(time.Second, assess{"sweep"})
		queuetest.Start(t, q)
		<-worked
		<-worked
	})
}

// Doors add jobs all at once, while workers take them: each is done, none twice.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := queuetest.New(t, d)
		worked := collect(q)
		queuetest.Start(t, q)
		const doors, each = 4, 15
		var all sync.WaitGroup
		for range doors {
			all.Go(func() {
				for range each {
					queuetest.Add(t, d, q, assess{rand.Text()})
				}
			})
		}
		all.Wait()
		queuetest.Settle(t, q)
		ids := drain(worked)
		slices.Sort(ids)
		if n := len(slices.Compact(ids)); n != doors*each || len(ids) != n {
			t.Errorf("%d jobs done, %d different, want %d", len(ids), n, doors*each)
		}
	})
}

// collect handles assess jobs by telling their IDs.
func collect(q *queue.Queue) chan string {
	worked := make(chan string, 100)
	queue.Handle(q, func(_ context.Context, a assess) error { worked <- a.ID; return nil })
	return worked
}

func drain(worked chan string) (ids []string) {
	for len(worked) > 0 {
		ids = append(ids, <-worked)
	}
	return ids
}

func TestWorksInMemory(t *testing.T) {
	t.Parallel()
	d := openDB(t, "sqlite::memory:")
	q := queuetest.New(t, d)
	worked := collect(q)
	queuetest.Start(t, q)
	for range 20 {
		queuetest.Add(t, d, q, assess{"x"})
	}
	queuetest.Settle(t, q)
	if n := len(drain(worked)); n != 20 {
		t.Errorf("%d of 20 done", n)
	}
}
