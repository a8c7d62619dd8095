package desk

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// matter is a delivery with all that is known of it when it is judged.
type matter struct {
	delivery cases.Delivery
	reports  []cases.Reported
	results  []analysis.Result
	mail     *mail.Message // what was delivered
	links    []string      // of what was reported: none may stand live in our answer
	senders  []string      // of each of the reports
	hold     cases.Hold    // why it may not be answered automatically
	person   people.Person
	account  people.AccountID // whose memory is asked
	now      time.Time
	leave    func() // makes room for another
}

// Assess judges what a delivery reported and answers where it may. It may run
// twice; the second time it does nothing.
func (d *Desk) Assess(ctx context.Context, id cases.DeliveryID) error {
	d.step("assess.begin")
	m, err := d.gather(ctx, id)
	if err != nil {
		return err
	}
	defer m.leave()
	if !m.delivery.Assessed.IsZero() {
		return nil
	}
	if err := d.judge(ctx, m); err != nil {
		return err
	}
	m.hold = d.mayAnswer(ctx, m.delivery, m.mail)
	d.step("assess.judged")
	err = d.DB.Write(ctx, func(tx *db.Tx) error { return d.conclude(ctx, tx, m) })
	d.step("assess.committed")
	return err
}

// gather reads the delivery and its bytes.
func (d *Desk) gather(ctx context.Context, id cases.DeliveryID) (*matter, error) {
	m := &matter{now: d.Now()}
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if m.delivery, err = cases.GetDelivery(ctx, tx, id); err != nil {
			return err
		}
		c, err := cases.Get(ctx, tx, m.delivery.Case)
		if err != nil {
			return err
		}
		m.account = c.Account
		m.reports, err = cases.ReportsOf(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	raw, err := d.Blobs.Get(ctx, blob.Hash(m.delivery.Blob))
	if err != nil {
		return nil, err
	}
	if m.leave, err = d.enter(ctx, len(raw)); err != nil {
		return nil, err
	}
	m.mail = mail.Read(raw, mail.DefaultBudget())
	return m, nil
}

// judge analyses each reported message.
func (d *Desk) judge(ctx context.Context, m *matter) error {
	m.senders = make([]string, len(m.reports))
	for i := range m.reports {
		r := &m.reports[i]
		raw, err := d.Blobs.Get(ctx, blob.Hash(r.Blob))
		if err != nil {
			return err
		}
		message := mail.Read(raw, mail.DefaultBudget())
		m.senders[i] = sender(message)
		for _, link := range message.Links {
			m.links = append(m.links, link.URL)
		}
		result := analysis.Analyze(ctx, analysis.Subject{Message: message, House: d.knowing(ctx, m, message), DNS: d.DNS, Now: m.now, Registry: d.registry(m.now)})
		if result.Verdict == verdict.Legitimate && d.Org.SafeNeedsProof && (!r.Complete || !result.Proved) {
			result.Confident = false // nothing proves the sender: we don't say "safe" alone
		}
		if r.Judgement, err = json.Marshal(result); err != nil {
			return err
		}
		r.Verdict = result.Verdict
		m.results = append(m.results, result)
	}
	return nil
}

// conclude writes the judgement, moves the case on and answers: one write.
func (d *Desk) conclude(ctx context.Context, tx *db.Tx, m *matter) error {
	if first, err := cases.Assessed(ctx, tx, m.delivery.ID, m.now); err != nil || !first {
		return err
	}
	c, err := cases.Get(ctx, tx, m.delivery.Case)
	if err != nil {
		return err
	}
	if err := d.welcome(ctx, tx, m, &c); err != nil {
		return err
	}
	if err := belong(ctx, tx, m); err != nil {
		return err
	}
	if err := see(ctx, tx, m, c); err != nil {
		return err
	}
	sum, err := d.sum(ctx, tx, m)
	if err != nil {
		return err
	}
	for _, r := range m.reports {
		if err := cases.SaveJudgement(ctx, tx, r); err != nil {
			return err
		}
	}
	if err := d.settle(ctx, tx, m, &c, sum); err != nil {
		return err
	}
	return cases.Save(ctx, tx, c, m.now)
}

// welcome finds the person behind a mail that proved itself, or adds them.
func (d *Desk) welcome(ctx context.Context, tx *db.Tx, m *matter, c *cases.Case) error {
	if m.hold != cases.HoldNone {
		return nil
	}
	made, err := d.newID(m.now)
	if err != nil {
		return err
	}
	name := m.mail.Author().Name
	m.person, err = people.Ensure(ctx, tx, people.Person{
		ID: people.ID(made), Account: c.Account, Address: m.delivery.From, Name: name, Since: m.now,
	})
	if err != nil || c.Reporter != "" {
		return err
	}
	c.Reporter, c.Account = m.person.ID, m.person.Account
	return cases.Adopt(ctx, tx, c.ID, m.person.ID, m.person.Account)
}

// outcome is what the judgements of one delivery add up to.
type outcome struct {
	verdict   verdict.Verdict
	score     float64
	confident bool
	mixed     bool // several messages, with different verdicts
}

// sum adds the judgements of one delivery up: the gravest counts, and the
// product is sure only when it is sure of each and they agree.
func (*Desk) sum(ctx context.Context, tx *db.Tx, m *matter) (outcome, error) {
	o := outcome{verdict: verdict.Unsure}
	for i := range m.results {
		r := &m.results[i]
		ruling, err := ruledBefore(ctx, tx, m.reports[i], r)
		if err != nil {
			return o, err
		}
		heed(r, ruling)
		m.reports[i].Verdict = r.Verdict
		if i == 0 {
			o = outcome{verdict: r.Verdict, score: r.Score, confident: r.Confident}
			continue
		}
		o.mixed = o.mixed || o.verdict != r.Verdict
		o.confident = o.confident && r.Confident && !o.mixed
		if r.Score > o.score {
			o.score, o.verdict = r.Score, r.Verdict
		}
	}
	return o, nil
}
