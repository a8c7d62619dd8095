package desk

import (
	"context"
	"fmt"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/queue"
)

// ByHand is Jobs that wait until somebody does them: makers of histories and
// tests, who must say when. It is for one goroutine.
type ByHand struct {
	waiting []queue.Args
	Late    []queue.Args // acknowledgements, which wait for their own time
}

// Add keeps the job once its transaction is committed.
func (b *ByHand) Add(_ context.Context, tx *db.Tx, args queue.Args, _ ...queue.Option) error {
	tx.AfterCommit(func() {
		if _, late := args.(AcknowledgeJob); late {
			b.Late = append(b.Late, args)
			return
		}
		b.waiting = append(b.waiting, args)
	})
	return nil
}

// Do does what waits, and what comes of it, in order.
func (b *ByHand) Do(ctx context.Context, d *Desk) error {
	for len(b.waiting) > 0 {
		next := b.waiting[0]
		b.waiting = b.waiting[1:]
		if err := d.do(ctx, next); err != nil {
			return err
		}
	}
	return nil
}

// DoLate does the acknowledgements whose time has come, and what comes of them.
func (b *ByHand) DoLate(ctx context.Context, d *Desk) error {
	b.waiting, b.Late = append(b.waiting, b.Late...), nil
	return b.Do(ctx, d)
}

func (d *Desk) do(ctx context.Context, job queue.Args) error {
	switch j := job.(type) {
	case AssessJob:
		return d.Assess(ctx, j.Delivery)
	case SendJob:
		return d.Send(ctx, j.Letter)
	case AcknowledgeJob:
		return d.Acknowledge(ctx, j.Delivery)
	case WatchJob:
		return d.Watch(ctx)
	case RefreshJob:
		return d.Refresh(ctx)
	case LearnJob:
		return d.LearnWhenDue(ctx)
	}
	return fmt.Errorf("desk: no such job: %s", job.Kind())
}
