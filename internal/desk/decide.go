package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Decision is what a person of the team says of a case.
type Decision struct {
	Case    cases.ID
	Verdict verdict.Verdict
	By      people.ID
	Signer  string      // their name, under the answer
	Sight   cases.Sight // whose cases they may decide; the zero Sight is all
	Text    string      // the answer as they left it; "" sends the prepared one
	Seen    time.Time   // when the case they looked at was last changed; zero skips the check
	Anyway  bool        // they send their text though it fails the tone check, in their own name
}

// Prepared is an answer before it is sent, for review.
type Prepared struct {
	Subject   string
	Text      string // the body, which may be edited
	Whole     string // with the signature and the links, as the person will read it
	Lang      string
	Version   time.Time // of the case: Decision.Seen
	Situation reply.Situation
	Tone      reply.Tone
	Told      verdict.Verdict // what the person was told before, "" for nothing
	Others    int             // how many other people are answered with it
}

// Prepare composes the answer that fits a verdict, or checks the text that is
// there already. It changes nothing.
func (d *Desk) Prepare(ctx context.Context, v Decision) (Prepared, error) {
	var p Prepared
	links, err := d.linksOf(ctx, v.Case)
	if err != nil {
		return p, err
	}
	err = d.DB.Read(ctx, func(tx *db.Tx) error {
		c, w, err := d.reopen(ctx, tx, v, links)
		if err != nil {
			return err
		}
		letter, tone, err := d.compose(w)
		if err != nil {
			return err
		}
		others, err := d.toldOtherwise(ctx, tx, c, v)
		p = Prepared{Subject: letter.Subject, Text: reply.Body(d.Words, w.input, letter), Whole: letter.Text, Situation: letter.Situation, Tone: tone,
			Told: w.input.Old, Others: otherPeople(c, others),
			Lang: letter.Lang, Version: c.Updated}
		return err
	})
	return p, err
}

// otherPeople counts the persons behind other cases: who reported twice is one,
// and the reporter of c is none.
func otherPeople(c cases.Case, others []cases.Case) int {
	who := func(c cases.Case) string { return cmp.Or(string(c.Reporter), c.ReporterAddress) }
	all := map[string]bool{who(c): true}
	for _, other := range others {
		all[who(other)] = true
	}
	return len(all) - 1
}

// Decide gives a case its verdict in a person's name, answers with their text,
// and corrects everybody who was told otherwise, once. A text that fails the
// tone check changes nothing: it comes back as a fault.Invalid.
func (d *Desk) Decide(ctx context.Context, v Decision) error {
	if !v.Verdict.Valid() {
		return fault.New(fault.Invalid, "fault.bad-verdict", nil)
	}
	links, err := d.linksOf(ctx, v.Case)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(tx *db.Tx) error { return d.decide(ctx, tx, v, links) })
}

func (d *Desk) decide(ctx context.Context, tx *db.Tx, v Decision, links []string) error {
	c, w, err := d.reopen(ctx, tx, v, links)
	if err != nil {
		return err
	}
	if !v.Seen.IsZero() && !c.Updated.Equal(v.Seen) {
		return fault.New(fault.Conflict, "fault.case-changed", nil)
	}
	if _, tone, err := d.compose(w); err != nil {
		return err
	} else if !tone.Pass && !(v.Anyway && overridable(tone)) {
		return fault.New(fault.Invalid, "fault.tone", nil)
	}
	others, err := d.toldOtherwise(ctx, tx, c, v)
	if err != nil {
		return err
	}
	if err := d.rule(ctx, tx, &c, v, w); err != nil {
		return err
	}
	for _, other := range others {
		if err := d.correct(ctx, tx, other, v, w.now); err != nil {
			return err
		}
	}
	return nil
}

// rule records the decision, writes the answer and moves the case on.
func (d *Desk) rule(ctx context.Context, tx *db.Tx, c *cases.Case, v Decision, w draft) error {
	made, err := d.newID(w.now)
	if err != nil {
		return err
	}
	if err := cases.Decide(ctx, tx, cases.Decision{ID: made, Case: c.ID, Verdict: v.Verdict, Previous: c.Verdict, By: v.By, At: w.now}); err != nil {
		return err
	}
	if err := d.say(ctx, tx, cases.Entry{Case: c.ID, Kind: cases.EntryDecision, Author: v.By, Body: string(v.Verdict), At: w.now}); err != nil {
		return err
	}
	if err := cases.SaveVerdicts(ctx, tx, c.ID, v.Verdict); err != nil {
		return err
	}
	c.Verdict, c.DecidedBy, c.Hold, c.State, c.Urgent = v.Verdict, v.By, cases.HoldNone, cases.Answered, false
	if v.Verdict == verdict.Unsure { // a person who isn't sure goes on looking
		c.DecidedBy, c.Promised = "", w.input.Promise
		c.Wait(cases.HoldUnsure)
	}
	if w.to != "" {
		if _, err := d.write(ctx, tx, c, w); err != nil {
			return err
		}
	}
	return cases.Save(ctx, tx, *c, w.now)
}

