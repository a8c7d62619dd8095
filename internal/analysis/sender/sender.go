package sender

import (
	"context"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Check looks at the sender.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	l := look{v: v}
	if v.Host == "" {
		l.find("sender.none", "From", v.Header("From"), nil)
		return l.found
	}
	l.impossible()
	l.domain()
	l.name()
	l.spelt()
	l.spoken()
	l.reply()
	l.path()
	l.recipients()
	return l.found
}

// look gathers what is found.
type look struct {
	v     *view.View
	found []verdict.Finding
}

func (l *look) find(id, header, quote string, args map[string]string) {
	place := verdict.Place{Spot: verdict.InHeader, Name: header, Quote: view.Quote(quote)}
	l.found = append(l.found, Table.Find(id, place, args))
}

// domain looks at the domain of the author's address.
func (l *look) domain() {
	v, addr := l.v, l.v.From.Addr
	args := map[string]string{"domain": domain.Defang(v.Host)}
	if v.Ours(v.Host) || v.Known(v.Host) {
		return
	}
	l.imitation()
	l.corner()
	if free := l.v.House.Places.FreeHost(v.Host); free || strings.HasSuffix(v.Host, ".onmicrosoft.com") {
		l.find("sender.rented-host", "From", addr, args)
	}
	if l.v.House.Places.RiskyTLD(v.Host) {
		l.find("sender.tld", "From", addr, args)
	}
	local, _, _ := strings.Cut(addr, "@")
	if domain.Random(domain.Label(v.Host)) || domain.Random(local) {
		l.find("sender.random", "From", addr, map[string]string{"address": domain.Defang(addr)})
	}
	if len(v.Message.From) > 1 {
		l.find("sender.several", "From", v.Header("From"), nil)
	}
	if l.v.House.Places.BrandOwned(v.Host) && !l.v.House.Places.FreeMail(v.Host) && !l.v.House.Places.FreeHost(v.Host) {
		l.find("sender.brand-own", "From", addr, args)
	}
}

// imitation compares the author's domain with those of the house, of its
// partners, and of well-known names.
func (l *look) imitation() {
	v := l.v
	args := map[string]string{"domain": domain.Defang(v.Host)}
	if l.v.House.Places.FreeMail(v.Host) {
		return
	}
	if real := domain.ImitatesAny(v.Host, v.House.Domains, v.House.Known); real != "" {
		args["real"] = domain.Defang(real)
		l.find("sender.lookalike-house", "From", v.From.Addr, args)
		return
	}
	if domain.Disguised(domain.Unicode(v.Host)) {
		l.find("sender.confusable", "From", v.From.Addr, args)
		return
	}
	if b, how := l.v.House.Places.ImitatedBrand(v.Host); how != domain.No {
		args["brand"] = b.Title()
		l.find("sender.lookalike-brand", "From", v.From.Addr, args)
	}
}

// name compares the display name with the address.
func (l *look) name() {
	v := l.v
	name := v.From.Name
	args := map[string]string{"name": domain.Defang(name), "domain": domain.Defang(v.Host)}
	if at := domain.Of(lastField(name)); at != "" && domain.Real(at) && !domain.Same(at, v.Host) {
		l.find("sender.name-address", "From", name, args)
	}
	if disguised(name) {
		l.find("sender.name-disguised", "From", name, args)
	} else if symbols(name) {
		l.find("sender.name-symbols", "From", name, args)
	}
	if v.Ours(v.Host) || v.Known(v.Host) {
		return
	}
	if l.person() {
		l.find("sender.name-person", "From", name, args)
		return
	}
	if b, ok := l.v.House.Places.NamedBrand(v.Name); ok && !b.Owns(v.Host) && !l.v.House.Places.BrandOwned(v.Host) && !mentions(v.Host, b) {
		args["brand"] = b.Title()
		l.find("sender.name-brand", "From", name, args)
		return
	}
	if l.v.House.Places.FreeMail(v.Host) && claims(v.Name) {
		l.find("sender.free-organisation", "From", name, args)
	}
}

