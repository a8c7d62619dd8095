// Package story makes the demo's organisation and the twelve months it has
// behind it.
//
// Nothing is written into tables by the back door: every mail is composed,
// delivered as people deliver them, received, judged, answered and decided by
// the flows of the desk itself, which only look at another clock. So what the
// demo shows is what the product does.
//
// The whole history follows from a seed and from the moment the demo was first
// started (see plan). Filling takes a while, so it goes on beside the living
// desk, step by step, and writes down how far it came: a demo that was stopped
// goes on where it was.
package story

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/id"
)

// seed makes the story; another number makes another year.
const seed = 20260

// Story is the history of one demo.
type Story struct {
	desk  *desk.Desk
	cast  cast
	plan  plan
	begun time.Time // when the demo was first started: the story ends here
	done  atomic.Int64
}

// Open makes the organisation where it is missing, and finds out how far its
// history came. now is the end of the story when it is told for the first time.
func Open(ctx context.Context, d *desk.Desk, now time.Time) (*Story, error) {
	shelf, err := loadShelf()
	if err != nil {
		return nil, err
	}
	s := &Story{desk: d}
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		mark, err := readMark(ctx, tx)
		if err != nil {
			return err
		}
		if mark.Begun == 0 {
			mark.Begun = now.UnixMicro()
		}
		s.begun = db.Time(mark.Begun).In(zone(d))
		s.done.Store(int64(mark.Done))
		if s.cast, err = found(ctx, tx, s.begun); err != nil {
			return err
		}
		return mark.write(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	s.plan = newPlan(shelf, s.cast, s.begun)
	return s, nil
}

func zone(d *desk.Desk) *time.Location {
	if d.Org.Zone == nil {
		return time.UTC
	}
	return d.Org.Zone
}

// Progress says how many steps of the story are told, and of how many.
func (s *Story) Progress() (done, total int) {
	total = len(s.plan.events)
	return min(int(s.done.Load()), total), total
}

// stream is the randomness of one step: the same whenever it is told.
func stream(kind, step uint64) *rand.Rand { return rand.New(rand.NewPCG(seed<<8|kind, step)) } //nolint:gosec // a story, no secret

// The kinds of randomness.
const (
	forPlan uint64 = iota
	forPeople
	forCampaign
	forMail
	forStep
)

// bytesOf gives randomness as bytes, for identifiers.
func bytesOf(kind, step uint64) *rand.ChaCha8 {
	var key [32]byte
	r := stream(kind, step)
	for i := range key {
		key[i] = byte(r.Uint32())
	}
	return rand.NewChaCha8(key)
}

func makerOf(kind, step uint64) *id.Maker { return id.NewMaker(bytesOf(kind, step)) }
