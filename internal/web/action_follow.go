package web

import (
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/web/page"
)

// action is what a signed link in one of our letters asks for, and about whom.
type action struct {
	login.Action

	path string
	c    cases.Case
	p    people.Person
}

// readAction checks the link's signature and age, and finds its case. The
// signature is the right: no sign-in is needed. Without a choice of their own,
// the page speaks the language of the letter.
func (v *visit) readAction() (action, error) {
	token := v.r.PathValue("token")
	a := action{path: "/a/" + token}
	var err error
	if a.Action, err = login.Verify(v.Desk.Key, token, v.now); err != nil {
		return a, err
	}
	err = v.read(func(tx *db.Tx) error {
		if a.c, err = cases.Get(v.ctx, tx, cases.ID(a.Subject)); err != nil {
			return err
		}
		if a.c.Reporter == "" || a.Person != "" && people.ID(a.Person) != a.c.Reporter {
			return missing()
		}
		a.p, err = people.Get(v.ctx, tx, a.c.Reporter)
		return err
	})
	if v.given(languageCookie) == "" && v.who.Person == "" && v.speaks(a.c.Language) {
		v.lang = a.c.Language
	}
	return a, err
}

// showAction is the page behind a link in a letter. It records nothing: mail
// scanners open links, people press.
func (s *site) showAction(v *visit) error {
	a, err := v.readAction()
	if err != nil {
		return err
	}
	switch a.Name {
	case desk.ActionHelped:
		return v.show(page.Feedback(v.frame(), page.FeedbackView{Action: a.path, Subject: page.Defang(a.c.Subject), Said: page.DidHelp}))
	case desk.ActionNotHelped:
		return v.show(page.Feedback(v.frame(), page.FeedbackView{Action: a.path, Subject: page.Defang(a.c.Subject), Said: page.DidNot}))
	case desk.ActionClicked:
		view, err := v.rescueView(a.c, a.p)
		if err != nil {
			return err
		}
		view.Action = a.path
		view.Offer = view.Act == "" && len(a.c.Acted) == 0
		return v.show(page.Rescue(v.frame(), view))
	}
	return fault.New(fault.Forbidden, "fault.link-wrong", nil)
}

// doAction records what the person pressed.
func (s *site) doAction(v *visit) error {
	a, err := v.readAction()
	if err != nil {
		return err
	}
	switch a.Name {
	case desk.ActionHelped, desk.ActionNotHelped:
		if err := v.rate(a.c.ID, a.p.ID); err != nil {
			return err
		}
		return v.show(page.Feedback(v.frame(), page.FeedbackView{Thanks: true, Said: page.Helped(v.r.PostFormValue("helped"))}))
	case desk.ActionClicked:
		p := readPress(v.postForm())
		if err := v.note(a.c, a.p.ID, p); err != nil {
			return err
		}
		return v.goTo(p.path(a.path))
	}
	return fault.New(fault.Forbidden, "fault.link-wrong", nil)
}
