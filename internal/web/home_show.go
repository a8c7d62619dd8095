package web

import (
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// home is "Something looks wrong? Show us."; a visitor is told who we are.
func (s *site) home(v *visit) error {
	if v.who.Person == "" {
		if v.Demo != nil {
			return v.goTo("/demo")
		}
		return v.show(page.Welcome(v.frame(), page.WelcomeView{ReportAddress: s.Desk.Org.Reports[0]}))
	}
	view := page.HomeView{}
	err := v.fillHome(&view)
	if err != nil {
		return err
	}
	return v.show(page.Home(v.living(), view))
}

// fillHome reads what stands on the first page besides its form.
func (v *visit) fillHome(view *page.HomeView) error {
	view.ReportAddress, view.MaxBytes = v.Desk.Org.Reports[0], v.fileLimit()
	return v.read(func(tx *db.Tx) error {
		own, err := cases.OfPerson(v.ctx, tx, v.who.Person, 1, 0)
		if err != nil {
			return err
		}
		if len(own) > 0 {
			last, err := v.ownReport(tx, own[0])
			if err != nil {
				return err
			}
			view.Last = &last
		}
		view.Month, err = v.month(tx)
		return err
	})
}

// month is what everybody achieved together since its first day, as one sum of
// the whole organisation. Nothing is told about fewer than five people.
func (v *visit) month(tx *db.Tx) (*page.Month, error) {
	local := v.now.In(v.zone())
	first := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, local.Location())
	facts, err := cases.Facts(v.ctx, tx, cases.Everything, first, v.now)
	if err != nil {
		return nil, err
	}
	m := page.Month{Reports: len(facts), People: persons(facts)}
	if m.People < page.Few {
		return nil, nil
	}
	if traps := only(facts, verdict.Phishing); persons(traps) >= page.Few {
		m.Threats = len(traps)
	}
	return &m, nil
}

// zone is the organisation's.
func (s *site) zone() *time.Location {
	if s.Desk.Org.Zone == nil {
		return time.UTC
	}
	return s.Desk.Org.Zone
}

// about says what this is.
func (s *site) about(v *visit) error { return v.show(page.About(v.frame())) }