// reopen reads a case and drafts the answer that fits the verdict: the first
// answer, or the correction of an earlier one.
func (d *Desk) reopen(ctx context.Context, tx *db.Tx, v Decision, links []string) (cases.Case, draft, error) {
	c, err := cases.Get(ctx, tx, v.Case)
	if err != nil {
		return c, draft{}, err
	}
	w, err := d.draftFor(ctx, tx, c, v, d.Now())
	w.reported = links
	return c, w, err
}

func (d *Desk) draftFor(ctx context.Context, tx *db.Tx, c cases.Case, v Decision, now time.Time) (draft, error) {
	m, err := d.matterOf(ctx, tx, c, now)
	if err != nil {
		return draft{}, err
	}
	told, err := letters.Told(ctx, tx, c.ID)
	if err != nil {
		return draft{}, err
	}
	before, err := letters.Of(ctx, tx, c.ID)
	if err != nil {
		return draft{}, err
	}
	in := d.input(&c, m.person, now)
	in.Situation, in.Acted, in.Count, in.Explained = reply.SituationFor(v.Verdict, acts(c.Acted)), acts(c.Acted), len(m.reports), explained(before)
	in.Question = m.delivery.Comment
	if v.Signer != "" {
		in.Team.Signer = v.Signer
	}
	if v.Verdict == verdict.Unsure {
		in.Promise = now.Add(d.Org.Promise)
	}
	if told != "" && told != verdict.Unsure && told != v.Verdict {
		in.Situation, in.Old, in.New = reply.Corrected, told, v.Verdict
	}
	if err := d.explain(ctx, tx, m, &in, v.Verdict); err != nil {
		return draft{}, err
	}
	return draft{input: in, anyway: v.Anyway, text: v.Text, to: d.addressee(c), thread: m.delivery, tells: v.Verdict, by: v.By,
		once: fmt.Sprintf("decision:%s:%d", c.ID, now.UnixMicro()), now: now}, nil
}

// explain puts in the reasons that speak for this verdict, and the person's
// history.
func (d *Desk) explain(ctx context.Context, tx *db.Tx, m *matter, in *reply.Input, v verdict.Verdict) error {
	for i := range m.results {
		m.results[i].Judgement.Reasons = verdict.Reasons(m.results[i].Findings, v)
		m.results[i].Verdict = v
	}
	d.because(in, m.results)
	return d.remember(ctx, tx, m, in)
}

// overridable reports whether a person may take a text upon themselves that
// fails the tone check. Nobody may send the danger itself.
func overridable(tone reply.Tone) bool {
	return !slices.ContainsFunc(tone.Problems, func(p reply.Problem) bool {
		return p.Rule == "danger-link" || p.Rule == "tracking" || p.Rule == "verdict-contradiction"
	})
}

// addressee is who may be written to about a case: its reporter; nobody when
// the sender is outside the organisation or a machine.
func (d *Desk) addressee(c cases.Case) string {
	if c.Reporter == "" || !people.InDomains(c.ReporterAddress, d.Org.Domains) {
		return ""
	}
	return c.ReporterAddress
}

// matterOf reads back what a case's judgement was made of.
func (d *Desk) matterOf(ctx context.Context, tx *db.Tx, c cases.Case, now time.Time) (*matter, error) {
	m := &matter{now: now}
	deliveries, err := cases.Deliveries(ctx, tx, c.ID)
	if err != nil || len(deliveries) == 0 {
		return m, err
	}
	m.delivery = deliveries[0]
	if c.Reporter != "" {
		if m.person, err = people.Get(ctx, tx, c.Reporter); err != nil {
			return m, err
		}
	}
	if m.reports, err = cases.Reports(ctx, tx, c.ID); err != nil {
		return m, err
	}
	for _, r := range m.reports {
		var result analysis.Result
		if len(r.Judgement) == 0 {
			continue // not judged yet: a person was quicker
		}
		if err := json.Unmarshal(r.Judgement, &result); err != nil {
			return m, err
		}
		m.results = append(m.results, result)
	}
	return m, nil
}

// linksOf lists the links of what a case reported: none may stand live in our
// answer.
func (d *Desk) linksOf(ctx context.Context, id cases.ID) ([]string, error) {
	var reports []cases.Reported
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		reports, err = cases.Reports(ctx, tx, id)
		return err
	})
	var links []string
	for _, r := range reports {
		raw, err := d.Blobs.Get(ctx, blob.Hash(r.Blob))
		if err != nil {
			return nil, err
		}
		for _, link := range mail.Read(raw, mail.DefaultBudget()).Links {
			links = append(links, link.URL)
		}
	}
	return links, err
}
