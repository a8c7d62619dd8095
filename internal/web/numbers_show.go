package web

import (
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

const weeksShown = 26

// showNumbers says what half a year adds up to, in the accounts that this
// person may read. The page tells nothing about fewer than five people.
func (s *site) showNumbers(v *visit) error {
	sight := v.sight(login.NumbersRead)
	from := monday(v.now.In(s.zone())).AddDate(0, 0, -7*(weeksShown-1))
	view := page.NumbersView{From: from, To: v.now}
	err := v.read(func(tx *db.Tx) error {
		facts, err := cases.Facts(v.ctx, tx, sight, from, v.now)
		if err != nil {
			return err
		}
		add(&view, facts)
		thanks, err := cases.Thanks(v.ctx, tx, sight, from)
		view.Helped, view.DidNot, view.ThankPeople = thanks.Helped, thanks.DidNot, thanks.People
		if err != nil || sight != cases.Everything {
			return err
		}
		view.Lesson, err = v.lesson(tx)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(page.Numbers(v.frame(), view))
}

// monday is the beginning of a moment's week.
func monday(t time.Time) time.Time {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// add fills the view from the facts.
func add(view *page.NumbersView, facts []cases.Fact) {
	view.Reports, view.People = len(facts), persons(facts)
	view.Median, view.Slow = cases.Quantile(facts, 0.5), cases.Quantile(facts, 0.9)
	for _, f := range facts {
		if !f.Answered.IsZero() {
			view.Answered++
		}
		if f.Alone {
			view.Alone++
		}
	}
	for _, kind := range verdict.All() {
		if all := only(facts, kind); len(all) > 0 {
			view.Kinds = append(view.Kinds, page.KindCount{Verdict: kind, Count: len(all), People: persons(all)})
		}
	}
	traps := only(facts, verdict.Phishing)
	view.Threats, view.ThreatPeople = len(traps), persons(traps)
	for start := view.From; start.Before(view.To); start = start.AddDate(0, 0, 7) {
		view.Weeks = append(view.Weeks, week(start, facts))
	}
}

func week(start time.Time, facts []cases.Fact) page.Week {
	end := start.AddDate(0, 0, 7)
	var mine []cases.Fact
	for _, f := range facts {
		if !f.Opened.Before(start) && f.Opened.Before(end) {
			mine = append(mine, f)
		}
	}
	traps := only(mine, verdict.Phishing)
	return page.Week{
		Start: start, Reports: len(mine), People: persons(mine), Threats: len(traps), ThreatPeople: persons(traps),
		Median: cases.Quantile(mine, 0.5),
	}
}

// only keeps the cases of one verdict.
func only(facts []cases.Fact, kind verdict.Verdict) []cases.Fact {
	var kept []cases.Fact
	for _, f := range facts {
		if f.Verdict == kind {
			kept = append(kept, f)
		}
	}
	return kept
}

func persons(facts []cases.Fact) int {
	all := map[people.ID]bool{}
	for _, f := range facts {
		if f.Reporter != "" {
			all[f.Reporter] = true
		}
	}
	return len(all)
}
