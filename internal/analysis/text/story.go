package text

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// stories look for the parts that only together tell a story: a number to call
// with a charge to dispute, an account number with news of the bank, a wallet
// with a threat, an answer in a conversation of others.
func (l *look) stories(hits map[string][]phrase.Hit) {
	body := l.v.Message.Text
	body = body[:min(len(body), mostStory)]
	if len(hits["callback"]) >= 2 {
		l.call(body)
	}
	if len(hits["bank-change"]) > 0 {
		if iban := findIBAN(body); iban != "" {
			l.find("text.new-iban", "", map[string]string{"iban": masked(iban)})
		}
	}
	if len(hits["extortion"]) >= 2 {
		if wallet := findWallet(body); wallet != "" {
			l.find("text.ransom", "", map[string]string{"wallet": masked(wallet)})
		}
	}
	l.intruder(body)
}

// mostStory limits how much text is searched for numbers, in bytes.
const mostStory = 64 << 10

// call looks for a telephone number as the only way out of a charge: no link
// leads to the sender, or he writes from a free address.
func (l *look) call(body string) {
	number := findPhone(body)
	if number == "" {
		return
	}
	if l.v.House.Places.FreeMail(l.v.Host) || !l.ownLink() {
		l.find("text.call-trap", number, map[string]string{"number": number})
	}
}

// ownLink reports whether a link to follow leads to the sender or to anybody
// the house knows.
func (l *look) ownLink() bool {
	for _, link := range l.v.Links {
		if link.Clickable() && (domain.Same(link.Host, l.v.Host) || l.v.Ours(link.Host) || l.v.Known(link.Host) || domain.Tracker(link.Host)) {
			return true
		}
	}
	return false
}

// intruder looks for an answer to a conversation in which the sender never
// took part: the quoted heads name people of the recipient's domain and of
// others, and nobody of the sender's.
func (l *look) intruder(body string) {
	v := l.v
	list := v.HasHeader("List-Id") || strings.Contains(v.Message.Subject, "[") // who answers on a list need not have been asked
	if !answers(v.Title) || v.Org == "" || v.Ours(v.Host) || list {
		return
	}
	from, to := quotedHeads(body)
	if len(from) == 0 || len(to) == 0 {
		return
	}
	inside := false
	for _, addr := range append(from, to...) {
		host := domain.Of(addr)
		if addr == v.From.Addr || domain.Same(host, v.Host) && !l.v.House.Places.FreeMail(host) {
			return
		}
		for _, me := range v.Message.To {
			inside = inside || addr == me.Addr || domain.Same(host, domain.Of(me.Addr)) && !l.v.House.Places.FreeMail(host)
		}
	}
	if inside {
		l.find("text.intruder", view.Quote(from[0]), map[string]string{"address": domain.Defang(from[0]), "domain": domain.Defang(v.Host)})
	}
}

// answers reports whether a folded subject begins as an answer does.
func answers(title string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(title), " ")
	switch first {
	case "re", "aw", "antw", "sv", "rif", "res", "odp":
		return true
	}
	return false
}

// Labels of quoted heads, folded, in seven languages.
//
//nolint:gochecknoglobals // a constant table
var (
	fromLabels = []string{"from", "de", "von", "van", "da", "expediteur", "afzender", "mittente", "remetente", "remitente"}
	toLabels   = []string{"to", "cc", "a", "an", "aan", "para", "destinataire", "ontvanger", "destinatario"}
)

// quotedHeads gives the addresses of the senders and of the recipients that
// quoted heads of earlier messages name.
func quotedHeads(body string) (from, to []string) {
	for line := range strings.Lines(body) {
		if len(line) > 1000 || !strings.Contains(line, "@") {
			continue
		}
		label, rest, found := strings.Cut(strings.TrimLeft(line, "> *\t|"), ":")
		if !found || len(label) > 20 {
			continue
		}
		switch word := strings.TrimSpace(view.Fold(label)); {
		case len(from)+len(to) > 50:
			return from, to
		case slices.Contains(fromLabels, word):
			from = append(from, addressesIn(rest)...)
		case slices.Contains(toLabels, word):
			to = append(to, addressesIn(rest)...)
		}
	}
	return from, to
}

// addressesIn gives the addresses of a line, in lower case.
func addressesIn(line string) []string {
	var out []string
	fields := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" <>()[]\"',;:\t\r\n*|", r) })
	for _, f := range fields {
		if at := strings.IndexByte(f, '@'); at > 0 && strings.Contains(f[at:], ".") {
			out = append(out, strings.ToLower(strings.TrimRight(f, ".")))
		}
	}
	return out
}
