package story

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Options say how the story is told.
type Options struct {
	// Sender makes what takes the letters; its clock is the story's.
	Sender func(now func() time.Time) (post.Sender, error)
	// Rest is how long to wait between steps, as a share of the time that the
	// step took: the living desk comes first. 0 does not wait.
	Rest float64
	// Until ends the telling after that many steps; 0 tells all.
	Until int
	// Progress hears of each step; nil is allowed.
	Progress func(done, total int)
}

// teller tells the story with a desk of its own: the real one, but for the
// clock, the identifiers, and the jobs, which are done by hand at once.
type teller struct {
	*Story

	desk  *desk.Desk
	hand  *desk.ByHand
	clock time.Time
	cases map[int]cases.ID // by report
}

// Fill tells what is not told yet, and returns when the story is at its end or
// ctx ends. It is called once at a time.
func (s *Story) Fill(ctx context.Context, o Options) error {
	t := &teller{Story: s, hand: &desk.ByHand{}, cases: map[int]cases.ID{}}
	own := s.desk.Like()
	t.desk = own
	own.Jobs, own.Now, own.Step = t.hand, func() time.Time { return t.clock }, nil
	sender, err := o.Sender(own.Now)
	if err != nil {
		return err
	}
	own.Sender = sender
	_, total := s.Progress()
	last := total
	if o.Until > 0 {
		last = min(last, o.Until)
	}
	for n := int(s.done.Load()); n < last; n++ {
		began := time.Now()
		if err := t.step(ctx, n); err != nil {
			return err
		}
		if o.Progress != nil {
			o.Progress(n+1, total)
		}
		if err := rest(ctx, time.Duration(o.Rest*float64(time.Since(began)))); err != nil {
			return err
		}
	}
	return nil
}

