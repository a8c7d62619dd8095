package desk

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// answer writes to the reporter of a judged delivery, within the caps.
func (d *Desk) answer(ctx context.Context, tx *db.Tx, m *matter, c *cases.Case, situation reply.Situation, tells verdict.Verdict) error {
	if capped, err := d.capped(ctx, tx, c, m.delivery.From, m.now); err != nil || capped {
		c.Wait(cases.HoldCap)
		return err
	}
	before, err := letters.Of(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	if situation == reply.NotSureYet && acknowledged(before) {
		return nil // they know already that a person is looking, and by when
	}
	in := d.input(c, m.person, m.now)
	in.Situation, in.Acted, in.Explained = situation, acts(c.Acted), explained(before)
	in.Count = len(m.reports)
	in.Question = m.question()
	d.because(&in, m.results)
	if err := d.remember(ctx, tx, m, &in); err != nil {
		return err
	}
	w := draft{
		input: in, to: m.delivery.From, thread: m.delivery, tells: tells, reported: m.links,
		once: fmt.Sprintf("answer:%s", m.delivery.ID), now: m.now,
	}
	held, err := d.write(ctx, tx, c, w)
	if err != nil || !held || situation == reply.NotSureYet {
		return err
	}
	return d.meanwhile(ctx, tx, c, w)
}

// meanwhile tells a person whose answer failed our tone check what they must
// know all the same: somebody looks, by when, and to leave the message alone.
func (d *Desk) meanwhile(ctx context.Context, tx *db.Tx, c *cases.Case, w draft) error {
	c.Promised = w.now.Add(d.Org.Promise)
	in := w.input
	in.Situation, in.Promise, in.Reasons, in.Doubts, in.Acted, in.Question = reply.NotSureYet, c.Promised, nil, nil, nil, ""
	w.input, w.tells, w.once = in, "", "meanwhile:"+w.once
	_, err := d.write(ctx, tx, c, w)
	return err
}

// capped reports whether we have written enough to this person, or in this
// case, within the hour. It is what ends a loop that nothing else ended.
func (d *Desk) capped(ctx context.Context, tx *db.Tx, c *cases.Case, to string, now time.Time) (bool, error) {
	since := now.Add(-time.Hour)
	person, err := letters.CountSince(ctx, tx, to, "", since)
	if err != nil || person >= d.Org.PersonCap {
		return true, err
	}
	thread, err := letters.CountSince(ctx, tx, to, c.ID, since)
	return thread >= d.Org.ThreadCap, err
}

func acknowledged(before []letters.Letter) bool {
	for _, l := range before {
		if l.Situation == string(reply.Acknowledge) {
			return true
		}
	}
	return false
}

// explained reports whether an earlier letter of the conversation already said
// what phishing is.
func explained(before []letters.Letter) bool {
	for _, l := range before {
		if l.Verdict == verdict.Phishing && l.State != letters.Held {
			return true
		}
	}
	return false
}

func acts(list []string) []reply.Act {
	var all []reply.Act
	for _, one := range list {
		all = append(all, reply.Act(one))
	}
	return all
}

// words is what the person wrote themselves.
func (m *matter) words() string {
	return cmp.Or(m.delivery.Comment, m.mail.Text)
}

// question is what the person asked in a mail that reports nothing, or beside
// what they report.
func (m *matter) question() string {
	if len(m.reports) == 0 {
		return m.mail.Text
	}
	return m.delivery.Comment
}

// because puts the reasons of the gravest judgement into the letter.
func (d *Desk) because(in *reply.Input, results []analysis.Result) {
	if worst := gravest(results); worst != nil {
		Because(d.Words, in, worst.Judgement)
	}
}

// Because puts the reasons of a judgement into a letter, in sentences for the
// person. What spoke against a genuine message is no reason to trust it, but
// what made it look odd.
func Because(words *i18n.Catalogue, in *reply.Input, j verdict.Judgement) {
	for _, f := range j.Reasons {
		sentence := sentences.Reporter(words, in.Lang, f)
		if j.Verdict == verdict.Legitimate && f.Class == verdict.Danger {
			in.Doubts = append(in.Doubts, sentence)
			continue
		}
		in.Reasons = append(in.Reasons, sentence)
	}
}

func gravest(results []analysis.Result) *analysis.Result {
	var worst *analysis.Result
	for i := range results {
		if worst == nil || results[i].Score > worst.Score {
			worst = &results[i]
		}
	}
	return worst
}

// remember puts what we know of the person and of the wave into the letter.
func (d *Desk) remember(ctx context.Context, tx *db.Tx, m *matter, in *reply.Input) error {
	h, err := cases.HistoryBefore(ctx, tx, m.person.ID, m.delivery.Received)
	if err != nil || len(m.reports) == 0 {
		return err
	}
	in.Milestone = milestone(h, m.delivery.Received)
	known := false // they reported the same before
	for _, r := range m.reports {
		w, err := cases.WaveAround(ctx, tx, r.Campaign, m.person.ID, m.delivery.Received)
		if err != nil {
			return err
		}
		in.Wave.Earlier = max(in.Wave.Earlier, w.Earlier)
		known = known || w.Own
	}
	in.Wave.First = in.Wave.Earlier == 0 && !known
	return nil
}

// longSilence is after how long we say that it is good to read from someone
// again.
const longSilence = 180 * 24 * time.Hour

func milestone(h cases.History, now time.Time) reply.Milestone {
	switch {
	case h.Reports == 0:
		return reply.FirstReport
	case h.Reports == 9:
		return reply.TenthReport
	case now.Sub(h.Last) > longSilence:
		return reply.LongSilence
	case h.FalseAlarms == 1: // said after each, it would sound like a machine
		return reply.AfterFalseAlarm
	}
	return reply.Ordinary
}
