package fetch

import (
	"context"
	"sync"

	"github.com/bienvu/bienvu/internal/fault"
)

// Fake is a web written down as a literal. What is not in Pages is not there.
// Limits are kept as the real client keeps them.
type Fake struct {
	Options

	Pages map[string]Page
	Away  bool // nothing answers

	mu    sync.Mutex
	asked []string
}

// Page is one page of a Fake.
type Page struct {
	Body     string
	ETag     string
	Modified string
}

// Get gives a page.
func (f *Fake) Get(ctx context.Context, r Request) (Answer, error) {
	if err := f.allow(r.URL); err != nil {
		return Answer{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r.URL)
	page, ok := f.Pages[r.URL]
	switch {
	case f.Away || ctx.Err() != nil:
		return Answer{}, fault.New(fault.Unavailable, "fault.fetch-failed", nil)
	case !ok:
		return Answer{}, fault.New(fault.NotFound, "fault.fetch-missing", nil)
	case f.Most > 0 && int64(len(page.Body)) > f.Most:
		return Answer{}, fault.New(fault.TooMuch, "fault.fetch-too-long", nil)
	case page.ETag != "" && page.ETag == r.ETag, page.Modified != "" && r.ETag == "" && page.Modified == r.Modified:
		return Answer{ETag: page.ETag, Modified: page.Modified, Unchanged: true}, nil
	}
	return Answer{Body: []byte(page.Body), ETag: page.ETag, Modified: page.Modified}, nil
}

// Asked lists the addresses that were asked for, in order.
func (f *Fake) Asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.asked...)
}
