package desk

import (
	"context"

	"github.com/bienvu/bienvu/internal/fault"
)

// RoomBytes is how many bytes of mail a Desk's Room should let be read at once.
// Reading takes about thirteen times a mail's size in memory, and strangers may
// send the largest there are, on many lines: without a limit they would take
// all of it.
const RoomBytes = 64 << 20

// enter waits until there is room to read a mail of that size, and gives what
// makes room again. Who waits too long is asked to come again.
func (d *Desk) enter(ctx context.Context, size int) (leave func(), err error) {
	if d.Room == nil {
		return func() {}, nil
	}
	weight := int64(min(size, RoomBytes))
	if err := d.Room.Acquire(ctx, weight); err != nil {
		return nil, fault.Wrap(fault.Unavailable, "fault.busy", err)
	}
	return func() { d.Room.Release(weight) }, nil
}
