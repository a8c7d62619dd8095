package queue_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/queue/queuetest"
)

// victimVar holds the database of the process that is killed.
const victimVar = "BIENVU_TEST_QUEUE_VICTIM"

// TestVictim is not a test of its own: it is the process that TestKilled kills.
//
//nolint:paralleltest // it runs alone, in its own process
func TestVictim(t *testing.T) {
	url := os.Getenv(victimVar)
	if url == "" {
		return
	}
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	q := queuetest.New(t, d)
	queue.Handle(q, func(ctx context.Context, _ assess) error {
		fmt.Println("holding")
		<-ctx.Done()
		return ctx.Err()
	})
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-t.Context().Done()
}

// What a killed process held is done soon after the next start, not an hour later.
func TestKilledProcessLosesNoJob(t *testing.T) {
	t.Parallel()
	dbtest.URLs(t, func(t *testing.T, url string) {
		d := openDB(t, url)
		q := queuetest.New(t, d)
		worked := collect(q)
		queuetest.Add(t, d, q, assess{"held"})
		killWhileHolding(t, url)
		if n := queuetest.Counts(t, q).Running; n != 1 {
			t.Fatalf("%d jobs look as if they ran, want the one of the dead process", n)
		}
		start := time.Now()
		queuetest.Start(t, q)
		if id := <-worked; id != "held" {
			t.Errorf("did %q", id)
		}
		if waited := time.Since(start); waited > 10*time.Second {
			t.Errorf("the job waited %v for its rescue", waited)
		}
	})
}

func killWhileHolding(t *testing.T, url string) {
	t.Helper()
	victim := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$", "-test.timeout=60s")
	victim.Env = append(os.Environ(), victimVar+"="+url)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "holding\n" {
		t.Errorf("the process said %q, %v", line, err)
	}
	_ = victim.Process.Kill()
	_ = victim.Wait()
}

// A worker that lives keeps its jobs, however many others start.
func TestLivingWorkerKeepsItsJobs(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	one, other := queuetest.New(t, d), queuetest.New(t, d)
	begun, finish := make(chan string, 2), make(chan struct{})
	work := func(_ context.Context, a assess) error { begun <- a.ID; <-finish; return nil }
	queue.Handle(one, work)
	queue.Handle(other, work)
	queuetest.Start(t, one)
	queuetest.Add(t, d, one, assess{"mine"})
	<-begun
	queuetest.Start(t, other) // looks for dead workers before it returns
	queuetest.Add(t, d, one, assess{"next"})
	if id := <-begun; id != "next" {
		t.Errorf("%q was taken from a living worker", id)
	}
	close(finish)
	queuetest.Settle(t, one)
}

func TestOneProcessWorksOnAFile(t *testing.T) {
	t.Parallel()
	url := dbtest.SQLiteURL(t)
	one, other := openDB(t, url), openDB(t, url)
	first, second := queuetest.New(t, one), queuetest.New(t, other)
	collect(first)
	collect(second)
	queuetest.Start(t, first)
	if err := second.Start(t.Context()); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second worker on the same file: %v, want a conflict", err)
	}
	queuetest.Stop(t, first)
	queuetest.Start(t, second)
}

func openDB(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
