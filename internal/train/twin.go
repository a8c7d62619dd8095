package train

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/mail"
)

// A thief copies an honest mail and changes only what serves them: the sender,
// the links, what the servers find out. Such twins teach the model that it is
// not the words that tell. They are made of honest mail by code, for training
// only.

// forger makes twins, always the same of the same message.
type forger struct{ learn.Random }

func newForger(id string) *forger {
	h := fnv.New64a()
	h.Write([]byte(id))
	return &forger{learn.Random(h.Sum64())}
}

func (f *forger) pick(list string) string {
	all := strings.Fields(list)
	return all[f.Below(len(all))]
}

const (
	baits    = "secure service login account verify support online update auth billing client mail portal espace compte servizi konto cuenta help id notification center info team web"
	endings  = "com net org info fr de co.uk eu io top click xyz online site shop live app cc ru"
	honest   = "com" + " com" + " com" + " com net org fr" + " fr de eu nl it es co.uk be ch ca io app dev co"
	rarer    = "shop store online cloud info site xyz tech me club live agency group software email news top biz"
	first    = "maison atelier green blue nord sud alpha terra lumi casa river stone cloud prime open silver garden urban delta vento"
	second   = "tech studio conseil market works bakery travel sport design partner immo garage school music clinic print"
	freemail = "gmail.com outlook.com hotmail.com yahoo.com gmx.de icloud.com proton.me"
	hosts    = "web.app pages.dev weebly.com wixsite.com blogspot.com vercel.app netlify.app workers.dev github.io"
	paths    = "/wp-content/themes/%/index.html /wp-includes/%/ /%/login.php /.well-known/%/verify /images/%/ /%?id=% /r/% /a/%/confirm /cgi-bin/%.html"
	trackers = "list-manage.com sendgrid.net mailchi.mp sendibt3.com hubspotlinks.com mandrillapp.com sparkpostmail.com customeriomail.com mailjet.com exct.net"
)

// stranger invents a domain that has nothing to do with anyone.
func (f *forger) stranger(tlds string) string {
	if tlds == endings && f.Below(8) == 0 {
		return f.bare()
	}
	name := f.pick(first) + f.pick("- - x") + f.pick(second)
	return strings.ReplaceAll(name, "x", "") + "." + f.pick(tlds)
}

// bare is a number where a name should stand, now and then with a port.
func (f *forger) bare() string {
	host := fmt.Sprintf("%d.%d.%d.%d", 11+f.Below(200), f.Below(256), f.Below(256), 1+f.Below(254))
	return host + strings.Trim(f.pick("- - :8080 :8443"), "-")
}

// lookalike imitates a domain.
func (f *forger) lookalike(org string) string {
	label, tld, _ := strings.Cut(org, ".")
	switch f.Below(7) {
	case 0:
		return f.pick(baits) + "-" + label + "." + f.pick(endings)
	case 1:
		return label + "-" + f.pick(baits) + "." + tld
	case 2:
		return label + "-" + strings.ReplaceAll(tld, ".", "-") + "." + f.pick("com net org info")
	case 3:
		if other := f.pick(endings); other != tld {
			return label + "." + other
		}
		return label + f.pick(baits) + "." + tld
	case 4:
		for _, swap := range []string{"o0", "l1", "i1", "e3", "a4"} {
			if strings.Contains(label, swap[:1]) {
				return strings.Replace(label, swap[:1], swap[1:], 1) + "." + tld
			}
		}
	case 5:
		if len(label) > 4 {
			i := 1 + f.Below(len(label)-2)
			return label[:i] + label[i+1:] + "." + tld
		}
	}
	i := f.Below(len(label))
	return label[:i] + label[i:i+1] + label[i:] + "." + f.pick("com net")
}

