package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
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
	last  cases.Pulse
}

func newPulse(d *db.DB, every time.Duration) *pulse { return &pulse{db: d, every: every} }

// beat is the state of everything, not older than half an interval.
func (p *pulse) beat(ctx context.Context, now time.Time) (cases.Pulse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.asked) < p.every/2 {
		return p.last, nil
	}
	last, err := p.changed(ctx, "", cases.Everything)
	if err == nil {
		p.asked, p.last = now, last
	}
	return last, err
}

// changed is the state of what this person, or somebody with this sight, may
// see.
func (p *pulse) changed(ctx context.Context, person people.ID, sight cases.Sight) (now cases.Pulse, err error) {
	err = p.db.Read(ctx, func(tx *db.Tx) error {
		now, err = cases.Changed(ctx, tx, person, sight)
		return err
	})
	return now, err
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
	s.follow(v.ctx, stream, v.w, watch{person: person, sight: sight, since: since(v.r.URL.Query().Get("since"))})
	return nil
}

// watch is what a page wants to hear of.
type watch struct {
	person people.ID
	sight  cases.Sight
	since  int64        // when the page was drawn, in microseconds
	seen   *cases.Pulse // what it was last told of; nil at first
}

func since(text string) int64 {
	at, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return at
}

// follow watches until the page goes away or the house stops.
func (s *site) follow(ctx context.Context, stream *http.ResponseController, w io.Writer, page watch) {
	tick := time.NewTicker(s.pulse.every)
	defer tick.Stop()
	var all *cases.Pulse
	var said, now time.Time
	for stream.Flush() == nil {
		select {
		case <-ctx.Done():
			return
		case <-httpd.Stopping(ctx):
			return
		case now = <-tick.C:
		}
		line := ""
		if state, err := s.pulse.beat(ctx, now); err == nil && (all == nil || state != *all) {
			all = &state
			if s.news(ctx, &page) {
				line = "event: changed\ndata: {}\n\n"
			}
		}
		if line == "" && now.Sub(said) > keepAlive {
			line = ": here\n\n"
		}
		if line != "" {
			said = now
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	}
}

// news reports whether something that the page may show changed since it was
// last told.
func (s *site) news(ctx context.Context, page *watch) bool {
	now, err := s.pulse.changed(ctx, page.person, page.sight)
	if err != nil || page.seen != nil && now == *page.seen {
		return false
	}
	first := page.seen == nil
	page.seen = &now
	return !first || now.At > page.since
}
