package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// Words around the name of a firm in a salutation, folded, in seven languages.
//
//nolint:gochecknoglobals // constant tables
var (
	dears     = set("dear cher chere geehrter geehrte lieber liebe prezado estimado caro beste hello hi hallo")
	customers = set("customer client cliente kunde kundin kunden acheteur shopper mitglied klant")
	anybody   = set("valued the our loyal private new all email e mail account webmail lieber liebe and et und r bank online customer user you your a nous vous wir fellow or ou oder notre unser")
)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// mostSalutation is how many words are searched for a salutation.
const mostSalutation = 600

// word is one word of the message, folded, with what stands after it.
type word struct {
	folded string
	at     int // where it stands in the folded text
	after  byte
}

// otherCustomer looks for a salutation to the customers of somebody else than
// the sender, to whom no link leads either: "Dear … customer".
func (l *look) otherCustomer() {
	if l.v.Ours(l.v.Host) || l.v.Known(l.v.Host) {
		return
	}
	words := l.first()
	for i, w := range words {
		if !dears[w.folded] {
			continue
		}
		if firm := l.firmOf(words[i+1 : min(i+6, len(words))]); firm != "" {
			l.customerOf(firm)
			return
		}
	}
}

// first gives the first words of the message.
func (l *look) first() []word {
	var out []word
	at := 1
	for w, around := range l.v.Text.Each {
		if len(out) == mostSalutation {
			break
		}
		out = append(out, word{w, at, around.After})
		at += len(w) + 1
	}
	return out
}

// firmOf gives the one to three words of whom the reader is said to be a
// customer: those before that word, or the one after it in languages that turn
// it around, with nothing but a space or a hyphen in between.
func (l *look) firmOf(words []word) string {
	for n := range min(len(words), 4) {
		switch {
		case customers[words[n].folded] && n > 0:
			return l.firm(words[:n])
		case customers[words[n].folded] && len(words) > 1 && words[0].after == ' ':
			return l.firm(words[1:2])
		case words[n].after != ' ' && words[n].after != '-':
			return ""
		}
	}
	return ""
}

// firm gives words as a name if each begins with a capital and the name stands
// elsewhere in the message too, as that of a firm does, and a courtesy not.
func (l *look) firm(words []word) string {
	folded := make([]string, 0, len(words))
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(l.v.Text.Original(w.at, w.at+len(w.folded)))
		if anybody[w.folded] || !unicode.IsUpper(first) {
			return ""
		}
		folded = append(folded, w.folded)
	}
	name := strings.Join(folded, " ")
	if strings.Count(l.v.Words, " "+name+" ")+strings.Count(l.v.Name, " "+name+" ") < 2 {
		return ""
	}
	return l.v.Text.Original(words[0].at, words[len(words)-1].at+len(words[len(words)-1].folded))
}

func (l *look) customerOf(firm string) {
	name := domain.ReadName(firm)
	if name.Empty() || name.Kin(l.v.Host) != domain.Stranger {
		return
	}
	for _, to := range l.v.Links {
		if to.Host != "" && name.Kin(to.Host) != domain.Stranger {
			return
		}
	}
	l.find("text.other-customer", firm, map[string]string{"name": domain.Defang(view.Quote(firm)), "domain": domain.Defang(l.v.Host)})
}
