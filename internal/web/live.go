package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/httpd"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
)

// pulse tells whether anything changed at all. However many pages listen, it
// asks the database once an interval.
type pulse struct {
	db    *db.DB
	every time.Duration

	mu    sync.Mutex
	asked time.Time
	last  int64
}

func newPulse(d *db.DB, every time.Duration) *pulse { return &pulse{db: d, every: every} }

// beat is when anything last changed, not older than half an interval.
func (p *pulse) beat(ctx context.Context) (int64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.asked) < p.every/2 {
		return p.last, nil
	}
	last, err := p.changed(ctx, "", cases.Everything)
	if err == nil {
		p.asked, p.last = time.Now(), last
	}
	return last, err
}

// changed is when anything last changed that this person, or somebody with
// this sight, may see.
func (p *pulse) changed(ctx context.Context, person people.ID, sight cases.Sight) (at int64, err error) {
	err = p.db.Read(ctx, func(tx *db.Tx) error {
		at, err = cases.Changed(ctx, tx, person, sight)
		return err
	})
	return at, err
}

// keepAlive is how often a silent stream says that it is there, so that
// proxies leave it open.
const keepAlive = 25 * time.Second

// live tells a page, by server-sent events, that something it may show has
// changed. It says no more than that: the page then asks again by itself.
func (s *site) live(v *visit) error {
	stream := http.NewResponseController(v.w)
	if err := stream.SetWriteDeadline(time.Time{}); err != nil {
		return err
	}
	person, sight := v.who.Person, v.sight(login.CaseRead)
	if v.who.May(login.CaseRead) {
		person = ""
	} else {
		sight = cases.Everything
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies of the nginx kind pass events on at once
	if _, err := fmt.Fprint(v.w, "retry: 3000\n\n"); err != nil {
		return nil //nolint:nilerr // the page went away
	}
	s.follow(v.ctx, stream, v.w, person, sight)
	return nil
}

// follow watches until the page goes away or the house stops.
func (s *site) follow(ctx context.Context, stream *http.ResponseController, w http.ResponseWriter, person people.ID, sight cases.Sight) {
	all, _ := s.pulse.beat(ctx)
	mine, _ := s.pulse.changed(ctx, person, sight)
	tick := time.NewTicker(s.pulse.every)
	defer tick.Stop()
	for said := time.Now(); ; {
		if err := stream.Flush(); err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-httpd.Stopping(ctx):
			return
		case <-tick.C:
		}
		line := ""
		if now, err := s.pulse.beat(ctx); err == nil && now > all {
			all = now
			if own, err := s.pulse.changed(ctx, person, sight); err == nil && own > mine {
				mine, line = own, "event: changed\ndata: {}\n\n"
			}
		}
		if line == "" && time.Since(said) > keepAlive {
			line = ": here\n\n"
		}
		if line == "" {
			continue
		}
		said = time.Now()
		if _, err := fmt.Fprint(w, line); err != nil {
			return
		}
	}
}
