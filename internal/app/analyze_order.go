package app

import (
	"context"
	"iter"
)

// task is one item with where its outcome goes.
type task[T, R any] struct {
	item    T
	outcome chan R
}

// inOrder does the work of each item on several workers at once and yields the
// outcomes in the order of the items. It reads ahead by twice the workers, so
// memory stays bounded, and stops when ctx ends or the reader breaks off.
func inOrder[T, R any](ctx context.Context, workers int, items iter.Seq[T], work func(context.Context, T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		line := make(chan chan R, 2*workers) // the outcomes to come, in order
		free := make(chan task[T, R])
		for range workers { // the same ones all along: their stacks need to grow but once
			go func() {
				for t := range free {
					t.outcome <- work(ctx, t.item)
				}
			}()
		}
		go func() {
			defer close(line)
			defer close(free)
			for item := range items {
				t := task[T, R]{item, make(chan R, 1)}
				if !give(ctx, free, t) || !give(ctx, line, t.outcome) {
					return
				}
			}
		}()
		for {
			outcome, ok := next(ctx, line)
			if !ok {
				return
			}
			r, ok := next(ctx, outcome)
			if !ok || !yield(r) {
				return
			}
		}
	}
}

// give sends, unless ctx ends first.
func give[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// next receives, unless the channel or ctx ends first.
func next[T any](ctx context.Context, from <-chan T) (T, bool) {
	select {
	case v, ok := <-from:
		return v, ok
	case <-ctx.Done():
		var none T
		return none, false
	}
}
