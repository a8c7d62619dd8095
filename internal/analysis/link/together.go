package link

import (
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// together looks at all links of the message at once.
func (l *look) together() {
	var first view.Link
	own, other, plain := 0, 0, 0
	targets := map[string]bool{}
	for _, link := range l.v.Links {
		if !link.Clickable() {
			continue
		}
		if own+other == 0 {
			first = link
		}
		targets[link.Host+link.Path] = true
		if link.Scheme == "http" {
			plain++
		}
		if domain.Same(link.Host, l.v.Host) || l.v.Ours(link.Host) || l.v.Known(link.Host) {
			own++
		} else {
			other++
		}
	}
	l.sum(first, own, other, plain, len(targets))
}

func (l *look) sum(first view.Link, own, other, plain, targets int) {
	if own+other == 0 {
		if len(l.v.Message.Parts) <= 2 {
			l.find("link.none", first, nil)
		}
		return
	}
	args := map[string]string{"sender": domain.Defang(l.v.Host)}
	if own == 0 {
		l.find("link.not-sender", first, args)
	}
	if other == 0 {
		l.find("link.sender-own", first, args)
	}
	if plain == own+other {
		l.find("link.plain-http", first, nil)
	}
	if own+other >= 2 && targets == 1 && own == 0 {
		l.find("link.one-target", first, nil)
	}
}
