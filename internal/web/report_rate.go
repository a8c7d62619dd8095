package web

import (
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/web/page"
)

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
