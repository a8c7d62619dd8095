package listed

import (
	"context"
	"crypto/md5"  //nolint:gosec // lists name files by it; it proves nothing here
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/feed"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	most = 300 // links that are looked at one by one
	deep = 5   // mails within mails whose files are looked at

	mostSenders = 10
)

// Check compares the message with the lists.
func Check(ctx context.Context, v *view.View) []verdict.Finding {
	l := look{v: v, seen: map[string]bool{}}
	if len(v.House.Lists.Lists()) > 0 {
		l.links()
		l.senders()
		l.files(ctx)
	}
	l.site()
	l.ages(ctx)
	return l.found
}

// look gathers what is found; each kind is told once.
type look struct {
	v     *view.View
	seen  map[string]bool
	found []verdict.Finding
}

func (l *look) find(id string, place verdict.Place, args map[string]string) {
	if !l.seen[id] {
		l.seen[id] = true
		l.found = append(l.found, Table.Find(id, place, args))
	}
}

// on tells of something that stands on a list; an old list weighs less.
func (l *look) on(list *feed.List, id string, place verdict.Place, what string) {
	if !list.Format.Lasting() && l.v.Now.Sub(list.Got) > feed.Fresh {
		id = "listed.old"
	}
	l.find(id, place, map[string]string{"list": list.Name, "day": list.Got.UTC().Format(time.DateOnly), "what": domain.Defang(what)})
}

// links looks at where the links lead, and at what pictures are fetched from.
func (l *look) links() {
	hosts := map[string]bool{}
	for i, link := range l.v.Links {
		if i >= most {
			break
		}
		if link.Host == "" || link.Source == mail.LinkHeader || l.v.Ours(link.Host) {
			continue
		}
		list, exact := l.v.House.Lists.URL(link.URL)
		if list != nil && exact {
			l.on(list, "listed.url", spot(link), link.Host)
			continue
		}
		if l.v.House.Places.Shared(link.Host) || l.v.Known(link.Host) {
			continue // what one page there does says nothing of the others
		}
		if list != nil {
			l.on(list, "listed.near", spot(link), link.Host)
		}
		if !hosts[link.Host] {
			hosts[link.Host] = true
			l.host(link)
		}
	}
}

// host asks for the host of a link as a whole.
func (l *look) host(link view.Link) {
	if list := l.v.House.Lists.Host(link.Host); list != nil {
		l.on(list, "listed.domain", spot(link), link.Host)
	} else if list := l.v.House.Lists.Seen(link.Host); list != nil && l.v.House.Sites.Host(link.Host) == nil {
		l.on(list, "listed.near", spot(link), link.Host)
	}
}

// spot is where a link can be seen.
func spot(link view.Link) verdict.Place {
	if link.Index < 0 {
		return verdict.Place{Spot: verdict.InAttachment, Index: link.Part, Quote: view.Quote(link.Text)}
	}
	return verdict.Place{Spot: verdict.InLink, Index: link.Index, Quote: view.Quote(link.Text)}
}

// senders looks at the addresses that the message comes from and goes back to.
func (l *look) senders() {
	lists, m := l.v.House.Lists, l.v.Message
	for _, field := range []struct {
		name string
		all  []mail.Address
	}{{"From", m.From}, {"Reply-To", m.ReplyTo}} {
		for _, a := range field.all[:min(len(field.all), mostSenders)] {
			host := domain.Of(a.Addr)
			if host == "" || l.v.Ours(host) {
				continue
			}
			place := verdict.Place{Spot: verdict.InHeader, Name: field.name, Quote: view.Quote(a.Addr)}
			if list := lists.Sender(a.Addr); list != nil {
				l.on(list, "listed.sender", place, a.Addr)
			} else if list := lists.Host(host); list != nil && !l.shared(host) {
				l.on(list, "listed.sender", place, host)
			}
		}
	}
}

// shared reports whether many people who do not know each other use the host.
func (l *look) shared(host string) bool {
	return l.v.House.Places.Shared(host) || l.v.House.Places.FreeMail(host) || l.v.Known(host)
}

// files looks at the attached files, also at those of attached mails.
func (l *look) files(ctx context.Context) {
	if !l.v.House.Lists.Files() {
		return
	}
	for i, p := range l.v.Message.Parts {
		if ctx.Err() != nil {
			return
		}
		l.file(p, i, deep)
	}
}

func (l *look) file(p *mail.Part, index, depth int) {
	if p == nil || depth == 0 {
		return
	}
	if p.Message != nil {
		for _, inner := range p.Message.Parts {
			l.file(inner, index, depth-1)
		}
		return
	}
	if p.Cut || len(p.Body) == 0 || !p.Attachment && p.Disposition != "inline" {
		return
	}
	for _, digest := range digests(p.Body) {
		if list := l.v.House.Lists.File(digest); list != nil {
			l.find("listed.file", verdict.Place{Spot: verdict.InAttachment, Index: index, Quote: view.Quote(p.Name)},
				map[string]string{"list": list.Name, "day": list.Got.UTC().Format(time.DateOnly), "name": p.Name, "digest": digest})
			return
		}
	}
}

// digests names a file in each of the ways that lists do.
func digests(body []byte) []string {
	a, b, c := sha256.Sum256(body), md5.Sum(body), sha1.Sum(body) //nolint:gosec // names, not proofs
	return []string{hex.EncodeToString(a[:]), hex.EncodeToString(b[:]), hex.EncodeToString(c[:])}
}

// site trusts a proved sender of a well-known site a little.
func (l *look) site() {
	host := l.v.Host
	if len(l.v.House.Sites.Lists()) == 0 || host == "" || l.v.House.Places.FreeMail(host) || l.v.House.Places.FreeHost(host) || !house.Proved(l.v) {
		return
	}
	if list := l.v.House.Sites.Host(host); list != nil {
		l.find("listed.known-site", verdict.Place{Spot: verdict.InHeader, Name: "From", Quote: view.Quote(l.v.From.Addr)},
			map[string]string{"list": list.Name, "what": domain.Defang(l.v.Org)})
	}
}
