package web

import (
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/web/page"
)

// notices are what a page may say of something just done, by the value of
// ?done. A table, so that no link can put words of its own on our pages.
//
//nolint:gochecknoglobals // a constant table
var notices = map[string]string{
	"sent":      "web.done.sent",
	"corrected": "web.done.corrected",
	"noted":     "web.done.noted",
	"closed":    "web.done.closed",
	"again":     "web.done.again",
	"arrived":   "web.done.arrived",
	"thanks":    "web.done.thanks",
	"several":   "web.done.several",
}

// frame is what the page knows of who looks at it.
func (v *visit) frame() page.Frame {
	org := v.Desk.Org
	f := page.Frame{
		Catalogue: v.Words, Assets: v.assets, Lang: v.lang, Org: org.Name, Team: v.Desk.Team(v.lang).Name,
		Path: v.r.URL.RequestURI(), Now: v.now, Location: org.Zone, Demo: v.Demo != nil,
	}
	if key, ok := notices[v.r.URL.Query().Get("done")]; ok {
		f.Notice = v.t(key, nil)
	}
	if v.who.Person != "" {
		f.Person = page.Person{
			Name: v.name(), First: v.first(), Team: v.who.May(login.CaseRead),
			Lead: v.who.May(login.NumbersRead), Mails: v.who.May(login.OutboxRead),
		}
	}
	return f
}

// overlap covers changes that were being written while the page was read: to
// be told once too often costs nothing.
const overlap = 2 * time.Second

// living is the frame of a page that changes by itself.
func (v *visit) living() page.Frame {
	f := v.frame()
	if v.who.Person != "" {
		f.Live = "/live?since=" + strconv.FormatInt(db.Micros(v.now.Add(-overlap)), 10)
	}
	return f
}

// name is what the person calls themselves, else their address.
func (v *visit) name() string {
	if v.person.Name != "" {
		return v.person.Name
	}
	return v.person.Address
}

func (v *visit) first() string { return reply.FirstName(v.person.Name, v.person.Address) }

// signer is who stands behind our answers, unless a person of the team does.
func (v *visit) signer() page.Signer {
	team := v.Desk.Team(v.lang)
	return page.Signer{Name: team.Signer, Team: team.Name, Reach: team.Phone}
}
