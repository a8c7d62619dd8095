package sender

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// spoken compares what the sender calls himself with the domain he writes from,
// with where his links and pictures are, and with the address he signs with.
func (l *look) spoken() {
	v := l.v
	name := domain.ReadName(v.From.Name)
	if name.Empty() || v.Ours(v.Host) || v.Known(v.Host) || l.v.House.Places.BrandOwned(v.Host) && !l.v.House.Places.FreeMail(v.Host) {
		return
	}
	kin := name.Kin(v.Host)
	args := map[string]string{"name": domain.Defang(view.Quote(v.From.Name)), "domain": domain.Defang(v.Host)}
	switch {
	case l.v.House.Places.FreeMail(v.Host):
		l.freeName(name, args)
	case kin == domain.Baited:
		l.find("sender.name-plus-bait", "From", v.From.Addr, args)
	case kin == domain.Misspelt:
		l.find("sender.name-misspelt", "From", v.From.Addr, args)
	case kin == domain.Stranger && !domain.Tracker(v.Host):
		l.stranger(name, args)
	}
	if kin != domain.Own && kin != domain.Part {
		l.signs(name, args)
	}
}

// freeName looks for an organisation behind an address that anyone can have.
func (l *look) freeName(name domain.Name, args map[string]string) {
	switch {
	case l.linked(name) != "":
		l.find("sender.free-linked", "From", l.v.From.Addr, args)
	case name.Org && !l.v.House.Places.FreeMail(name.Shown) && !l.person() && !claims(l.v.Name):
		l.find("sender.free-organisation", "From", l.v.From.Name, args)
	}
}

// stranger looks at a name that has nothing in common with the domain.
func (l *look) stranger(name domain.Name, args map[string]string) {
	quote := l.v.From.Name
	if name.Shown != "" {
		args["shown"] = domain.Defang(name.Shown)
		l.find("sender.name-domain", "From", quote, args)
		return
	}
	if real := l.linked(name); real != "" && !l.repliesTo(name) {
		args["real"] = domain.Defang(real)
		l.find("sender.name-linked", "From", quote, args)
		return
	}
	if (name.Org || l.titled(name)) && !l.mailboxNames(name) && !l.v.HasHeader("List-Id") {
		l.find("sender.name-unrelated", "From", quote, args)
	}
}

// mostLinks limits how many links are compared with the name.
const mostLinks = 100

// linked gives the host of a link or picture that is the name, "" for none.
func (l *look) linked(name domain.Name) string {
	seen := map[string]bool{}
	for i, link := range l.v.Links {
		if i >= mostLinks {
			break
		}
		if link.Org == "" || seen[link.Org] || link.Source != mail.LinkAnchor && link.Source != mail.LinkImage {
			continue
		}
		seen[link.Org] = true
		if !domain.Same(link.Host, l.v.Host) && !l.v.House.Places.FreeHost(link.Host) && name.Kin(link.Host) == domain.Own {
			return link.Host
		}
	}
	return ""
}

// repliesTo reports whether answers go to the name's own domain, as when a
// service sends for somebody.
func (l *look) repliesTo(name domain.Name) bool {
	for _, to := range l.v.Message.ReplyTo {
		if kin := name.Kin(domain.Of(to.Addr)); kin == domain.Own || kin == domain.Part {
			return true
		}
	}
	return false
}

// titled reports whether the name is one word that the subject speaks of, as of
// a product.
func (l *look) titled(name domain.Name) bool {
	return name.Single() && len(l.v.Name) >= 8 && strings.Contains(l.v.Title, l.v.Name)
}

// mailboxNames reports whether the part before the @ is the name: a person's
// own mailbox, or one kept for the organisation.
func (l *look) mailboxNames(name domain.Name) bool {
	local, _, _ := strings.Cut(l.v.From.Addr, "@")
	return name.Fits(local)
}

// signs looks in the text for the address of an office in the name's own
// domain, where the message does not come from.
func (l *look) signs(name domain.Name, args map[string]string) {
	for _, addr := range addresses(l.v.Message.Text) {
		host := domain.Of(addr)
		if domain.Same(host, l.v.Host) || l.v.House.Places.FreeMail(host) || !domain.Office(addr) {
			continue
		}
		if name.Kin(host) == domain.Own {
			args["address"] = domain.Defang(addr)
			l.find("sender.signs-elsewhere", "From", l.v.From.Addr, args)
			return
		}
	}
}

// The most of a text that is searched for addresses, and the most of them kept.
const (
	mostText      = 64 << 10
	mostAddresses = 20
)

// addresses finds the mail addresses that stand in a text.
func addresses(text string) []string {
	if len(text) > mostText {
		text = text[:mostText]
	}
	var out []string
	for len(out) < mostAddresses {
		at := strings.IndexByte(text, '@')
		if at < 0 {
			break
		}
		from := at
		for from > 0 && at-from < 64 && addressByte(text[from-1]) {
			from--
		}
		to := at + 1
		for to < len(text) && to-at < 255 && addressByte(text[to]) {
			to++
		}
		if host := strings.TrimRight(text[at+1:to], ".-_+"); from < at && strings.Contains(host, ".") {
			out = append(out, strings.ToLower(text[from:at]+"@"+host))
		}
		text = text[to:]
	}
	return out
}

func addressByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == '+'
}
