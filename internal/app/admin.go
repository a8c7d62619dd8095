package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/queue"
)

// firstAdmin gives admin.email the role and mails them a way in, as long as
// nobody is an administrator. The role comes last: a start that dies between
// the two is repeated whole.
func (h *house) firstAdmin(ctx context.Context) error {
	address := people.Normal(h.cfg.Admin.Email)
	if address == "" {
		return nil
	}
	var holders []people.ID
	err := h.db.Read(ctx, func(tx *db.Tx) (err error) {
		holders, err = login.Holders(ctx, tx, login.Admin)
		return err
	})
	if err != nil || len(holders) > 0 {
		return err
	}
	now := h.desk.Now()
	var p people.Person
	err = h.db.Write(ctx, func(tx *db.Tx) (err error) {
		p, err = ensurePerson(ctx, tx, h.cfg, address, now)
		return err
	})
	if err != nil {
		return err
	}
	if err := h.desk.SignIn(ctx, p.Address, h.cfg.Org.Language); err != nil {
		return err
	}
	err = h.db.Write(ctx, func(tx *db.Tx) error {
		return login.GrantRole(ctx, tx, p.ID, login.Grant{Role: login.Admin}, now)
	})
	if err == nil {
		h.log.InfoContext(ctx, "the first administrator gets a sign-in link by mail", slog.String("set", "admin.email"))
	}
	return err
}

// sweepJob removes sessions, links and failures of the past.
type sweepJob struct{}

// Kind names the job in the queue.
func (sweepJob) Kind() string { return "sweep-sign-ins" }

const sweepEvery = time.Hour

// keepTidy lets the queue sweep now and then.
func (h *house) keepTidy() {
	queue.Handle(h.queue, func(ctx context.Context, _ sweepJob) error {
		return h.db.Write(ctx, func(tx *db.Tx) error { return login.Sweep(ctx, tx, h.desk.Now()) })
	})
	h.queue.Every(sweepEvery, sweepJob{})
}
