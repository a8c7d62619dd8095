package web

import (
	"encoding/json"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// How much of the past is looked at.
const (
	pastReports = 2000
	pastDays    = 365
)

// showRisk says what each risk would have meant for what was reported here, in
// the accounts that this person may read.
func (s *site) showRisk(v *visit) error {
	var all []cases.Past
	err := v.read(func(tx *db.Tx) (err error) {
		all, err = cases.PastJudgements(v.ctx, tx, v.sight(login.NumbersRead), v.now.AddDate(0, 0, -pastDays), pastReports)
		return err
	})
	if err != nil {
		return err
	}
	m, err := model.Shipped()
	if err != nil {
		return err
	}
	view, err := riskView(m.Risks, v.Desk.Org.House.Risk, all)
	if err != nil {
		return err
	}
	return v.show(page.Risk(v.frame(), view))
}

// riskView replays the past at each risk.
func riskView(risks []model.Risk, share float64, all []cases.Past) (page.RiskView, error) {
	view := page.RiskView{Reports: len(all)}
	if len(risks) == 0 {
		return view, nil
	}
	view.Chosen = model.Chosen(risks, share)
	for _, r := range risks {
		view.Rows = append(view.Rows, page.RiskRow{Share: r.Share, From: r.From, To: r.To})
	}
	now, who := risks[view.Chosen], map[people.ID]bool{}
	for _, p := range all {
		var j verdict.Judgement
		if err := json.Unmarshal(p.Judgement, &j); err != nil {
			return view, err
		}
		if p.Reporter != "" {
			who[p.Reporter] = true
		}
		for i := range view.Rows {
			replay(&view.Rows[i], j, p.Ruled, now)
		}
	}
	view.People = len(who)
	return view, nil
}

// replay counts one judgement at the risk of a row.
func replay(row *page.RiskRow, j verdict.Judgement, ruled verdict.Verdict, now model.Risk) {
	if !alone(j, model.Risk{From: row.From, To: row.To}, now) {
		return
	}
	row.Alone++
	if !ruled.Valid() || ruled == verdict.Unsure {
		return
	}
	row.Ruled++
	if ruled != j.Verdict {
		row.Wrong++
	}
}

// alone reports whether a judgement would have been told without a person at a
// risk. What else kept it from being told (a danger too plain, a proof that is
// missing) shows in one that is certain enough for today's risk and was not
// confident all the same; it holds at every risk.
func alone(j verdict.Judgement, at, now model.Risk) bool {
	for _, f := range j.Findings {
		if f.Hold {
			return false
		}
	}
	if j.Verdict == verdict.Simulation {
		return j.Confident
	}
	if !j.Confident && now.Bounds().Beyond(j) {
		return false
	}
	return at.Bounds().Beyond(j)
}
