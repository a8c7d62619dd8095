package desk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/lists"
)

// lookAgain is how long this process goes without asking whether another one
// read a list anew.
const lookAgain = time.Minute

// common is what holds for every message, as this process last read it from the
// database, where the process that made it leaves it for all: the lists, and what
// was learned.
type common struct {
	mu      sync.Mutex
	looked  time.Time
	set     *feed.Set
	lesson  string // which one is in use
	learned learn.Correction
}

// house is what the organisation knows, with the lists and lessons as they are
// now.
func (d *Desk) house(ctx context.Context, now time.Time) analysis.House {
	h := d.Org.House
	d.known.mu.Lock()
	defer d.known.mu.Unlock()
	if d.known.looked.IsZero() || now.Sub(d.known.looked) >= lookAgain {
		if err := d.reload(ctx); err != nil { // a message is judged all the same, by what we have
			d.Log.WarnContext(ctx, "lists and lessons were not read again", slog.Any("error", err))
		}
		d.known.looked = now
	}
	h.Lists, h.Learned = d.known.set, d.known.learned
	return h
}

// reload reads the copies that changed since.
func (d *Desk) reload(ctx context.Context) error {
	have := map[string]*feed.List{}
	for _, l := range d.known.set.Lists() {
		have[l.Name] = l
	}
	var all []*feed.List
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		if err := d.relearn(ctx, tx); err != nil {
			return err
		}
		all = nil
		for _, f := range d.Feeds {
			l, err := current(ctx, tx, f, have[f.Name])
			if err != nil {
				return err
			}
			all = append(all, l)
		}
		return nil
	})
	if err == nil {
		d.known.set = feed.NewSet(all...)
	}
	return err
}

// relearn reads the lesson that is in use, when it is another one.
func (d *Desk) relearn(ctx context.Context, tx *db.Tx) error {
	now, err := known.Current(ctx, tx)
	if err != nil || now.ID == d.known.lesson {
		return err
	}
	var c learn.Correction
	if now.ID != "" {
		if c, err = known.Learned(ctx, tx, now.ID); err != nil {
			return err
		}
	}
	d.known.lesson, d.known.learned = now.ID, c
	return nil
}

// current gives the copy of a list: the one we have, or what replaced it.
func current(ctx context.Context, tx *db.Tx, f lists.Feed, have *feed.List) (*feed.List, error) {
	s, err := lists.Of(ctx, tx, f.Name)
	switch {
	case err != nil, s.Got.IsZero(), s.Source != f.Source():
		return nil, err
	case have != nil && have.Got.Equal(s.Got):
		return have, nil
	}
	return lists.Copy(ctx, tx, f.Name)
}

// askWithin is how long the registries may keep one message waiting in all.
const askWithin = time.Second

// registry answers for one message, from memory where it can.
type registry struct {
	desk  *Desk
	now   time.Time
	until time.Time // when the message has waited long enough; zero before the first question
}

func (d *Desk) registry(now time.Time) subject.Registry {
	if d.Domains == nil {
		return nil
	}
	return &registry{desk: d, now: now}
}

// Registered says since when a registrable domain exists.
func (r *registry) Registered(ctx context.Context, domain string) (time.Time, bool) {
	age, err := r.remembered(ctx, domain)
	if err != nil {
		return time.Time{}, false
	}
	if !age.Fresh(r.now) {
		age = lists.Age{Domain: domain, Asked: r.now, Registered: r.ask(ctx, domain)}
		err := r.desk.DB.Write(ctx, func(tx *db.Tx) error { return lists.SaveAge(ctx, tx, age) })
		if err != nil {
			r.desk.Log.WarnContext(ctx, "the age of a domain was not kept", slog.Any("error", err))
		}
	}
	return age.Registered, !age.Registered.IsZero()
}

func (r *registry) remembered(ctx context.Context, domain string) (age lists.Age, err error) {
	err = r.desk.DB.Read(ctx, func(tx *db.Tx) (err error) {
		age, err = lists.AgeOf(ctx, tx, domain)
		return err
	})
	return age, err
}

// ask asks the registry; no answer is the zero time.
func (r *registry) ask(ctx context.Context, domain string) time.Time {
	waiting, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	if r.until.IsZero() {
		r.until, _ = waiting.Deadline()
	}
	waiting, stop := context.WithDeadline(waiting, r.until)
	defer stop()
	at, err := r.desk.Domains.Registered(waiting, domain)
	if err != nil && !fault.Is(err, fault.NotFound) {
		r.desk.Log.InfoContext(ctx, "a registry did not answer", slog.Any("error", err))
	}
	return at
}
