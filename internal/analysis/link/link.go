package link

import (
	"context"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// most limits how many links are looked at one by one; a message with more is
// judged by the first ones, and by what all of them together show.
const most = 300

// Check looks at the links.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v, seen: map[string]bool{}, hosts: map[string]bool{}, names: readNames(v)}
	for i, link := range v.Links {
		if i >= most {
			break
		}
		l.one(link)
	}
	l.together()
	l.whose()
	l.strangers()
	l.machines()
	return l.found
}

// look gathers what is found; each kind is told once, at the first link that shows it.
type look struct {
	v     *view.View
	seen  map[string]bool
	hosts map[string]bool // hosts whose name was looked at
	names names
	forms [][]string // how links would carry each recipient's address
	found []verdict.Finding
}

func (l *look) find(id string, link view.Link, args map[string]string) {
	if l.seen[id] {
		return
	}
	l.seen[id] = true
	place := verdict.Place{Spot: verdict.InLink, Index: link.Index, Quote: view.Quote(link.Text)}
	if link.Index < 0 {
		place.Spot, place.Index = verdict.InAttachment, link.Part
	}
	if args == nil {
		args = map[string]string{}
	}
	if args["host"] == "" {
		args["host"] = domain.Defang(link.Host)
	}
	l.found = append(l.found, Table.Find(id, place, args))
}

// one looks at one link.
func (l *look) one(link view.Link) {
	switch link.Scheme {
	case "javascript", "data", "vbscript", "file":
		if link.Source != mail.LinkImage {
			l.find("link.script", link, map[string]string{"scheme": link.Scheme})
		}
		return
	}
	if link.Host == "" || link.Source == mail.LinkHeader {
		return
	}
	l.writing(link)
	if !link.Clickable() {
		return
	}
	l.lie(link)
	l.address(link)
	if !l.hosts[link.Host] {
		l.hosts[link.Host] = true
		l.place(link)
		l.imitation(link)
		l.likeSender(link)
	}
}

// writing looks at addresses that are written to be misread.
func (l *look) writing(link view.Link) {
	if link.Split {
		l.find("link.ambiguous", link, nil)
	}
	if link.User != "" && strings.Contains(link.User, ".") {
		l.find("link.userinfo", link, map[string]string{"shown": domain.Defang(link.User)})
	}
	if link.Port != "" && link.Port != "80" && link.Port != "443" {
		l.find("link.port", link, map[string]string{"port": link.Port})
	}
}

// lie compares what is read with where it leads.
func (l *look) lie(link view.Link) {
	if link.Shown == "" || link.Source == mail.LinkText || domain.Same(link.Shown, link.Host) {
		return
	}
	if domain.Same(link.Host, l.v.Host) || l.v.Ours(link.Host) || l.v.Known(link.Host) {
		return // the sender's own counter of clicks leads on to what is shown
	}
	if domain.Tracker(link.Host) && domain.Same(link.Shown, l.v.Host) {
		return // so does that of the service he sends with
	}
	l.find("link.text-lies", link, map[string]string{"shown": domain.Defang(link.Shown)})
}

// place looks at what kind of place the host is.
func (l *look) place(link view.Link) {
	host := link.Host
	switch {
	case l.v.Ours(host) || l.v.Known(host) || inside(host):
		return
	case domain.IP(host):
		l.find("link.ip", link, nil)
		return
	case l.v.House.Places.Shortener(host):
		l.find("link.shortener", link, nil)
	case l.v.House.Places.FormBuilder(host, link.Path):
		l.find("link.form-builder", link, nil)
	case l.v.House.Places.FreeHost(host) && !domain.Same(host, l.v.Host):
		l.find("link.free-host", link, nil)
	}
	if l.v.House.Places.RiskyTLD(host) {
		l.find("link.tld", link, nil)
	}
	if strings.Count(host, ".") >= 4 && !l.v.House.Places.BrandOwned(host) {
		l.find("link.deep", link, nil)
	}
	if domain.Random(domain.Label(host)) && !l.v.House.Places.FreeHost(host) {
		l.find("link.random", link, nil)
	}
}

// imitation looks at hosts that imitate others.
func (l *look) imitation(link view.Link) {
	host := link.Host
	if link.Org == "" || l.v.Ours(host) || l.v.Known(host) {
		return
	}
	if real := domain.ImitatesAny(host, l.v.House.Domains, l.v.House.Known); real != "" {
		l.find("link.lookalike-house", link, map[string]string{"real": domain.Defang(real)})
		return
	}
	if domain.Disguised(domain.Unicode(host)) {
		l.find("link.confusable", link, nil)
		return
	}
	if b, how := l.v.House.Places.ImitatedBrand(host); how != domain.No && !domain.Same(host, l.v.Host) {
		l.find("link.lookalike-brand", link, map[string]string{"brand": b.Title()})
		return
	}
	if b, ok := l.v.House.Places.NamedBrand(view.Fold(link.Text)); ok && len(link.Text) < 80 && !b.Owns(host) && !l.v.House.Places.BrandOwned(host) && !domain.Same(host, l.v.Host) {
		l.find("link.brand-elsewhere", link, map[string]string{"brand": b.Title()})
	}
}

// address looks at what else the address carries.
func (l *look) address(link view.Link) {
	if link.Source == mail.LinkForm {
		l.find("link.form", link, nil)
	}
	if l.v.Page.Secrets > 0 {
		l.find("link.password-form", link, nil)
	}
	l.onward(link)
	if hacked(link.Path) {
		l.find("link.hacked-site", link, nil)
	}
}
