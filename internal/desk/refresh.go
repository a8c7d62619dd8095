package desk

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/lists"
)

const (
	refreshEvery = 5 * time.Minute // how often we look whether a list is due
	refreshOne   = time.Minute     // how long one list may take
	mostFile     = 256 << 20       // bytes of a list that is a file
)

// RefreshJob reads the lists that are due.
type RefreshJob struct{}

// Kind names the job in the queue.
func (RefreshJob) Kind() string { return "refresh" }

// Refresh reads the lists that are due, and who the registries are. What can't
// be read is noted for the team and tried again later; the last good copy stays.
func (d *Desk) Refresh(ctx context.Context) error {
	now := d.Now()
	states, err := d.states(ctx)
	if err != nil {
		return err
	}
	for _, f := range d.Feeds {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the rest is due the next time
		}
		if state := states[f.Name]; state.Due(f, now) {
			if err := d.refresh(ctx, f, state, now); err != nil {
				return err
			}
		}
	}
	d.lookNow()
	if d.Domains == nil {
		return nil
	}
	if err := d.Domains.Prepare(ctx, now); err != nil {
		d.Log.WarnContext(ctx, "who the registries are could not be read", slog.Any("error", err))
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error { return lists.ForgetAges(ctx, tx, now) })
}

// states reads what became of each list, and forgets those that are no longer
// configured.
func (d *Desk) states(ctx context.Context) (map[string]lists.State, error) {
	states := map[string]lists.State{}
	var all []lists.State
	err := d.DB.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = lists.All(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if slices.ContainsFunc(d.Feeds, func(f lists.Feed) bool { return f.Name == s.Name }) {
			states[s.Name] = s
			continue
		}
		if err := d.DB.Write(ctx, func(tx *db.Tx) error { return lists.Forget(ctx, tx, s.Name) }); err != nil {
			return nil, err
		}
	}
	return states, nil
}

// lookNow lets the next message see what was just read.
func (d *Desk) lookNow() {
	d.known.mu.Lock()
	defer d.known.mu.Unlock()
	d.known.looked = time.Time{}
}

// refresh reads one list and writes down what became of it.
func (d *Desk) refresh(ctx context.Context, f lists.Feed, state lists.State, now time.Time) error {
	if state.Source != f.Source() {
		state = lists.State{Name: f.Name} // the copy is of another source
	}
	got, err := d.obtain(ctx, f, state, now)
	if err == nil && !got.same {
		var l *feed.List
		if l, err = compile(f, got, state); err == nil {
			return d.DB.Write(ctx, func(tx *db.Tx) error { return lists.Keep(ctx, tx, f, l, got.etag, got.modified, now) })
		}
	}
	if err != nil {
		d.Log.WarnContext(ctx, "a list could not be read", slog.String("list", f.Name), slog.Any("error", err))
		return d.DB.Write(ctx, func(tx *db.Tx) error { return lists.Fail(ctx, tx, f, fault.Of(err).Key, now) })
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error { return lists.Confirm(ctx, tx, f.Name, got.as, now) })
}

// obtained is what a source gave.
type obtained struct {
	body           []byte
	same           bool // the copy is still good; there is no body
	etag, modified string
	as             time.Time // the moment of which the content is true
}

// compile makes a list of what was obtained. A list that was full and is empty
// now has lost its content, not its reason.
func compile(f lists.Feed, got obtained, before lists.State) (*feed.List, error) {
	l, err := feed.Compile(f.Name, f.Format, bytes.NewReader(got.body), got.as, feed.DefaultBudget())
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "fault.list-unreadable", err)
	}
	if l.Entries == 0 && (before.Entries > 0 || l.Skipped > 0) {
		return nil, fault.New(fault.Invalid, "fault.list-empty", nil)
	}
	return l, nil
}

func (d *Desk) obtain(ctx context.Context, f lists.Feed, state lists.State, now time.Time) (obtained, error) {
	ctx, cancel := context.WithTimeout(ctx, refreshOne)
	defer cancel()
	switch {
	case f.File != "":
		return readList(f.File, state)
	case d.Web == nil:
		return obtained{}, fault.New(fault.Unavailable, "fault.fetch-failed", nil)
	case f.Format == feed.MISP:
		return d.events(ctx, f, state, now)
	}
	a, err := d.Web.Get(ctx, fetch.Request{URL: f.URL, ETag: state.ETag, Modified: state.Modified})
	return obtained{body: a.Body, same: a.Unchanged, etag: a.ETag, modified: a.Modified, as: now}, err
}

// readList reads a list that is a file; it is true of the moment at which the
// file was written.
func readList(name string, state lists.State) (obtained, error) {
	file, err := os.Open(name)
	if err != nil {
		return obtained{}, fault.Wrap(fault.NotFound, "fault.list-no-file", err)
	}
	defer func() { _ = file.Close() }()
	about, err := file.Stat()
	if err != nil {
		return obtained{}, fault.Wrap(fault.NotFound, "fault.list-no-file", err)
	}
	got := obtained{as: about.ModTime().UTC(), modified: fmt.Sprintf("%s %d", about.ModTime().UTC().Format(time.RFC3339Nano), about.Size())}
	if got.same = got.modified == state.Modified; got.same {
		return got, nil
	}
	if got.body, err = io.ReadAll(io.LimitReader(file, mostFile)); err != nil {
		return obtained{}, fault.Wrap(fault.NotFound, "fault.list-no-file", err)
	}
	return got, nil
}
