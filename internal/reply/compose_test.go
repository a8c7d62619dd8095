package reply_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

func catalogue(tb testing.TB) *i18n.Catalogue {
	tb.Helper()
	c, err := i18n.Load(reply.Locale)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// reasonsOf are as long as findings get.
func reasonsOf(lang string) []string {
	if lang == "fr" {
		return []string{
			"L'adresse de l'expéditeur n'est pas celle de la banque\u202f: elle finit par banque-alerte[.]example.",
			"Le lien affiche un site et mène à un autre.",
			"Le message presse de payer avant ce soir.",
		}
	}
	return []string{
		"The sender's address is not the bank's: it ends in bank-alert[.]example.",
		"The link shows one site and leads to another.",
		"The message rushes you to pay before tonight.",
	}
}

func base(lang string, form reply.Form, s reply.Situation) reply.Input {
	zone := time.FixedZone("CET", 3600)
	team := reply.Team{Name: "Security team", Signer: "Camille Roy", Phone: "555 0100"}
	subject := "Fwd: Your parcel is waiting at http://parcel.example/pay"
	if lang == "fr" {
		team = reply.Team{Name: "Équipe sécurité", Signer: "Camille Roy", Phone: "01 99 00 00 00"}
		subject = "TR: Votre colis vous attend sur http://colis.example/payer"
	}
	return reply.Input{
		Situation: s, Lang: lang, Form: form, FirstName: "Emma", Organisation: "Oriane", Team: team, Subject: subject,
		Now: time.Date(2031, 3, 4, 13, 0, 0, 0, zone), Promise: time.Date(2031, 3, 4, 15, 30, 0, 0, zone), Zone: zone,
		Links: reply.Links{
			Helped: "https://desk.oriane.example/a/1", NotHelped: "https://desk.oriane.example/a/2",
			Clicked: "https://desk.oriane.example/a/3", Case: "https://desk.oriane.example/a/4",
			SignIn: "https://desk.oriane.example/in/5",
		},
		Valid: 15 * time.Minute, Old: verdict.Legitimate, New: verdict.Phishing,
	}
}

// variant is one way in which letters differ.
type variant struct {
	name string
	set  func(*reply.Input)
}

func acts(list ...reply.Act) func(*reply.Input) { return func(in *reply.Input) { in.Acted = list } }

// options are the ways in which the letters of a situation can differ.
func options(s reply.Situation) [][]variant {
	same := variant{"", func(*reply.Input) {}}
	all := [][]variant{
		{same, {"no name", func(in *reply.Input) { in.FirstName = "" }}},
		{same, {"question", func(in *reply.Input) { in.Question = "How do I add the button to my phone?" }}},
		{
			same,
			{"many", func(in *reply.Input) { in.Count = 3 }},
			{"known", func(in *reply.Input) { in.Explained = true }},
			{"bare", func(in *reply.Input) {
				in.Subject, in.Organisation, in.Team.Phone, in.Team.Name = "", "", "", ""
				in.Links = reply.Links{}
			}},
		},
	}
	milestones := []variant{same}
	for _, m := range reply.Milestones()[1:] {
		milestones = append(milestones, variant{string(m), func(in *reply.Input) { in.Milestone = m }})
	}
	switch s {
	case reply.PhishingConfirmed:
		return append(all, append(milestones, waves()...))
	case reply.ActedOnDanger, reply.Rescue:
		return append(all, done())
	case reply.FalseAlarm, reply.UnwantedAd, reply.SimulationSpotted:
		return append(all, milestones, done()[:2])
	case reply.Corrected:
		return append(all[1:2], all[2][:2], []variant{done()[0], done()[7]})
	case reply.Acknowledge, reply.NotSureYet, reply.Unreadable, reply.TooBig, reply.Locked, reply.HelpRequested, reply.OwnWords, reply.SignIn:
	}
	return append(all, milestones)
}

func waves() []variant {
	all := []variant{}
	for _, wave := range []reply.Wave{
		{}, {First: true}, {Protected: 14}, {Protected: 3}, {Earlier: 2}, {Earlier: 23}, {First: true, Protected: 40},
	} {
		all = append(all, variant{fmt.Sprintf("%+v", wave), func(in *reply.Input) { in.Wave = wave }})
	}
	return all
}

func done() []variant {
	return []variant{
		{"", acts()},
		{"clicked", acts(reply.Clicked)},
		{"password", acts(reply.Clicked, reply.Password)},
		{"opened", acts(reply.Opened)},
		{"paid", acts(reply.Paid)},
		{"replied", acts(reply.Replied)},
		{"paid and replied", acts(reply.Replied, reply.Paid)},
		{"all", acts(reply.Acts()...)},
	}
}

// each walks every combination of the options.
func each(opts [][]variant, in reply.Input, name string, visit func(string, reply.Input)) {
	if len(opts) == 0 {
		visit(name, in)
		return
	}
	for _, v := range opts[0] {
		next := in
		v.set(&next)
		each(opts[1:], next, strings.Trim(name+" "+v.name, " "), visit)
	}
}

// corrections are the pairs of verdicts a correction can be about.
func corrections(in reply.Input) []reply.Input {
	if in.Situation != reply.Corrected {
		return []reply.Input{in}
	}
	var all []reply.Input
	for _, was := range verdict.All() {
		for _, now := range verdict.All() {
			if was != now {
				next := in
				next.Old, next.New = was, now
				all = append(all, next)
			}
		}
	}
	return all
}

type language struct {
	lang string
	form reply.Form
}

func languages() []language {
	return []language{{"en", reply.Vous}, {"fr", reply.Vous}, {"fr", reply.Tu}}
}

// TestEveryLetterPasses composes every letter there is and reads it with the
// tone check.
func TestEveryLetterPasses(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, l := range languages() {
		for _, s := range reply.Situations() {
			t.Run(fmt.Sprintf("%s-%s-%s", l.lang, l.form, s), func(t *testing.T) {
				t.Parallel()
				n := 0
				for _, in := range corrections(base(l.lang, l.form, s)) {
					n += everyVariant(t, c, in)
				}
				t.Logf("%d letters", n)
			})
		}
	}
}

func everyVariant(t *testing.T, c *i18n.Catalogue, in reply.Input) int {
	t.Helper()
	n, wrong := 0, 0
	each(options(in.Situation), in, "", func(name string, in reply.Input) {
		for _, most := range []int{0, 1, 3} {
			in.Reasons, in.Doubts = reasonsOf(in.Lang)[:most], nil
			if in.Situation == reply.FalseAlarm && most > 1 {
				in.Doubts, in.Reasons = in.Reasons[:most-1], in.Reasons[most-1:]
			}
			n++
			if wrong < 2 && !right(t, c, in, fmt.Sprintf("%s→%s %s, %d reasons", in.Old, in.New, name, most)) {
				wrong++
			}
		}
	})
	return n
}

func right(t *testing.T, c *i18n.Catalogue, in reply.Input, name string) bool {
	t.Helper()
	letter, err := reply.Compose(c, in)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return false
	}
	tone := reply.Check(reply.Checkable(in, letter, []string{"http://parcel.example/pay", "colis.example"}))
	if !tone.Pass || tone.Score < 1 {
		t.Errorf("%s: %d words, readability %.0f, problems %+v\n%s", name, tone.Words, tone.Readability, tone.Problems, letter.Text)
		return false
	}
	if why := badlySet(letter); why != "" {
		t.Errorf("%s: %s\n%s", name, why, letter.Text)
		return false
	}
	return true
}

// badlySet finds keys and placeholders left over, and French spaces that are
// missing or breakable.
func badlySet(l reply.Letter) string {
	text := l.Subject + "\n" + l.Text
	for _, left := range []string{"reply.open", "reply.verdict", "reply.step", "reply.do", "reply.wave", "{", "}", "|", "[V", "[T", "  ", " ,", " .", "%!"} {
		if strings.Contains(text, left) {
			return fmt.Sprintf("%q is left in the text", left)
		}
	}
	if l.Lang != "fr" {
		return ""
	}
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case strings.ContainsRune(";!?»", r) && i > 0 && runes[i-1] != '\u202f',
			r == ':' && i+1 < len(runes) && (runes[i+1] == ' ' || runes[i+1] == '\n') && runes[i-1] != '\u202f' && string(runes[max(0, i-2):i]) != "Re",
			r == '«' && runes[i+1] != '\u202f':
			return fmt.Sprintf("typography at %q", string(runes[max(0, i-10):min(len(runes), i+3)]))
		}
	}
	return ""
}
