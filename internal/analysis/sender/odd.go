package sender

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// impossible looks for an address under which nobody can be: its domain holds
// signs that no domain can hold (RFC 1123 section 2.1), or is one bare word in a
// message that leads to the web. Machines of a house write from bare words too,
// but hardly send one to strangers.
func (l *look) impossible() {
	host := domain.Unicode(l.v.Host)
	notes := strings.Contains(l.v.From.Addr, "/") // how Lotus Notes writes its own people
	bare := !strings.Contains(host, ".") && host != "localhost" && !notes && l.outward()
	if !bare && strings.IndexFunc(host, forbidden) < 0 {
		return
	}
	l.find("sender.impossible", "From", l.v.From.Addr, map[string]string{"domain": domain.Defang(l.v.Host)})
}

// forbidden tells the ASCII signs that no host name holds.
func forbidden(r rune) bool {
	return r < 0x80 && r != '.' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// corner looks for a corner of a service's domain that bears a name made by a
// machine, as one gets who signs up in passing, and for a domain that calls
// itself the state's and is not.
func (l *look) corner() {
	v := l.v
	sub := strings.TrimSuffix(v.Host, domain.Org(v.Host))
	for label := range strings.SplitSeq(sub, ".") {
		if domain.Random(label) {
			l.find("sender.service-random", "From", v.From.Addr, map[string]string{"address": domain.Defang(v.From.Addr)})
			break
		}
	}
	if stately(v.Host) {
		l.find("sender.false-state", "From", v.From.Addr, map[string]string{"domain": domain.Defang(v.Host)})
	}
}

// stately reports whether a domain that anybody can register bears the word by
// which states mark theirs.
func stately(host string) bool {
	org := domain.Org(host)
	label, ending, _ := strings.Cut(org, ".")
	for e := range strings.SplitSeq(ending, ".") {
		if e == "gov" || e == "gouv" || e == "gob" || e == "gv" || e == "jus" || e == "mil" {
			return false
		}
	}
	for part := range strings.SplitSeq(label, "-") {
		if part == "gov" || part == "gouv" || part == "gob" || len(part) > 6 && strings.HasSuffix(part, "gouv") {
			return true
		}
	}
	return false
}

// outward reports whether a link to follow leads out to the web.
func (l *look) outward() bool {
	for _, link := range l.v.Links {
		if link.Clickable() && strings.Contains(link.Host, ".") && !l.v.Ours(link.Host) {
			return true
		}
	}
	return false
}

// otherBox looks for answers that go to another free mailbox of the same
// service than the one the message came from, which is closed soon; one of
// another service is told as sender.reply-free.
func (l *look) otherBox(reply string) {
	from := l.v.From.Addr
	if !l.v.House.Places.FreeMail(l.v.Host) || !domain.Same(l.v.Host, domain.Of(reply)) || mailbox(reply) == mailbox(from) {
		return
	}
	l.find("sender.reply-other-box", "Reply-To", reply, map[string]string{"address": domain.Defang(reply), "from": domain.Defang(from)})
}

// mailbox is the part before the @ without what services ignore in it.
func mailbox(addr string) string {
	local, _, _ := strings.Cut(strings.ToLower(addr), "@")
	local, _, _ = strings.Cut(local, "+")
	return strings.NewReplacer(".", "", "_", "", "-", "").Replace(local)
}

// spelt looks for a well-known name that is spelt so that programs do not see
// it, and people do: letters apart, points in between, a capital I for an l.
func (l *look) spelt() {
	v, places := l.v, l.v.House.Places
	if v.Ours(v.Host) || v.Known(v.Host) || places.BrandOwned(v.Host) {
		return
	}
	if _, plain := places.NamedBrand(v.Name); plain {
		return
	}
	for _, other := range readings(v.From.Name) {
		if b, ok := places.NamedBrand(view.Fold(other)); ok && !b.Owns(v.Host) {
			l.find("sender.name-spelt", "From", v.From.Name, map[string]string{"name": domain.Defang(view.Quote(v.From.Name)), "brand": b.Title(), "domain": domain.Defang(v.Host)})
			return
		}
	}
}

// readings gives what a person may read in a name.
func readings(name string) []string {
	if len(name) > mostSpelt {
		return nil
	}
	var out []string
	if apart := letters(name); apart != "" {
		out = append(out, apart)
	}
	bare := strings.NewReplacer(".", "", "_", "", "-", "", "·", "", "*", "").Replace(name)
	ell := strings.NewReplacer("I", "l", "1", "l", "|", "l", "0", "o").Replace(name)
	for _, s := range []string{bare, ell} {
		if s != name {
			out = append(out, s)
		}
	}
	return out
}

const mostSpelt = 200

// letters joins a name that is written with its letters apart, "" when it is not.
func letters(name string) string {
	fields := strings.Fields(name)
	if len(fields) < 4 {
		return ""
	}
	for _, f := range fields {
		if len([]rune(f)) != 1 {
			return ""
		}
	}
	return strings.Join(fields, "")
}
