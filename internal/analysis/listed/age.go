package listed

import (
	"context"
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	day       = 24 * time.Hour
	newUntil  = 30 * day
	young     = 180 * day
	tolerance = 2 * day // how far clocks and time zones may put a registration into the future
	mostAsked = 3       // domains of one message; a registry is a guest's house
)

// ages asks since when the sender's and the links' domains exist.
func (l *look) ages(ctx context.Context) {
	if l.v.Registry == nil {
		return
	}
	for _, one := range l.newcomers() {
		since, known := l.v.Registry.Registered(ctx, one.org)
		age := l.v.Now.Sub(since)
		if !known || age < -tolerance || age >= young {
			continue
		}
		id := "domain.young"
		if age < newUntil {
			id = "domain.new"
		}
		l.find(id, one.place, map[string]string{
			"host": domain.Defang(one.org), "day": since.UTC().Format(time.DateOnly), "days": strconv.Itoa(max(int(age/day), 0)),
		})
	}
}

// newcomer is a registrable domain that nobody here knows, and where it stands.
type newcomer struct {
	org   string
	place verdict.Place
}

// newcomers lists the domains worth asking for: the sender's, then those of
// links that a person follows.
func (l *look) newcomers() []newcomer {
	var all []newcomer
	asked := map[string]bool{}
	add := func(host string, place verdict.Place) {
		org := domain.Org(host)
		if len(all) < mostAsked && !asked[org] && l.stranger(host) {
			asked[org] = true
			all = append(all, newcomer{org, place})
		}
	}
	add(l.v.Host, verdict.Place{Spot: verdict.InHeader, Name: "From", Quote: view.Quote(l.v.From.Addr)})
	for i, link := range l.v.Links {
		if i < most && link.Clickable() && link.Source != mail.LinkImage {
			add(link.Host, spot(link))
		}
	}
	return all
}

// stranger reports whether a host has an owner whom nobody here knows.
func (l *look) stranger(host string) bool {
	return domain.Real(host) && !domain.IP(host) && !l.v.Ours(host) && !l.shared(host) &&
		!l.v.House.Places.FreeHost(host) && l.v.House.Sites.Host(host) == nil
}
