package web

import (
	"cmp"
	"net/url"
	"strconv"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/letters"
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
