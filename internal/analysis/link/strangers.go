package link

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// strangers looks for a page on which nothing leads back to its sender: what
// thieves send from an address that is not theirs. Each link hides behind words
// or a picture, and leads to somebody unknown; neither the sender nor the
// service he sends with is among them. Alone that is a colleague's hint at a
// site; with a name that does not fit the address either, or with pictures of
// strangers only, it is a page in a borrowed envelope. Shady advertising comes
// so too: that it is fraud, these two do not say.
func (l *look) strangers() {
	c, ok := l.unknown()
	if !ok {
		return
	}
	v := l.v
	args := map[string]string{"sender": domain.Defang(v.Host), "name": domain.Defang(view.Quote(v.From.Name))}
	if l.misnamed() && (c.pictures > 0 || !personal(v.From.Name) || l.names.spoken.Org) {
		l.find("link.all-strangers", c.hidden, args)
	}
	if c.pictures > 0 && c.ownPictures == 0 {
		l.find("link.foreign-page", c.hidden, args)
	}
}

// Unknown gives the first link of a page on which nothing leads back to its
// sender, though it bears another's name or shows only another's pictures.
func Unknown(v *view.View) (view.Link, bool) {
	l := look{v: v, names: readNames(v)}
	c, ok := l.unknown()
	return c.hidden, ok && (l.misnamed() || c.pictures > 0 && c.ownPictures == 0)
}

func (l *look) unknown() (company, bool) {
	v := l.v
	if v.Message.HTML == "" || l.discussed() || v.House.Places.FreeMail(v.Host) || v.Ours(v.Host) || v.Known(v.Host) {
		return company{}, false
	}
	c := l.company()
	return c, c.friends == 0 && c.hidden.Host != ""
}

// discussed reports whether the message says to have come over a list on which
// people talk (RFC 2369), who link to anything. A mere List-Id is what any mass
// mailing types, thieves' too.
func (l *look) discussed() bool {
	v := l.v
	return v.HasHeader("List-Id") && (v.HasHeader("List-Post") || v.HasHeader("List-Archive"))
}

// company is whose links and pictures a page holds.
type company struct {
	friends               int       // links to the sender, to his name, or through a counter of clicks
	hidden                view.Link // the first link to a stranger whose text does not say so
	pictures, ownPictures int
}

func (l *look) company() company {
	c := company{}
	for i, link := range l.v.Links {
		if i >= most {
			break
		}
		if link.Host != "" {
			l.join(&c, link)
		}
	}
	return c
}

func (l *look) join(c *company, link view.Link) {
	r := l.relate(link)
	switch link.Source {
	case mail.LinkImage:
		c.pictures++
		if r == related {
			c.ownPictures++
		}
	case mail.LinkAnchor, mail.LinkForm:
		switch {
		case r == related, domain.Tracker(link.Host):
			c.friends++
		case r == stranger && c.hidden.Host == "" && !says(link):
			c.hidden = link
		}
	case mail.LinkText, mail.LinkOther, mail.LinkCalendar, mail.LinkHeader, mail.LinkPicture, mail.LinkFile:
	}
}

// misnamed reports whether the name that the sender gives himself has nothing
// to do with his address, neither with its domain nor with what stands before it.
func (l *look) misnamed() bool {
	local, _, _ := strings.Cut(l.v.From.Addr, "@")
	name := l.names.spoken
	return !name.Empty() && name.Kin(l.v.Host) == domain.Stranger && !name.Fits(local)
}

// personal reports whether a name looks like a person's: two or three words of
// letters with capitals.
func personal(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 3 {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) || strings.ContainsAny(w, "0123456789|!?&+@:/") || w == strings.ToUpper(w) && len(w) > 2 {
			return false
		}
	}
	return true
}