// twin makes one dangerous copy of an honest mail, nil where there is nothing to change.
func (f *forger) twin(m *mail.Message) *mail.Message {
	if len(m.From) == 0 {
		return nil
	}
	org := domain.Org(domain.Of(m.From[0].Addr))
	if org == "" || !strings.Contains(org, ".") {
		return nil
	}
	c := clone(m)
	switch f.Below(6) {
	case 0, 1:
		f.moved(c, org, f.lookalike(org))
		if f.Below(3) == 0 {
			c.ReplyTo = []mail.Address{{Addr: strings.Split(org, ".")[0] + f.pick(".service -support .contact 24") + "@" + f.pick(freemail)}}
		}
	case 2:
		c.From[0].Addr = f.pick("info contact office noreply") + "@" + f.stranger(honest)
		f.relink(c, org, domain.Of(c.From[0].Addr))
	case 3:
		c.From[0].Addr = strings.Split(org, ".")[0] + f.pick(".service -support .contact 24 noreply") + "@" + f.pick(freemail)
		f.relink(c, org, "%."+f.pick(hosts))
	case 4:
		f.relink(c, org, f.stranger(endings))
		c.Auth = []mail.AuthResults{{Server: "mx.example", Results: []mail.AuthResult{{Method: "spf", Value: f.pick("fail softfail none")}, {Method: "dkim", Value: f.pick("none fail")}, {Method: "dmarc", Value: "fail", Props: map[string]string{"header.from": org}}}}}
	case 5:
		f.relink(c, org, f.stranger(endings))
	}
	return c
}

// counted makes one honest copy whose links go through a service that counts clicks.
func (f *forger) counted(m *mail.Message) *mail.Message {
	if len(m.From) == 0 || len(m.Links) == 0 {
		return nil
	}
	c := clone(m)
	host := f.token(6) + "." + f.pick(trackers)
	org := domain.Org(domain.Of(m.From[0].Addr))
	changed := false
	for i, l := range c.Links {
		if within(l.URL, org) && (l.Source == mail.LinkAnchor || l.Source == mail.LinkText) {
			c.Links[i].URL = "https://" + host + "/ls/click?upn=" + f.token(60)
			changed = true
		}
	}
	if !changed {
		return nil
	}
	return c
}

// settled makes one honest copy that lives under another ending: the young ones
// are not the thieves' alone, though nearly all honest mail of the corpora is
// older than they are.
func (f *forger) settled(m *mail.Message) *mail.Message {
	if len(m.From) == 0 {
		return nil
	}
	org := domain.Org(domain.Of(m.From[0].Addr))
	label, ending, ok := strings.Cut(org, ".")
	to := label + "." + f.honestEnding()
	if !ok || to == label+"."+ending {
		return nil
	}
	c := clone(m)
	f.moved(c, org, to)
	return c
}

// honestEnding is how the domain of an honest sender ends: now and then in one of
// the young ones.
func (f *forger) honestEnding() string {
	if f.Below(12) == 0 {
		return f.pick(rarer)
	}
	return f.pick(honest)
}

func clone(m *mail.Message) *mail.Message {
	c := *m
	c.From, c.ReplyTo, c.Links = slices.Clone(m.From), slices.Clone(m.ReplyTo), slices.Clone(m.Links)
	return &c
}

// moved carries everything of one domain to another.
func (f *forger) moved(c *mail.Message, org, to string) {
	r := strings.NewReplacer(org, to)
	c.From[0].Addr = r.Replace(c.From[0].Addr)
	for i := range c.ReplyTo {
		c.ReplyTo[i].Addr = r.Replace(c.ReplyTo[i].Addr)
	}
	c.Text, c.HTML, c.Plain, c.Shown, c.MessageID = r.Replace(c.Text), r.Replace(c.HTML), r.Replace(c.Plain), r.Replace(c.Shown), r.Replace(c.MessageID)
	for i, l := range c.Links {
		c.Links[i].URL = r.Replace(l.URL)
		if within(c.Links[i].URL, to) && f.Below(2) == 0 && l.Source != mail.LinkImage {
			c.Links[i].URL = "https://" + to + pathOf(c.Links[i].URL)
		}
	}
}

// relink leads the links of one domain elsewhere; pictures stay.
func (f *forger) relink(c *mail.Message, org, to string) {
	to = strings.ReplaceAll(to, "%", f.token(7))
	path, kept := "", f.Below(2) == 0
	if f.Below(3) > 0 {
		path = strings.ReplaceAll(f.pick(paths), "%", f.token(6))
	}
	for i, l := range c.Links {
		if l.Source == mail.LinkImage || l.Source == mail.LinkHeader {
			continue
		}
		if !within(l.URL, org) {
			continue
		}
		c.Links[i].URL = "https://" + to + path
		if kept {
			c.Links[i].URL += pathOf(l.URL)
		}
	}
}

func pathOf(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
	}
	return "/"
}

// within reports whether an address leads to a domain.
func within(url, org string) bool {
	_, rest, ok := strings.Cut(url, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return ok && (rest == org || strings.HasSuffix(rest, "."+org))
}

func (f *forger) token(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[f.Below(len(letters))]
	}
	return string(b)
}
