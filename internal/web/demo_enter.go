package web

import (
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/web/page"
)

// demo is the first page of the demo: be someone, in one click.
func (s *site) demo(v *visit) error {
	view := page.DemoView{Address: s.Demo.SMTP, Command: s.Demo.Command}
	if s.Demo.Progress != nil {
		done, total := s.Demo.Progress()
		if view.Filling = done < total; view.Filling {
			view.Progress = float64(done) / float64(total)
		}
	}
	for _, d := range s.Demo.Doors {
		p, err := v.doorPerson(d)
		if err != nil {
			return err
		}
		view.Doors = append(view.Doors, page.Door{
			Role: string(d.Role), Name: p.Name, Does: v.t("web.demo."+string(d.Role), nil), ID: string(d.Role),
		})
	}
	return v.show(page.Demo(v.frame(), view))
}

func (v *visit) doorPerson(d Door) (p people.Person, err error) {
	err = v.read(func(tx *db.Tx) error {
		p, err = people.ByAddress(v.ctx, tx, d.Address)
		return err
	})
	return p, err
}

// demoSignIn opens a door of the page.
func (s *site) demoSignIn(v *visit) error { return v.openDoor(login.Role(v.postForm().Get("person"))) }

// demoDoor opens a door by its address, as printed on the terminal. Here alone
// a GET signs in: nothing behind it is real.
func (s *site) demoDoor(v *visit) error { return v.openDoor(login.Role(v.r.PathValue("role"))) }

func (v *visit) openDoor(role login.Role) error {
	for _, d := range v.Demo.Doors {
		if d.Role != role {
			continue
		}
		p, err := v.doorPerson(d)
		if err != nil {
			return err
		}
		token, err := v.session(p.ID)
		if err != nil {
			return err
		}
		return v.enter(token, firstPage(role))
	}
	return missing()
}

// firstPage is where each role begins.
func firstPage(role login.Role) string {
	switch role {
	case login.Responder, login.Admin:
		return "/desk"
	case login.Lead:
		return "/numbers"
	case login.Reporter:
	}
	return "/"
}
