package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
)

// acknowledgeAfter is how long an assessment may take before the person hears
// that we have their report: the promise is an answer within a minute.
const acknowledgeAfter = 50 * time.Second

// Acknowledge tells the person that we have their report, and by when they
// hear more, if it is not judged by now.
func (d *Desk) Acknowledge(ctx context.Context, id cases.DeliveryID) error {
	m := &matter{now: d.Now()}
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		m.delivery, err = cases.GetDelivery(ctx, tx, id)
		return err
	})
	if err != nil || !m.delivery.Assessed.IsZero() {
		return err
	}
	raw, err := d.Blobs.Get(ctx, blob.Hash(m.delivery.Blob))
	if err != nil {
		return err
	}
	leave, err := d.enter(ctx, len(raw))
	if err != nil {
		return err
	}
	defer leave()
	m.mail = mail.Read(raw, mail.DefaultBudget())
	if d.mayAnswer(ctx, m.delivery, m.mail) != cases.HoldNone {
		return nil
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error { return d.acknowledge(ctx, tx, m) })
}

func (d *Desk) acknowledge(ctx context.Context, tx *db.Tx, m *matter) error {
	again, err := cases.GetDelivery(ctx, tx, m.delivery.ID)
	if err != nil || !again.Assessed.IsZero() {
		return err
	}
	c, err := cases.Get(ctx, tx, m.delivery.Case)
	if err != nil {
		return err
	}
	if err := d.welcome(ctx, tx, m, &c); err != nil {
		return err
	}
	if capped, err := d.capped(ctx, tx, &c, m.delivery.From, m.now); err != nil || capped {
		return err
	}
	c.Promised = m.now.Add(d.Org.Promise)
	in := d.input(&c, people.Person{ID: c.Reporter, Name: m.mail.Author().Name}, m.now)
	in.Situation, in.Acted = reply.Acknowledge, acts(c.Acted)
	if _, err := d.write(ctx, tx, &c, draft{
		input: in, to: m.delivery.From, thread: m.delivery, once: fmt.Sprintf("acknowledge:%s", m.delivery.ID), now: m.now,
	}); err != nil {
		return err
	}
	return cases.Save(ctx, tx, c, m.now)
}
