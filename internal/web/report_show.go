package web

import (
	"cmp"
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

const perPage = 30 // reports or cases on one page

// listReports is the timeline of one's own reports.
func (s *site) listReports(v *visit) error {
	from := offset(v.r.URL.Query())
	view := page.ReportsView{First: v.first()}
	err := v.read(func(tx *db.Tx) error {
		own, err := cases.OfPerson(v.ctx, tx, v.who.Person, perPage+1, from)
		if err != nil {
			return err
		}
		if len(own) > perPage {
			own, view.Older = own[:perPage], "/reports?from="+strconv.Itoa(from+perPage)
		}
		for _, c := range own {
			r, err := v.ownReport(tx, c)
			if err != nil {
				return err
			}
			view.Reports = append(view.Reports, r)
		}
		view.Total, view.Threats, err = cases.TotalOf(v.ctx, tx, v.who.Person)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(page.Reports(v.living(), view))
}

// offset is how many lines come before this page.
func offset(q url.Values) int {
	n, err := strconv.Atoi(q.Get("from"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// ownReport is one line of a person's own reports. Its verdict is what they
// were told: what the product or the team thinks meanwhile is not said here.
func (v *visit) ownReport(tx *db.Tx, c cases.Case) (page.Report, error) {
	r := page.Report{
		Path: "/reports/" + string(c.ID), Subject: c.Subject, At: c.Opened, Answered: c.Answered,
		Promise: c.Promised, Question: c.Kind == cases.Question,
	}
	told, err := letters.Of(v.ctx, tx, c.ID)
	if err != nil {
		return r, err
	}
	before := verdict.Verdict("")
	for _, l := range told {
		if l.Verdict == "" || l.State == letters.Held || l.State == letters.Failed {
			continue
		}
		if before == "" {
			r.Answered = cmp.Or(l.SentAt, l.Created)
		}
		r.Changed = before != "" && before != l.Verdict
		before = l.Verdict
	}
	r.Verdict = before
	if r.Verdict == verdict.Phishing {
		r.Effect, err = v.effect(tx, c)
	}
	return r, err
}

// effect is what a report changed for others. How many is told from five on.
func (v *visit) effect(tx *db.Tx, c cases.Case) (page.Effect, error) {
	reports, err := cases.Reports(v.ctx, tx, c.ID)
	if err != nil || len(reports) == 0 {
		return page.Effect{}, err
	}
	w, err := cases.WaveAround(v.ctx, tx, reports[0].Campaign, c.Reporter, reports[0].Created)
	e := page.Effect{First: w.Earlier == 0}
	if w.Later >= page.Few {
		e.Protected = w.Later
	}
	return e, err
}

// own reads a case of the person who asks; anybody else's is not there.
func (v *visit) own(tx *db.Tx) (cases.Case, error) {
	c, err := cases.Get(v.ctx, tx, cases.ID(v.r.PathValue("id")))
	if err != nil {
		return c, err
	}
	if c.Reporter == "" || c.Reporter != v.who.Person {
		return c, missing()
	}
	return c, nil
}

// showReport is the answer to one's own report, or the thanks while there is
// none yet.
func (s *site) showReport(v *visit) error {
	var c cases.Case
	var report page.Report
	err := v.read(func(tx *db.Tx) (err error) {
		if c, err = v.own(tx); err != nil {
			return err
		}
		report, err = v.ownReport(tx, c)
		return err
	})
	if err != nil {
		return err
	}
	rescue := "/rescue/" + string(c.ID)
	if !report.Verdict.Valid() {
		return v.show(page.Received(v.living(), page.ReceivedView{
			First: v.first(), Report: report, Rescue: rescue, Acted: len(c.Acted) > 0, Waiting: c.State == cases.Waiting,
		}))
	}
	view := page.AnswerView{First: v.first(), Report: report, By: v.signer(), Rescue: rescue}
	if err := v.fillAnswer(c, &view); err != nil {
		return err
	}
	return v.show(page.Answer(v.living(), view))
}

// fillAnswer reads the letter, the reasons, who decided, and what the person
// said of it.
func (v *visit) fillAnswer(c cases.Case, view *page.AnswerView) error {
	var reports []cases.Reported
	err := v.read(func(tx *db.Tx) error {
		all, err := letters.Of(v.ctx, tx, c.ID)
		if err != nil {
			return err
		}
		v.lastLetter(all, view)
		if c.DecidedBy != "" {
			if by, err := people.Get(v.ctx, tx, c.DecidedBy); err == nil && by.Name != "" {
				view.By.Name = by.Name
			}
		}
		said, err := cases.FeedbackOf(v.ctx, tx, c.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			view.Feedback = "/reports/" + string(c.ID) + "/feedback"
		case err != nil:
			return err
		case said.Helped:
			view.Helped = page.DidHelp
		default:
			view.Helped = page.DidNot
		}
		reports, err = cases.Reports(v.ctx, tx, c.ID)
		return err
	})
	if err != nil || len(reports) == 0 {
		return err
	}
	return v.gave(reports[0], view)
}

// lastLetter puts in the words we sent last, and what we had said before.
func (v *visit) lastLetter(all []letters.Letter, view *page.AnswerView) {
	told := verdict.Verdict("")
	for _, l := range all {
		if l.Verdict == "" || l.State == letters.Held || l.State == letters.Failed {
			continue
		}
		if told != "" && told != l.Verdict {
			view.Before = told
		}
		told, view.Letter = l.Verdict, l.Text
	}
}

// gave fills in the reasons, and the message with their places marked.
func (v *visit) gave(r cases.Reported, view *page.AnswerView) error {
	var result analysis.Result
	if len(r.Judgement) == 0 {
		return nil
	}
	if err := json.Unmarshal(r.Judgement, &result); err != nil {
		return err
	}
	var shown []verdict.Finding
	for _, f := range verdict.Reasons(result.Findings, view.Report.Verdict) {
		if view.Report.Verdict == verdict.Legitimate && f.Class == verdict.Danger {
			continue // what looked odd is no reason to trust
		}
		shown = append(shown, f)
		view.Gave = append(view.Gave, page.Gave{Pin: len(shown), Text: sentences.Reporter(v.Words, v.lang, f)})
	}
	message, err := v.message(r)
	if fault.Is(err, fault.NotFound) {
		return nil // no longer kept: the reasons are
	}
	if err != nil {
		return err
	}
	guest := newGuest(message, shown)
	guest.Limit = 1500
	view.Guest = &guest
	return nil
}

// rateReport keeps whether the answer helped.
func (s *site) rateReport(v *visit) error {
	var c cases.Case
	err := v.read(func(tx *db.Tx) (err error) {
		c, err = v.own(tx)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.rate(c.ID, v.who.Person); err != nil {
		return err
	}
	return v.goTo("/reports/" + string(c.ID) + "#helped")
}

// rate reads the form "did this help?" and keeps it.
func (v *visit) rate(id cases.ID, person people.ID) error {
	said := page.Helped(v.r.PostFormValue("helped"))
	if said != page.DidHelp && said != page.DidNot {
		return fault.New(fault.Invalid, "web.fault.form", nil)
	}
	return v.Desk.Rate(v.ctx, cases.Feedback{
		Case: id, Person: person, Helped: said == page.DidHelp, Sentence: cut(v.r.PostFormValue("phrase"), page.MaxPhrase),
	})
}
