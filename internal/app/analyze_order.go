package app

import (
	"context"
	"iter"
)

// inOrder does the work of each item on several workers at once and yields the
// outcomes in the order of the items. It reads ahead by twice the workers, so
// memory stays bounded, and stops when ctx ends or the reader breaks off.
func inOrder[T, R any](ctx context.Context, workers int, items iter.Seq[T], work func(context.Context, T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		line := make(chan chan R, 2*workers) // the outcomes to come, in order
		free := make(chan struct{}, workers)
		go func() {
			defer close(line)
			for item := range items {
				outcome := make(chan R, 1)
				select {
				case free <- struct{}{}:
				case <-ctx.Done():
					return
				}
				go func() {
					defer func() { <-free }()
					outcome <- work(ctx, item)
				}()
				select {
				case line <- outcome:
				case <-ctx.Done():
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
