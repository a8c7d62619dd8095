package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/reply"
)

// PrepareWords gives the frame of an answer in a person's own words, or checks
// the text that is there already. It changes nothing.
func (d *Desk) PrepareWords(ctx context.Context, v Decision) (p Prepared, err error) {
	links, err := d.linksOf(ctx, v.Case)
	if err != nil {
		return p, err
	}
	err = d.DB.Read(ctx, func(tx *db.Tx) error {
		c, w, err := d.inOwnWords(ctx, tx, v, links)
		if err != nil {
			return err
		}
		letter, tone, err := d.compose(w)
		p = Prepared{Subject: letter.Subject, Text: reply.Body(d.Words, w.input, letter), Whole: letter.Text, Lang: letter.Lang,
			Version: c.Updated, Situation: letter.Situation, Tone: tone}
		return err
	})
	return p, err
}

// Write answers somebody in a person's own words: a question that reports
// nothing, or one beside a report. No verdict is given. The text passes the
// same gate as any other, and the mere frame is no answer.
func (d *Desk) Write(ctx context.Context, v Decision) error {
	frame, err := d.PrepareWords(ctx, Decision{Case: v.Case, By: v.By, Signer: v.Signer})
	if err != nil {
		return err
	}
	if v.Text == "" || v.Text == frame.Text {
		return fault.New(fault.Invalid, "fault.no-words", nil)
	}
	links, err := d.linksOf(ctx, v.Case)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error { return d.writeWords(ctx, tx, v, links) })
}

func (d *Desk) writeWords(ctx context.Context, tx *db.Tx, v Decision, links []string) error {
	c, w, err := d.inOwnWords(ctx, tx, v, links)
	if err != nil {
		return err
	}
	if !v.Seen.IsZero() && !c.Updated.Equal(v.Seen) {
		return fault.New(fault.Conflict, "fault.case-changed", nil)
	}
	if w.to == "" {
		return fault.New(fault.Invalid, "fault.nobody", nil)
	}
	if _, tone, err := d.compose(w); err != nil {
		return err
	} else if !tone.Pass && !(v.Anyway && overridable(tone)) {
		return fault.New(fault.Invalid, "fault.tone", nil)
	}
	c.Hold, c.State, c.Urgent = cases.HoldNone, cases.Answered, false
	if _, err := d.write(ctx, tx, &c, w); err != nil {
		return err
	}
	if c.Answered.IsZero() {
		c.Answered = w.now
	}
	return cases.Save(ctx, tx, c, w.now)
}

// inOwnWords reads a case and drafts the frame around a person's own words.
func (d *Desk) inOwnWords(ctx context.Context, tx *db.Tx, v Decision, links []string) (cases.Case, draft, error) {
	c, err := cases.Get(ctx, tx, v.Case)
	if err != nil {
		return c, draft{}, err
	}
	now := d.Now()
	m, err := d.matterOf(ctx, tx, c, now)
	if err != nil {
		return c, draft{}, err
	}
	in := d.input(&c, m.person, now)
	in.Situation, in.Promise = reply.OwnWords, time.Time{}
	if v.Signer != "" {
		in.Team.Signer = v.Signer
	}
	return c, draft{input: in, anyway: v.Anyway, text: v.Text, to: d.addressee(c), thread: m.delivery, reported: links, by: v.By,
		once: fmt.Sprintf("words:%s:%d", c.ID, now.UnixMicro()), now: now}, nil
}
