package web

import (
	"net/url"
	"strconv"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/web/page"
)

// press is what one press in the rescue says: what happened, at which step the
// person is, and whether they did it, can't, or want to be called.
type press struct {
	act  page.Act
	step int
	do   string // "done", "stuck", "call", or "" where the act itself was pressed
}

func readPress(form url.Values) press {
	step, err := strconv.Atoi(form.Get("step"))
	if err != nil || step < 0 {
		step = 0
	}
	act := page.Act(form.Get("act"))
	if !act.Valid() {
		act, step = "", 0
	}
	return press{act: act, step: min(step, act.Steps()+1), do: form.Get("do")}
}

// next is the step that the person sees after the press.
func (p press) next() int {
	switch {
	case p.act == "":
		return 0
	case p.do == "call", p.do == "stuck":
		return p.step
	}
	return p.step + 1
}

// path is where the next step is shown, below the address of the walk.
func (p press) path(base string) string {
	if p.act == "" {
		return base
	}
	path := base + "?act=" + string(p.act) + "&step=" + strconv.Itoa(p.next())
	if p.do == "stuck" {
		path += "&do=stuck"
	}
	return path
}

// wantsCall reports whether a person of the team should be told: they ask for
// a call, or can't do a step.
func (p press) wantsCall() bool { return p.do == "call" || p.do == "stuck" }

// rescue is the walk of somebody whom we may not know: it helps at once, and
// asks for nothing.
func (s *site) rescue(v *visit) error {
	p := readPress(v.r.URL.Query())
	return v.show(page.Rescue(v.frame(), page.RescueView{
		Action: "/rescue", Act: p.act, Step: p.step, First: v.first(), Signer: v.signer(),
		Stuck: p.do == "stuck",
	}))
}

// beginRescue opens an urgent case for somebody signed in. A visitor goes on
// without one; to be called, they say who they are.
func (s *site) beginRescue(v *visit) error {
	p := readPress(v.postForm())
	switch {
	case v.who.Person == "" && p.do == "call":
		return v.goTo("/sign-in?next=/rescue")
	case v.who.Person == "", p.act == "" && p.do == "":
		return v.goTo(p.path("/rescue"))
	}
	words, acted := v.t("web.rescue.call", nil), []string(nil)
	if p.act != "" {
		words, acted = v.t("rescue."+string(p.act), nil), []string{string(p.act)}
	}
	raw, err := s.Desk.Wrap(desk.Upload{From: v.person, Subject: words, Comment: words}, v.now)
	if err != nil {
		return err
	}
	r, err := s.Desk.Receive(v.ctx, desk.Incoming{
		Channel: cases.ByWeb, Raw: raw, Person: v.who.Person, Acted: acted, Language: v.lang,
	})
	if err != nil {
		return err
	}
	if p.wantsCall() {
		if err := s.Desk.CallBack(v.ctx, r.Case, v.who.Person); err != nil {
			return err
		}
	}
	return v.goTo(p.path("/rescue/" + string(r.Case)))
}

// rescueCase is the walk about one's own case.
func (s *site) rescueCase(v *visit) error {
	c, err := v.ownCase()
	if err != nil {
		return err
	}
	view, err := v.rescueView(c, v.person)
	if err != nil {
		return err
	}
	view.Action = "/rescue/" + string(c.ID)
	return v.show(page.Rescue(v.frame(), view))
}

// stepRescue notes a press in the walk about one's own case.
func (s *site) stepRescue(v *visit) error {
	c, err := v.ownCase()
	if err != nil {
		return err
	}
	p := readPress(v.postForm())
	if err := v.note(c, v.who.Person, p); err != nil {
		return err
	}
	return v.goTo(p.path("/rescue/" + string(c.ID)))
}

func (v *visit) ownCase() (c cases.Case, err error) {
	err = v.read(func(tx *db.Tx) error {
		c, err = v.own(tx)
		return err
	})
	return c, err
}

// note writes down what a press says, once: pressing again changes nothing.
func (v *visit) note(c cases.Case, person people.ID, p press) error {
	if p.act != "" && p.do == "" && !c.Has(string(p.act)) {
		if err := v.Desk.Acted(v.ctx, c.ID, person, string(p.act)); err != nil {
			return err
		}
	}
	if p.wantsCall() {
		return v.Desk.CallBack(v.ctx, c.ID, person)
	}
	return nil
}

// rescueView is the walk about a case, at the step that the address names.
func (v *visit) rescueView(c cases.Case, p people.Person) (page.RescueView, error) {
	at := readPress(v.r.URL.Query())
	view := page.RescueView{
		Act: at.act, Step: at.step, First: reply.FirstName(p.Name, p.Address), Signer: v.signer(),
		Subject: page.Defang(c.Subject), Known: true,
	}
	err := v.read(func(tx *db.Tx) error {
		said, err := cases.Conversation(v.ctx, tx, c.ID)
		view.Calling = desk.CallWanted(said)
		return err
	})
	if view.Calling {
		view.By = c.Promised
	}
	return view, err
}

// postForm reads the fields of a small form.
func (v *visit) postForm() url.Values {
	if err := v.r.ParseForm(); err != nil {
		return url.Values{} // as if it had been empty: each handler says what is missing
	}
	return v.r.PostForm
}
