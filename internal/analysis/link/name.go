package link

import (
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// relation says how a host relates to who the sender says he is.
type relation int

const (
	neutral  relation = iota // a service or a site that anybody links to
	related                  // the sender's, or of his name
	stranger                 // nobody's we know
)

// names are what the sender is called: by his display name, by his domain.
type names struct {
	spoken, domain domain.Name
	office         bool // an organisation speaks, not a person
	known          map[string]relation
}

func readNames(v *view.View) names {
	n := names{spoken: domain.ReadName(v.From.Name), known: map[string]relation{}}
	if !v.House.Places.FreeMail(v.Host) && !domain.Tracker(v.Host) {
		n.domain = domain.NameOf(v.Host)
	}
	n.office = n.spoken.Org || domain.Office(v.From.Addr)
	return n
}

// relate says how the link's host relates to the sender, once for each host.
func (l *look) relate(link view.Link) relation {
	r, seen := l.names.known[link.Host]
	if !seen {
		r = l.relation(link.Host)
		l.names.known[link.Host] = r
	}
	return r
}

func (l *look) relation(host string) relation {
	switch {
	case domain.Same(host, l.v.Host), l.v.Ours(host), l.v.Known(host):
		return related
	case l.v.House.Places.FreeHost(host), domain.IP(host), l.v.House.Places.Shortener(host):
		return stranger
	case akin(l.names.spoken.Kin(host)), akin(l.names.domain.Kin(host)):
		return related
	case domain.Tracker(host), domain.Companion(host), l.v.House.Places.BrandOwned(host):
		return neutral
	}
	return stranger
}

func akin(k domain.Kinship) bool {
	return k == domain.Own || k == domain.Part || k == domain.Below
}

// likeSender looks at hosts that are made to look like the sender's, or like
// what he calls himself.
func (l *look) likeSender(link view.Link) {
	host := link.Host
	if domain.Same(host, l.v.Host) || domain.Tracker(host) || domain.Companion(host) || l.v.House.Places.BrandOwned(host) && !l.v.House.Places.FreeHost(host) {
		return
	}
	args := map[string]string{"sender": domain.Defang(l.v.Host)}
	by, spoken := l.names.domain.Kin(host), domain.Stranger
	if l.names.office {
		spoken = l.names.spoken.Kin(host)
	}
	switch {
	case l.v.House.Places.FreeHost(host):
		if l.names.domain.Stands(host) || l.names.office && l.names.spoken.Stands(host) {
			l.find("link.name-rented", link, args)
		}
	case by == domain.Baited || spoken == domain.Baited && by != domain.Own:
		l.find("link.name-plus-bait", link, args)
	case by == domain.Misspelt || spoken == domain.Misspelt:
		l.find("link.near-sender", link, args)
	}
}

// kinds counts, over the whole message, whose the links and the pictures are.
type kinds struct {
	own, strangers int
	odd            view.Link // the first link to a stranger that does not say whose it is
	picture        string    // the first host of pictures that is the sender's or a brand's
}

// whose looks at all links against who the sender says he is. Only mail of an
// organisation is judged so: persons send each other links to anything.
func (l *look) whose() {
	if !l.names.office || l.v.HasHeader("List-Id") {
		return
	}
	k := kinds{}
	for i, link := range l.v.Links {
		if i >= most {
			break
		}
		l.count(&k, link)
	}
	if k.strangers == 0 || k.odd.Host == "" {
		return
	}
	args := map[string]string{"sender": domain.Defang(l.v.Host), "pictures": domain.Defang(k.picture)}
	if k.own > 0 {
		l.find("link.odd-one", k.odd, args)
		return
	}
	l.find("link.unlike-name", k.odd, args)
	if k.picture != "" {
		l.find("link.images-elsewhere", k.odd, args)
	}
}

func (l *look) count(k *kinds, link view.Link) {
	if link.Host == "" || link.Source == mail.LinkHeader || link.Source == mail.LinkOther {
		return
	}
	r := l.relate(link)
	switch {
	case link.Source == mail.LinkImage:
		if k.picture == "" && (r == related || l.v.House.Places.BrandOwned(link.Host)) && !domain.Companion(link.Host) && !l.v.House.Places.FreeHost(link.Host) {
			k.picture = link.Host
		}
	case r == related:
		k.own++
	case r == stranger:
		k.strangers++
		if k.odd.Host == "" && !says(link) {
			k.odd = link
		}
	}
}

// says reports whether the link's text says whose it is, as honest mail does
// where it names its tools and partners.
func says(link view.Link) bool {
	return link.Source == mail.LinkText || link.Shown != "" && domain.Same(link.Shown, link.Host) ||
		len(link.Text) < 100 && domain.ReadName(link.Text).Kin(link.Host) != domain.Stranger
}
