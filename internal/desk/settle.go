package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// settle decides what happens now: answer, or wait for a person and say so.
func (d *Desk) settle(ctx context.Context, tx *db.Tx, m *matter, c *cases.Case, o outcome) error {
	if c.Hold == cases.HoldStuck {
		c.Hold = cases.HoldNone // it has come to its end after all
	}
	if len(m.reports) == 0 && !c.Answered.IsZero() && reply.OnlyThanks(m.words()) {
		return nil // it ends the conversation; the team sees it there
	}
	c.Act(m.delivery.Acted...)
	if len(m.reports) > 0 {
		c.Verdict, c.Score = o.verdict, o.score
	}
	if m.hold != cases.HoldNone {
		c.Wait(m.hold)
		return nil
	}
	situation, hold := d.situation(m, c, o)
	tells := o.verdict
	switch {
	case hold != cases.HoldNone:
		tells = ""
	case reply.AsksMore(m.delivery.Comment):
		hold = cases.HoldQuestion // the verdict leaves at once, the rest of the answer is a person's
	default:
		return d.answer(ctx, tx, m, c, situation, tells)
	}
	c.Wait(hold)
	c.Promised = m.now.Add(d.Org.Promise)
	return d.answer(ctx, tx, m, c, situation, tells)
}

// situation picks what to write, and why a person must look at the case even
// so.
func (d *Desk) situation(m *matter, c *cases.Case, o outcome) (reply.Situation, cases.Hold) {
	nothing := len(m.reports) == 0
	switch {
	case nothing && len(c.Acted) > 0:
		return reply.Rescue, cases.HoldActed
	case nothing && strings.TrimSpace(m.mail.Text) == "":
		return reply.Unreadable, cases.HoldUnreadable // an empty mail: something went wrong on its way
	case nothing && c.Answered.IsZero():
		return reply.HelpRequested, cases.HoldQuestion
	case nothing:
		return reply.HelpRequested, cases.HoldReply
	case unreadable(m.reports):
		return reply.Locked, cases.HoldUnreadable
	case len(c.Acted) > 0:
		return actedSituation(o), cases.HoldActed
	case o.mixed:
		return reply.NotSureYet, cases.HoldMixed
	case o.verdict == verdict.Unsure || !o.confident:
		return reply.NotSureYet, cases.HoldUnsure
	case !d.Org.AnswerAlone:
		return reply.NotSureYet, cases.HoldSwitch
	}
	return reply.SituationFor(o.verdict, nil), cases.HoldNone
}

// actedSituation is what someone who acted hears at once: the rescue steps,
// unless the product is sure that the message was harmless, which a person
// then confirms.
func actedSituation(o outcome) reply.Situation {
	switch {
	case o.confident && o.verdict == verdict.Phishing:
		return reply.ActedOnDanger
	case o.confident && slices.Contains([]verdict.Verdict{verdict.Legitimate, verdict.Simulation}, o.verdict):
		return reply.NotSureYet
	}
	return reply.Rescue
}
