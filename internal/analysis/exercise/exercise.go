// Package exercise recognises phishing exercises that the organisation runs.
//
// Products that send exercises mark them in headers. Every such mark can be
// typed by an attacker, so a mark alone is only told to the expert. An exercise
// is proved when, besides a mark, one of the proofs that the organisation
// entered holds: a verified signature of the campaign's domain, the address at
// the hop that our own server saw, or a secret that only the campaign holds.
package exercise

import (
	"bytes"
	"context"
	"net/netip"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings of this package. None has a weight: a mark proves
// nothing, and a proved exercise is no question of probability.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"exercise.mark":   {Class: verdict.Neutral},
	"exercise.proved": {Class: verdict.Exercise},
}

// mark is one way in which a product marks its exercises.
type mark struct {
	field    string // header field, lower case; a final * matches any ending
	contains string // what its value holds, lower case; "" for any value
	product  string
}

//nolint:gochecknoglobals // a constant table
var marks = []mark{
	{"x-fortiphish-recipient-uuid", "", "FortiPhish"},
	{"x-phishtest-curricula", "", "Huntress"},
	{"x-phishtest", "fortiphish", "FortiPhish"},
	{"x-phishtest", "", "KnowBe4"},
	{"x-phish-crid", "", "KnowBe4"},
	{"x-mailer", "knowbe4", "KnowBe4"},
	{"return-path", "knowbe4.com", "KnowBe4"},
	{"x-phishme*", "", "Cofense"},
	{"x-cofense*", "", "Cofense"},
	{"x-threatsim-*", "", "Proofpoint"},
	{"x-gophish-*", "", "GoPhish"},
	{"x-mailer", "gophish", "GoPhish"},
	{"x-swordphish-*", "", "Swordphish"},
	{"dkim-signature", "hoxhuntsigning.com", "Hoxhunt"},
	{"x-hoxhunt*", "", "Hoxhunt"},
	{"x-sosafe*", "", "SoSafe"},
	{"x-adaptive-bypass", "", "Adaptive"},
	{"x-adaptive-signature", "", "Adaptive"},
	{"x-fable-phishing-simulation", "", "Fable"},
	{"x-phishingtackle", "", "Phishing Tackle"},
	{"x-ephishiency", "", "ePHISHiency"},
	{"x-mailer", "bullphish", "BullPhish ID"},
	{"return-path", "phriendlyphishing.com", "Phriendly"},
	{"return-path", "phishline.com", "Barracuda"},
	{"return-path", "simulator.office.com", "Microsoft"},
	{"x-usecure*", "", "usecure"},
	{"x-phished*", "", "Phished"},
}

// resembles is the quick look: the first and the third letter of nearly all
// names tell.
func (m *mark) resembles(name string) bool {
	return len(name) > 2 && name[2]|0x20 == m.field[2] && name[0]|0x20 == m.field[0]
}

func (m *mark) holds(field, value string) bool {
	stem := m.field
	if last := len(stem) - 1; stem[last] == '*' && len(field) >= last {
		stem, field = stem[:last], field[:last]
	}
	return len(field) == len(stem) && strings.EqualFold(field, stem) && (m.contains == "" || strings.Contains(strings.ToLower(value), m.contains))
}

// Check looks for marks, then for proofs.
func Check(_ context.Context, v *view.View) []verdict.Finding {
	product, place := marked(v)
	if product == "" {
		return nil
	}
	args := map[string]string{"product": product}
	found := []verdict.Finding{Table.Find("exercise.mark", place, args)}
	for _, e := range v.House.Exercises {
		if proof := proved(v, e); proof != "" {
			args := map[string]string{"product": product, "proof": proof}
			return append(found, Table.Find("exercise.proved", place, args))
		}
	}
	return found
}

// marked finds the first mark: in a header, or the GoPhish parameter of a link.
func marked(v *view.View) (product string, place verdict.Place) {
	for _, f := range v.Message.Header {
		for i := range marks {
			m := &marks[i]
			if m.resembles(f.Name) && m.holds(f.Name, f.Value) {
				return m.product, verdict.Place{Spot: verdict.InHeader, Name: f.Name, Quote: view.Quote(f.Value)}
			}
		}
	}
	for _, l := range v.Links {
		if l.Host == "api.sosafe.de" {
			return "SoSafe", verdict.Place{Spot: verdict.InLink, Index: l.Index}
		}
		if tracked(l.Query) {
			return "GoPhish", verdict.Place{Spot: verdict.InLink, Index: l.Index}
		}
	}
	if len(v.House.Exercises) > 0 && holdsSecret(v) {
		return "secret", verdict.Place{Spot: verdict.InWhole}
	}
	return "", verdict.Place{}
}

// holdsSecret reports whether the house's own secret stands in the message; a
// campaign tool without marks of its own is recognised by it, and the secret
// still needs a second proof.
func holdsSecret(v *view.View) bool {
	for _, e := range v.House.Exercises {
		if secret(v, e.Secret) {
			return true
		}
	}
	return false
}

// tracked reports whether a query is the recipient mark of GoPhish: rid= and
// seven letters or digits.
func tracked(query string) bool {
	value, ok := strings.CutPrefix(query, "rid=")
	if !ok || len(value) != 7 {
		return false
	}
	for i := range len(value) {
		if c := value[i] | 0x20; (c < 'a' || c > 'z') && (value[i] < '0' || value[i] > '9') {
			return false
		}
	}
	return true
}

// proved names the proof of the exercise that holds, "" when none does.
func proved(v *view.View, e subject.Exercise) string {
	switch {
	case e.DKIMDomain != "" && signed(v, e.DKIMDomain):
		return "dkim"
	case e.IP != "" && sentFrom(v, e.IP):
		return "ip"
	case secret(v, e.Secret) && marksBesidesSecret(v):
		return "secret"
	}
	return ""
}

func marksBesidesSecret(v *view.View) bool {
	without := *v
	without.House.Exercises = nil
	product, _ := marked(&without)
	return product != ""
}

// signed reports whether a signature of the domain was verified, by us or by a
// server that the house trusts.
func signed(v *view.View, want string) bool {
	for _, d := range v.Signed {
		if domain.In(domain.Clean(d), []string{want}) {
			return true
		}
	}
	return false
}

// secret reports whether the secret stands in the message. Short strings could
// stand there by chance.
func secret(v *view.View, s string) bool {
	return len(s) >= 16 && (bytes.Contains(v.Message.Raw, []byte(s)) || strings.Contains(v.Message.HTML, s) || strings.Contains(v.Message.Text, s))
}

// sentFrom reports whether the hop at which the message entered our servers saw
// the address. Lines below it were written by the sender, and prove nothing.
func sentFrom(v *view.View, want string) bool {
	prefix, err := netip.ParsePrefix(want)
	if err != nil {
		addr, err := netip.ParseAddr(want)
		if err != nil {
			return false
		}
		prefix = netip.PrefixFrom(addr, addr.BitLen())
	}
	for _, hop := range v.Message.Route {
		addr, err := netip.ParseAddr(strings.Trim(hop.IP, "[]"))
		if err != nil || addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() {
			continue // a step inside our own network
		}
		return prefix.Masked().Contains(addr.Unmap())
	}
	return false
}
