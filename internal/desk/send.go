package desk

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/post"
)

// Send hands one letter over, once. See package letters for the states it
// walks through and what a crash leaves behind at each.
func (d *Desk) Send(ctx context.Context, id letters.ID) error {
	l, mine, err := d.claim(ctx, id)
	if err != nil || !mine {
		return err
	}
	if l.State == letters.Handing {
		return d.resolve(ctx, l)
	}
	d.step("send.claimed")
	return d.hand(ctx, l)
}

func (d *Desk) claim(ctx context.Context, id letters.ID) (l letters.Letter, mine bool, err error) {
	now := d.Now()
	expired := now.Add(-d.lease())
	stale := expired
	if d.DB.Engine() == db.SQLite {
		stale = now // one process has the file: whoever else held a claim is gone
	}
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		l, mine, err = letters.Claim(ctx, tx, id, d.Process, now, stale, expired)
		return err
	})
	return l, mine, err
}

// defaultLease is how long a claim is left alone.
const defaultLease = 2 * time.Minute

func (d *Desk) lease() time.Duration { return cmp.Or(d.Lease, defaultLease) }

// hand gives the letter to the sender and writes down how it went.
func (d *Desk) hand(ctx context.Context, l letters.Letter) error {
	o := d.outgoing(l)
	d.illustrate(ctx, l, &o)
	raw, err := mail.Compose(o)
	if err != nil {
		return d.refused(ctx, l, letters.Claimed, err)
	}
	ctx, cancel := context.WithTimeout(ctx, d.lease()*3/4) // done before anybody takes the claim over
	defer cancel()
	handed := false
	err = d.Sender.Send(ctx, post.Mail{From: d.Org.From.Addr, To: l.To, MessageID: l.MessageID, Raw: raw}, func() error {
		d.step("send.before-handing")
		moved, err := d.move(ctx, l.ID, letters.Claimed, letters.Handing, "")
		if err == nil && !moved {
			err = errors.New("the letter is no longer ours to send")
		}
		handed = err == nil
		d.step("send.handing")
		return err
	})
	d.step("send.handed")
	state := letters.Claimed
	if handed {
		state = letters.Handing
	}
	switch {
	case err == nil:
		err = d.sent(ctx, l, state)
		d.step("send.marked")
		return err
	case fault.Is(err, fault.Invalid):
		return d.refused(ctx, l, state, err)
	case errors.Is(err, post.ErrInDoubt):
		return d.resolve(ctx, l)
	}
	if _, moved := d.move(ctx, l.ID, state, letters.Ready, "waiting to try again"); moved != nil {
		return moved
	}
	return err
}

// resolve asks the sender whether a letter left before we died. Only a clear
// no sends it again; no answer at all goes to a person.
func (d *Desk) resolve(ctx context.Context, l letters.Letter) error {
	state, err := d.Sender.Sent(ctx, l.MessageID)
	if err != nil {
		return err
	}
	switch state {
	case post.Sent:
		return d.sent(ctx, l, letters.Handing)
	case post.NotSent:
		if _, err := d.move(ctx, l.ID, letters.Handing, letters.Ready, "did not leave"); err != nil {
			return err
		}
		return d.Send(ctx, l.ID)
	case post.Unknown:
	}
	return d.stop(ctx, l, letters.Handing, letters.Doubtful, cases.HoldDoubtful, "not known whether it left")
}

func (d *Desk) sent(ctx context.Context, l letters.Letter, from letters.State) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := letters.Move(ctx, tx, l.ID, from, letters.Sent, now, ""); err != nil {
			return err
		}
		if l.Case == "" {
			return letters.Forget(ctx, tx, l.ID) // it held a way in
		}
		return d.freed(ctx, tx, l.Case, now)
	})
}

// freed ends the wait of a case whose answer could not leave and now has.
func (d *Desk) freed(ctx context.Context, tx *db.Tx, id cases.ID, now time.Time) error {
	c, err := cases.Get(ctx, tx, id)
	if err != nil || c.Hold != cases.HoldUnsent {
		return err
	}
	c.Hold, c.State = cases.HoldNone, cases.Answered
	return cases.Save(ctx, tx, c, now)
}

func (d *Desk) refused(ctx context.Context, l letters.Letter, from letters.State, cause error) error {
	d.Log.WarnContext(ctx, "a letter was refused", slog.String("letter", string(l.ID)), slog.Any("error", cause))
	return d.stop(ctx, l, from, letters.Failed, cases.HoldFailed, cause.Error())
}

// stop puts a letter aside and its case before a person.
func (d *Desk) stop(ctx context.Context, l letters.Letter, from, to letters.State, why cases.Hold, note string) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		moved, err := letters.Move(ctx, tx, l.ID, from, to, now, note)
		if err != nil || !moved || l.Case == "" {
			return err
		}
		return d.hold(ctx, tx, l.Case, why, now)
	})
}

func (d *Desk) hold(ctx context.Context, tx *db.Tx, id cases.ID, why cases.Hold, now time.Time) error {
	c, err := cases.Get(ctx, tx, id)
	if err != nil {
		return err
	}
	c.Wait(why)
	return cases.Save(ctx, tx, c, now)
}

func (d *Desk) move(ctx context.Context, id letters.ID, from, to letters.State, note string) (moved bool, err error) {
	now := d.Now()
	err = d.DB.Write(ctx, func(tx *db.Tx) error {
		moved, err = letters.Move(ctx, tx, id, from, to, now, note)
		return err
	})
	return moved, err
}

// arrived marks a letter sent of which we now know that it left.
func (d *Desk) arrived(ctx context.Context, tx *db.Tx, l letters.Letter, now time.Time, note string) error {
	if l.State != letters.Handing && l.State != letters.Doubtful {
		return nil
	}
	if _, err := letters.Move(ctx, tx, l.ID, l.State, letters.Sent, now, note); err != nil || l.Case == "" {
		return err
	}
	c, err := cases.Get(ctx, tx, l.Case)
	if err != nil || c.Hold != cases.HoldDoubtful {
		return err
	}
	c.Hold, c.State = cases.HoldNone, cases.Answered
	return cases.Save(ctx, tx, c, now)
}

// outgoing is the letter as a mail. Everything in it was fixed when the letter
// was written, so each attempt makes the same bytes.
func (d *Desk) outgoing(l letters.Letter) mail.Outgoing {
	o := mail.Outgoing{
		From: d.Org.From, ReplyTo: mail.Address{Name: d.Org.From.Name, Addr: l.ReplyTo}, To: []mail.Address{{Addr: l.To}},
		Subject: l.Subject, Date: l.Created.In(d.Org.Zone), MessageID: l.MessageID, InReplyTo: l.InReplyTo,
		References: l.References, Language: l.Language, Text: l.Text, HTML: l.HTML, Boundary: "bienvu-" + string(l.ID),
	}
	// Said even of letters that a person approved: nobody's auto-reply should
	// answer them (RFC 3834).
	o.AutoSubmitted = "auto-replied"
	return o
}

// Resume queues every letter that a dead process left unfinished. Called once
// at the start, before the queue runs.
func (d *Desk) Resume(ctx context.Context) error {
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		left, err := letters.Unfinished(ctx, tx)
		if err != nil {
			return err
		}
		for _, id := range left {
			if err := d.Jobs.Add(ctx, tx, SendJob{id}); err != nil {
				return err
			}
		}
		return nil
	})
}
