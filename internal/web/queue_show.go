package web

import (
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// showQueue is the desk without an open case.
func (s *site) showQueue(v *visit) error {
	var view page.QueueView
	err := v.read(func(tx *db.Tx) (err error) {
		view, err = v.queue(tx, cases.Tab(v.r.URL.Query().Get("tab")), "")
		return err
	})
	if err != nil {
		return err
	}
	return v.show(page.Desk(v.living(), view))
}

// queue reads one list of the queue, of the accounts this person works for.
// Without a list it is the first that holds something to do.
func (v *visit) queue(tx *db.Tx, tab cases.Tab, open cases.ID) (page.QueueView, error) {
	sight := v.sight(login.CaseRead)
	counts, err := cases.Counts(v.ctx, tx, sight)
	if err != nil {
		return page.QueueView{}, err
	}
	view := page.QueueView{Tab: page.Tab(choose(tab, counts)), Counts: map[page.Tab]int{}, Open: string(open)}
	for t, n := range counts {
		view.Counts[page.Tab(t)] = n
	}
	from := offset(v.r.URL.Query())
	list, err := cases.List(v.ctx, tx, cases.Filter{Tab: cases.Tab(view.Tab), Sight: sight, Limit: perPage + 1, Offset: from})
	if err != nil {
		return view, err
	}
	if len(list) > perPage {
		list = list[:perPage]
		view.Older = "/desk?tab=" + string(view.Tab) + "&from=" + strconv.Itoa(from+perPage)
	}
	names := v.names(tx)
	for _, c := range list {
		row, err := v.row(tx, c, names, sight)
		if err != nil {
			return view, err
		}
		view.Rows = append(view.Rows, row)
	}
	view.Today, err = v.today(tx, sight)
	return view, err
}

// choose is the list asked for, else the first with something to do.
func choose(tab cases.Tab, counts map[cases.Tab]int) cases.Tab {
	if _, known := counts[tab]; known {
		return tab
	}
	for _, t := range []cases.Tab{cases.TabUrgent, cases.TabUnsure, cases.TabNew} {
		if counts[t] > 0 {
			return t
		}
	}
	return cases.TabUnsure
}

func (v *visit) row(tx *db.Tx, c cases.Case, names func(people.ID, string) string, sight cases.Sight) (page.QueueRow, error) {
	same, err := cases.Same(v.ctx, tx, sight, c.ID)
	row := page.QueueRow{
		ID: string(c.ID), Number: c.Number, Person: names(c.Reporter, c.ReporterAddress), Subject: c.Subject,
		Since: c.Opened, Verdict: c.Verdict, Score: c.Score, Urgent: c.Urgent, Held: c.State == cases.Waiting,
		Reports: same, Answered: c.Answered, Question: c.Kind == cases.Question, Decided: c.DecidedBy != "",
	}
	if c.State == cases.Waiting || c.State == cases.New {
		row.Promise, row.Answered = c.Promised, time.Time{} // what is open is not done, whatever left before
	}
	return row, err
}

// names gives the name of a person, each read once; otherwise where we know
// none.
func (v *visit) names(tx *db.Tx) func(id people.ID, otherwise string) string {
	known := map[people.ID]string{}
	return func(id people.ID, otherwise string) string {
		if id == "" {
			return otherwise
		}
		name, ok := known[id]
		if !ok {
			p, err := people.Get(v.ctx, tx, id)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return otherwise // a name is worth no failure
			}
			if name = p.Name; name == "" {
				name = p.Address
			}
			known[id] = name
		}
		if name == "" {
			return otherwise
		}
		return name
	}
}

// today is what the desk can be glad of since midnight.
func (v *visit) today(tx *db.Tx, sight cases.Sight) (page.Today, error) {
	local := v.now.In(v.zone())
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	facts, err := cases.Facts(v.ctx, tx, sight, midnight, v.now)
	if err != nil {
		return page.Today{}, err
	}
	t := page.Today{Median: cases.Quantile(facts, 0.5)}
	for _, f := range facts {
		if f.Answered.IsZero() {
			continue
		}
		t.Answered++
		if f.Alone {
			t.Alone++
		}
	}
	thanks, err := cases.Thanks(v.ctx, tx, sight, midnight)
	t.Thanks = thanks.Helped
	return t, err
}

// tabOf is the list in which a case stands.
func tabOf(c cases.Case) cases.Tab {
	open := c.State == cases.New || c.State == cases.Waiting
	switch {
	case open && c.Urgent:
		return cases.TabUrgent
	case c.State == cases.New:
		return cases.TabNew
	case open:
		return cases.TabUnsure
	}
	return cases.TabAnswered
}

// word says a verdict as the desk does.
func (v *visit) word(d verdict.Verdict) string {
	if !d.Valid() {
		return v.t("verdict.none", nil)
	}
	return v.t("verdict."+string(d), nil)
}
