package app

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/api"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/web"
	"github.com/bienvu/bienvu/internal/web/page"
)

// formSlack is what the frame of a request may take beside the message in it.
const formSlack = 1 << 20

// pages is all that is reached by HTTP: the pages, and the API below /api/.
// demo is nil at a real desk.
func (h *house) pages(words *i18n.Catalogue, demo *web.Demo) (http.Handler, error) {
	reference, err := api.NewReference()
	if err != nil {
		return nil, err
	}
	shown := referencePage(reference)
	return web.New(web.Config{
		Desk: h.desk, DB: h.db, Words: words, Outbox: h.outbox, Demo: demo, Ready: h.ready, Log: h.log, Reference: &shown,
		API: api.New(api.Config{Desk: h.desk, DB: h.db, Words: words, Log: h.log, Ready: h.ready, MaxBytes: int(h.cfg.SMTP.MaxBytes) + formSlack}),
	})
}

// ready is nil when the house can work: the database answers, the jobs are
// being done, and there is room to keep a message.
func (h *house) ready(ctx context.Context) error {
	if !h.working.Load() {
		return fault.Wrap(fault.Unavailable, "fault.database-away", errors.New("the queue does not run"))
	}
	return errors.Join(h.db.Ping(ctx), h.room.check(time.Now()))
}

// probeEvery is how long the answer of a disk holds: asking writes to it.
const probeEvery = 5 * time.Second

// probe asks whether messages can be kept, and remembers the answer a while.
type probe struct {
	mu    sync.Mutex
	ask   func() error
	asked time.Time
	said  error
}

func (p *probe) check(now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.asked) >= probeEvery {
		p.asked, p.said = now, p.ask()
	}
	return p.said
}

// referencePage hands the API's document over to its page.
func referencePage(r api.Reference) page.APIView {
	v := page.APIView{Title: r.Title, Version: r.Version, Description: r.Description, Document: r.Document}
	for _, o := range r.Operations {
		shown := page.Operation{ID: o.ID, Method: o.Method, Path: o.Path, Summary: o.Summary, Description: o.Description, Right: o.Right}
		for _, p := range o.Parameters {
			shown.Parameters = append(shown.Parameters, page.Parameter(p))
		}
		for _, b := range o.Bodies {
			shown.Bodies = append(shown.Bodies, page.Body(b))
		}
		for _, a := range o.Responses {
			shown.Responses = append(shown.Responses, page.Response(a))
		}
		v.Operations = append(v.Operations, shown)
	}
	return v
}
