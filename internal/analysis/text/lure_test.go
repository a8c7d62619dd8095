package text_test

import (
	"strings"
	"testing"
)

func TestSumAndLink(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"Hi ✅ +$4,100 ➡️ cadeau-verlo.site/q7,":         true,
		"Bonjour 🎁 900 € : https://cadeau-verlo.site/q": true,
		"Hi ✅ +$4,100,\ncadeau-verlo.site/q7":           false,
		"Your ticket: $41.00, cadeau-verlo.site/q7":     false,
		"Your ticket 🎟 $41.00 from verlo.site":          false,
		"Hi ✅ $ cadeau-verlo.site/q7":                   false,
		"✅ 41.00 cadeau-verlo.site/q7":                  false,
	} {
		if got := has(supplier+plain+body, "text.sum-and-link"); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
}

// Shops write so about their own pages, in messages without HTML.
func TestSumAndLinkOfTheSenderHimself(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"🎉 Save $20: https://www.verlo.shop/deal":                        false,
		"🎉 Save $20: https://verlo.us4.list-manage.com/track/click?u=1":  false,
		"🎉 Save $20: https://www.verlo.shop/deal ➡ cadeau-verlo.site/q7": true,
	} {
		if got := has("From: Verlo <hello@news.verlo.shop>\r\nTo: emma@roc.example\r\n"+plain+line, "text.sum-and-link"); got != want {
			t.Errorf("%s: %t", line, got)
		}
	}
}

func TestMarksOfOtherScripts(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"your A\u073fc\u073fc\u073fo\u073funt":        true,
		"a P\u0336e\u0336n\u0336d\u0336ing payment":   true,
		"Tr\u00e2\u0300n and nai\u0308ve cafe\u0301s": false, // accents written apart
		"co\u0301, Vie\u0323\u0302t Nam, o\u0304sta":  false,
		"price 1\ufe0f\u20e3 and \u0939\u093f\u0928":  false,
	} {
		if got := has(supplier+plain+body, "text.marked"); got != want {
			t.Errorf("%q: %t", body, got)
		}
	}
}

func TestFiller(t *testing.T) {
	t.Parallel()
	row := "table, green, window, forty, apple, seldom, paper, tent, window, lamp, over, rain, small, chair, nine, garden"
	for body, want := range map[string]bool{
		"Confirm today.\r\n\r\n" + row:                           true,
		"We need bread, milk, sugar, tea, nine eggs and a lemon": false,
		strings.Replace(row, "lamp, over", "lamp. Over", 1):      false,
		strings.ReplaceAll(row, ", ", " "):                       false,
		"Your keywords: " + row:                                  false, // a list that says what it lists
		"Yours:\r\n" + row:                                       false,
	} {
		if got := has(supplier+plain+body, "text.filler"); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
}

func TestStrangerWhoWantsToBeWrittenToElsewhere(t *testing.T) {
	t.Parallel()
	const free = "From: Odile <odile.brassac71@gmail.com>\r\nTo: emma@roc.example\r\n"
	ask := "Please write to cabinet.brassac@outlook.com for your file."
	for name, c := range map[string]struct {
		raw  string
		want bool
	}{
		"from a free mailbox":        {free + plain + ask, true},
		"with an offer":              {supplier + plain + "Do you need a loan? " + ask, true},
		"a firm without an offer":    {supplier + plain + ask, false},
		"his own address":            {free + plain + "Write to Odile.Brassac71@gmail.com.", false},
		"the address he wants it to": {free + "Reply-To: cabinet.brassac@outlook.com\r\n" + plain + ask, false},
		"an answer":                  {free + "Subject: Re: a\r\n" + plain + ask, false},
		"what came back":             {strings.Replace(free, "odile.brassac71", "mailer-daemon", 1) + plain + ask, false},
		"with a link":                {free + plain + ask + " https://roc.example/a", false},
	} {
		if got := has(c.raw, "text.write-to"); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestCustomersOfSomebodyElse(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		"Dear Belvaro customer, your Belvaro points wait":         true,
		"Sehr geehrter Belvaro-Kunde, Ihr Geschenk von Belvaro":   true,
		"Cher client Belvaro, votre cadeau Belvaro":               true,
		"Cher client,\r\nBelvaro vous attend chez Belvaro":        false, // the end of the salutation
		"Cher client. Belvaro, Belvaro":                           false,
		"Dear Esteemed customer, your points wait":                false, // a courtesy
		"Dear valued customer, valued again":                      false,
		"Dear belvaro customer, belvaro":                          false,
		"Dear Marbrerie customer, the Marbrerie is open":          false, // the sender's own
		"Dear Belvaro customer, Belvaro: https://belvaro.example": false,
	} {
		if got := has(supplier+plain+body, "text.other-customer"); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
}

func TestAskingWhereNothingIsTheSenders(t *testing.T) {
	t.Parallel()
	const (
		from = "From: Prix du jour <info@marbrerie.example>\r\nTo: emma@roc.example\r\n"
		ask  = `<p>Félicitations, vous avez gagné un prix.</p>`
		away = `<a href="https://chemin-court.example/a">Ouvrir</a>`
	)
	for name, c := range map[string]struct {
		raw  string
		want bool
	}{
		"a prize, and strangers": {from + page + ask + away, true},
		"no prize":               {from + page + "<p>Bonjour.</p>" + away, false},
		"a prize at home":        {from + page + ask + `<a href="https://www.marbrerie.example/a">Ouvrir</a>`, false},
		"both":                   {from + page + ask + away + `<a href="https://www.marbrerie.example/a">Site</a>`, false},
	} {
		if got := has(c.raw, "text.stranger-asks"); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestOffersOfStrangers(t *testing.T) {
	t.Parallel()
	for body, id := range map[string]string{
		"Your wallet has been funded with 41 coins.":  "text.windfall",
		"Nous accordons des prêts entre particuliers": "text.loan",
		"cPanels, shells, RDPs, fresh CVV":            "text.stolen-goods",
	} {
		if !has(supplier+plain+body, id) {
			t.Errorf("%s: no %s", body, id)
		}
	}
	for _, id := range []string{"text.windfall", "text.loan", "text.stolen-goods"} {
		if has(supplier+plain+"We move the site from cPanel on Friday; a bitcoin wallet is no account, and the loan of the van ends.", id) {
			t.Errorf("honest words are told as %s", id)
		}
	}
}

// Many words of one topic are no more than the topic: they must not become a
// danger so plain that an honest article can't be told safe.
func TestATopicDoesNotAddUp(t *testing.T) {
	t.Parallel()
	for _, f := range check(supplier + plain + "The military attorney of the United Nations was in Afghanistan.") {
		if f.ID == "text.advance-fee" && (f.Weight >= 2 || !f.Topic) {
			t.Errorf("weight %.1f, topic %t", f.Weight, f.Topic)
		}
	}
}
