package text

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/link"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// offers are the groups of phrases with which strangers begin.
//
//nolint:gochecknoglobals // a constant table
var offers = []string{"advance-fee", "prize", "loan", "job", "windfall", "crypto", "greeting", "payment", "gift-card"}

// writeTo looks for a stranger who asks to be written to at a free mailbox that
// is not the one he writes from, and gives no other way: from a free mailbox
// himself, or with an offer.
func (l *look) writeTo(body string, hits map[string][]phrase.Hit) {
	v := l.v
	offered := v.House.Places.FreeMail(v.Host) || slices.ContainsFunc(offers, func(g string) bool { return len(hits[g]) > 0 })
	if !offered || l.known() || l.returned() || slices.ContainsFunc(v.Links, clickable) {
		return
	}
	for _, addr := range addressesIn(body) {
		if v.House.Places.FreeMail(domain.Of(addr)) && !strings.EqualFold(addr, v.From.Addr) && !l.named(addr) {
			l.find("text.write-to", addr, map[string]string{"address": domain.Defang(addr), "from": domain.Defang(v.From.Addr)})
			return
		}
	}
}

// asks are the groups of phrases that are fraud where nothing leads back to the
// sender: what advertising seldom says, and what one would have to check there.
//
//nolint:gochecknoglobals // a constant table
var asks = []string{"credential", "blocked", "prize", "parcel", "crypto", "windfall", "payment", "mailbox"}

// strangerAsks looks for a prize, a parcel, an account or coins, on a page that
// leads to nobody it says it is from.
func (l *look) strangerAsks(hits map[string][]phrase.Hit) {
	for _, group := range asks {
		if len(hits[group]) == 0 {
			continue
		}
		if to, ok := link.Unknown(l.v); ok {
			quote, _ := l.quoted(hits[group])
			l.find("text.stranger-asks", quote, map[string]string{
				"quote": domain.Defang(view.Quote(quote)), "host": domain.Defang(to.Host), "sender": domain.Defang(l.v.Host),
			})
		}
		return
	}
}

// known reports whether the sender is no stranger: of the house or its partners,
// in a conversation, or on a list.
func (l *look) known() bool {
	v := l.v
	return l.replies() || answers(v.Title) || v.HasHeader("List-Id") || l.quotes() || v.Ours(v.Host) || v.Known(v.Host)
}

// returned reports whether a server gives a message back: it names whom it did
// not reach.
func (l *look) returned() bool {
	local, _, _ := strings.Cut(strings.ToLower(l.v.From.Addr), "@")
	return local == "mailer-daemon" || local == "postmaster"
}

// named reports whether an address is one of the message's own.
func (l *look) named(addr string) bool {
	for _, list := range [][]mail.Address{l.v.Message.To, l.v.Message.Cc, l.v.Message.ReplyTo} {
		for _, a := range list {
			if strings.EqualFold(a.Addr, addr) {
				return true
			}
		}
	}
	return false
}

func clickable(l view.Link) bool { return l.Clickable() }