func rest(ctx context.Context, long time.Duration) error {
	if long <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// step tells one step, and writes down that it is told. A step that was cut
// short is told again from its beginning, and finds what is already there.
func (t *teller) step(ctx context.Context, n int) error {
	e := t.plan.events[n]
	t.clock = e.at
	step := uint64(n)
	t.desk.IDs, t.desk.Random = makerOf(forStep, step), bytesOf(forStep, step)
	if err := t.tell(ctx, e); err != nil {
		return err
	}
	err := t.desk.DB.Write(ctx, func(tx *db.Tx) error {
		return mark{Begun: t.begun.UnixMicro(), Done: n + 1}.write(ctx, tx)
	})
	if err == nil {
		t.done.Store(int64(n + 1))
	}
	return err
}

func (t *teller) tell(ctx context.Context, e event) error {
	if e.act == arrives {
		return t.arrive(ctx, e.report)
	}
	c, err := t.caseOf(ctx, e.report)
	if err != nil {
		return err
	}
	one := t.plan.reports[e.report]
	switch e.act {
	case decided:
		return t.decide(ctx, one, c, e.report)
	case reviewed:
		return t.review(ctx, one, c, e.report)
	case rated:
		return t.rate(ctx, one, c, e.report)
	case arrives:
	}
	return nil
}

// mail composes the mail of a report.
func (t *teller) mail(i int) []byte {
	one := t.plan.reports[i]
	r := stream(forMail, uint64(i))
	if one.template.kind == question {
		return ask(one.who, one.template, one.at, r)
	}
	received := one.at.Add(-time.Duration(3+r.IntN(120)) * time.Minute)
	colleague := t.cast[int(one.campaign)%len(t.cast)].Name
	o := write(one.template, newBlanks(one.template, one.campaign, received, colleague), one.who, received, r)
	return handOver(one.who, o, one.way, one.comment, one.at, r)
}

// receive hands a report in. Handing it in once more only says which case it
// opened: what the desk has, it has.
func (t *teller) receive(ctx context.Context, i int) (desk.Receipt, error) {
	r, err := t.desk.Receive(ctx, desk.Incoming{
		Channel: cases.BySMTP, Raw: t.mail(i), EnvelopeFrom: t.plan.reports[i].who.Address,
		To: []string{Report}, RemoteIP: "127.0.0.1", Helo: gateway,
	})
	t.cases[i] = r.Case
	return r, err
}

// How long the judgement takes in the story.
const (
	soonest = 3 * time.Second
	spread  = 14 // seconds
	late    = 50 * time.Second
	later   = 70 * time.Second
)

// arrive hands a report in and does what comes of it.
func (t *teller) arrive(ctx context.Context, i int) error {
	r, err := t.receive(ctx, i)
	if err != nil {
		return err
	}
	begun := t.clock
	if t.plan.reports[i].slow {
		t.clock = begun.Add(late)
		if err := t.desk.Acknowledge(ctx, r.Delivery); err != nil {
			return err
		}
		t.clock = begun.Add(later)
	} else {
		t.clock = begun.Add(soonest + time.Duration(i*7%spread)*time.Second)
	}
	if r.Again { // the step was cut short before its jobs were done
		if err := t.desk.Assess(ctx, r.Delivery); err != nil {
			return err
		}
	}
	t.hand.Late = nil // its time has passed: the report is judged
	return t.hand.Do(ctx, t.desk)
}

// caseOf reads the case that a report opened.
func (t *teller) caseOf(ctx context.Context, i int) (c cases.Case, err error) {
	if t.cases[i] == "" {
		if _, err := t.receive(ctx, i); err != nil {
			return c, err
		}
	}
	err = t.desk.DB.Read(ctx, func(tx *db.Tx) error {
		c, err = cases.Get(ctx, tx, t.cases[i])
		return err
	})
	return c, err
}

// decide is a responder who looks at a case that waits.
func (t *teller) decide(ctx context.Context, one report, c cases.Case, i int) error {
	switch {
	case c.State != cases.Waiting:
		return nil
	case one.template.kind == question:
		return t.desk.Close(ctx, c.ID, t.responder(i).ID, c.Updated)
	case one.first != "":
		return t.rule(ctx, c, one.first, i)
	}
	return t.rule(ctx, c, truth[one.template.kind], i)
}

// review is a second look some days later.
func (t *teller) review(ctx context.Context, one report, c cases.Case, i int) error {
	right := truth[one.template.kind]
	if right == "" || c.Verdict == right && c.State != cases.Waiting {
		return nil
	}
	return t.rule(ctx, c, right, i)
}

// rule gives a case its verdict as a responder does on the page: the answer is
// prepared, read, and sent.
func (t *teller) rule(ctx context.Context, c cases.Case, v verdict.Verdict, i int) error {
	by := t.responder(i)
	d := desk.Decision{Case: c.ID, Verdict: v, By: by.ID, Signer: by.first()}
	prepared, err := t.desk.Prepare(ctx, d)
	if err != nil {
		return err
	}
	if !prepared.Tone.Pass {
		return nil // it goes on waiting, for a living person
	}
	d.Seen = prepared.Version
	if err := t.desk.Decide(ctx, d); err != nil {
		return err
	}
	return t.hand.Do(ctx, t.desk)
}

// responder is who of the team looks at a case.
func (t *teller) responder(i int) member {
	team := t.cast.with(login.Responder)
	return team[i%len(team)]
}

// rate is the reporter who says whether the answer helped: mostly it did.
func (t *teller) rate(ctx context.Context, one report, c cases.Case, i int) error {
	if c.State != cases.Answered || c.Reporter == "" {
		return nil
	}
	said, err := t.said(ctx, c)
	if err != nil || said {
		return err
	}
	r := stream(forStep, uint64(i)<<20)
	f := cases.Feedback{Case: c.ID, Person: c.Reporter, Helped: r.IntN(15) != 0}
	occasion := map[bool]string{true: "helped", false: "not-helped"}[f.Helped]
	if list := t.plan.shelf.words[one.who.Speaks][occasion]; r.IntN(3) == 0 {
		f.Sentence = list[r.IntN(len(list))]
	}
	return t.desk.Rate(ctx, f)
}

func (t *teller) said(ctx context.Context, c cases.Case) (bool, error) {
	var err error
	_ = t.desk.DB.Read(ctx, func(tx *db.Tx) error {
		_, err = cases.FeedbackOf(ctx, tx, c.ID)
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}
