package desk_test

import (
	"context"
	"testing"

	"golang.org/x/sync/semaphore"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fault"
)

// Twenty mails of 50 MB at once took all the memory there was. Now they wait
// for room, and who waits too long is asked to come again: nothing is taken in
// and forgotten.
func TestMailsWaitForRoom(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, dbtest.SQLite(t))
	d.Room = semaphore.NewWeighted(desk.RoomBytes)
	r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish())) // makes room again at each step
	if !d.Room.TryAcquire(desk.RoomBytes) {
		t.Fatal("room was not given back")
	}
	short, cancel := context.WithCancel(t.Context())
	cancel()
	in := desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "And this?", phish()), EnvelopeFrom: "emma@atelier.example", RemoteIP: desktest.Relay}
	if _, err := d.Receive(short, in); !fault.Is(err, fault.Unavailable) {
		t.Errorf("without room: %v", err)
	}
	d.Room.Release(desk.RoomBytes)
	again, err := d.Receive(t.Context(), in)
	if err != nil || again.Case == r.Case || again.Again {
		t.Errorf("with room again: %+v, %v", again, err)
	}
	d.Do()
	if !d.Room.TryAcquire(desk.RoomBytes) {
		t.Error("room was not given back")
	}
}