// mentions reports whether the sender's own name holds the brand's word, as a
// shop or a club named like it would.
func mentions(host string, b domain.Brand) bool {
	return len(b.Label) < 5 && strings.Contains(domain.Label(host), b.Label)
}

// person reports whether the display name is one of those worth imitating.
func (l *look) person() bool {
	if strings.TrimSpace(l.v.Name) == "" {
		return false
	}
	for _, n := range l.v.House.Names {
		if folded := view.Fold(n); len(folded) > 4 && strings.Contains(l.v.Name, folded) {
			return true
		}
	}
	return false
}

// reply looks at where an answer would go.
func (l *look) reply() {
	v := l.v
	for _, to := range v.Message.ReplyTo {
		host := domain.Of(to.Addr)
		l.otherBox(to.Addr)
		if host == "" || domain.Same(host, v.Host) || v.Ours(host) || v.Known(host) {
			continue
		}
		args := map[string]string{"address": domain.Defang(to.Addr), "domain": domain.Defang(v.Host)}
		l.find(replyKind(v, host), "Reply-To", to.Addr, args)
		l.replyAsName(to.Addr, args)
		return
	}
}

// replyAsName looks for a free address for answers that is made to look like
// the organisation's.
func (l *look) replyAsName(addr string, args map[string]string) {
	local, _, _ := strings.Cut(addr, "@")
	if !l.v.House.Places.FreeMail(domain.Of(addr)) || l.v.House.Places.FreeMail(l.v.Host) || len(local) < 4 {
		return
	}
	name := domain.ReadName(l.v.From.Name)
	if domain.NameOf(l.v.Host).Stands(local) || name.Org && name.Stands(local) {
		l.find("sender.reply-as-name", "Reply-To", addr, args)
	}
}

func replyKind(v *view.View, host string) string {
	_, brand := v.House.Places.ImitatedBrand(host)
	switch {
	case domain.ImitatesAny(host, v.House.Domains, v.House.Known, []string{v.Host}) != "" || brand != domain.No:
		return "sender.reply-lookalike"
	case v.House.Places.FreeMail(host):
		return "sender.reply-free"
	}
	return "sender.reply-elsewhere"
}

// path compares the author with what the sending machines wrote.
func (l *look) path() {
	m := l.v.Message
	if back := domain.Of(m.ReturnPath); back != "" && !domain.Same(back, l.v.Host) {
		l.find("sender.return-elsewhere", "Return-Path", m.ReturnPath, map[string]string{"address": domain.Defang(m.ReturnPath), "domain": domain.Defang(l.v.Host)})
	}
	switch maker := domain.Of(m.MessageID); {
	case m.MessageID == "" && !l.v.HasHeader("Received"): // told by a person's program, or written anew from a forward: no clue
	case m.MessageID == "":
		l.find("sender.id-missing", "Message-ID", "", nil)
	case !domain.Same(maker, l.v.Host):
		l.find("sender.id-elsewhere", "Message-ID", m.MessageID, map[string]string{"address": domain.Defang(m.MessageID)})
	}
}

// summary reports whether what we hold never travelled as a mail: what a
// person's program told us of it, not its header. What is missing there is no
// clue, for nobody can say that the message lacked it.
func (l *look) summary() bool {
	return !l.v.HasHeader("Received") && !l.v.HasHeader("To") && !l.v.HasHeader("Cc")
}

// recipients looks at whom the message is addressed to.
func (l *look) recipients() {
	m := l.v.Message
	if len(m.To)+len(m.Cc) == 0 {
		if l.summary() {
			return
		}
		l.find("sender.nobody", "To", l.v.Header("To"), nil)
		return
	}
	for _, to := range m.To {
		if to.Addr != "" && to.Addr == l.v.From.Addr {
			l.find("sender.himself", "To", to.Addr, map[string]string{"address": domain.Defang(to.Addr)})
			return
		}
	}
}
