package reply_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// composed gives a letter that passes, ready to be spoilt.
func composed(t *testing.T, in reply.Input) reply.CheckInput {
	t.Helper()
	letter, err := reply.Compose(catalogue(t), in)
	if err != nil {
		t.Fatal(err)
	}
	check := reply.Checkable(in, letter, []string{"http://parcel.example/pay"})
	if tone := reply.Check(check); !tone.Pass {
		t.Fatalf("the letter to spoil does not pass: %+v", tone.Problems)
	}
	return check
}

func swap(old, replacement string) func(*testing.T, *reply.CheckInput) {
	return func(t *testing.T, c *reply.CheckInput) {
		t.Helper()
		if !strings.Contains(c.Text, old) {
			t.Fatalf("%q is not in\n%s", old, c.Text)
		}
		c.Text, c.HTML = strings.Replace(c.Text, old, replacement, 1), strings.Replace(c.HTML, old, replacement, 1)
	}
}

func set(change func(*reply.CheckInput)) func(*testing.T, *reply.CheckInput) {
	return func(_ *testing.T, c *reply.CheckInput) { change(c) }
}

type spoiling struct {
	rule  string
	s     reply.Situation
	spoil func(*testing.T, *reply.CheckInput)
}

func spoilings() []spoiling {
	last := "there is nothing else to do."
	return []spoiling{
		{"opening", reply.PhishingConfirmed, swap("Well spotted, Emma!", "Report 12, Emma.")},
		{"opening-name", reply.PhishingConfirmed, swap("Well spotted, Emma!", "Well spotted!")},
		{"verdict", reply.FalseAlarm, swap("This message is genuine, and safe to use.", "We looked at it.")},
		{"verdict", reply.PhishingConfirmed, swap("This message is phishing: a fake, made to steal information or money.", "We looked.")},
		{"verdict", reply.NotSureYet, swap("We are not sure about this message yet, so a", "A")},
		{"verdict-contradiction", reply.PhishingConfirmed, swap(last, "there is nothing else to do. You can open it.")},
		{"verdict-contradiction", reply.NotSureYet, swap("so a person is", "but it is safe to open, a person is")},
		{"next-step", reply.PhishingConfirmed, swap("You can delete it, and there is nothing else to do. ", "")},
		{"next-step", reply.ActedOnDanger, set(func(c *reply.CheckInput) {
			c.Text = strings.NewReplacer("1. ", "", "2. ", "", "3. ", "").Replace(c.Text)
		})},
		{"too-many-steps", reply.ActedOnDanger, swap("3. ", "3. Breathe.\n4. ")},
		{"blame", reply.PhishingConfirmed, swap(last, "there is nothing else to do. You should have called.")},
		{"blame", reply.PhishingConfirmed, swap("Camille Roy\n", "Camille Roy\nYou should have called.\n")},
		{"jargon", reply.PhishingConfirmed, swap(last, "there is nothing else to do. The SPF failed.")},
		{"jargon", reply.PhishingConfirmed, swap("is phishing: a fake, made to steal information or money.", "is phishing. A fake.")},
		{"says-nothing", reply.PhishingConfirmed, swap(last, "there is nothing else to do. Your ticket is closed.")},
		{"length", reply.PhishingConfirmed, swap(last, "there is nothing else to do. "+strings.Repeat("We like it when you write to us. ", 15))},
		{"long-sentences", reply.PhishingConfirmed, swap(last, "there is nothing else to do "+strings.Repeat("and we like it when you write ", 25)+".")},
		{"readability", reply.PhishingConfirmed, swap(last, "there is nothing else to do. "+
			strings.Repeat("Organisational considerations necessitate supplementary administrative verification. ", 4))},
		{"too-many-reasons", reply.PhishingConfirmed, swap("- The link", "- It is odd.\n- The link")},
		{"rule-name", reply.PhishingConfirmed, swap("The link shows one site and leads to another.", "link.lookalike-domain")},
		{"person", reply.PhishingConfirmed, swap("Camille Roy\n", "")},
		{"human", reply.PhishingConfirmed, swap("To reach me, reply to this message or call 555 0100.", "")},
		{"danger-link", reply.PhishingConfirmed, swap(last, "there is nothing else to do. It was http://parcel.example/pay here.")},
		{"danger-link", reply.PhishingConfirmed, swap(last, "there is nothing else to do. It was www.parcel.example here.")},
		{"danger-link", reply.PhishingConfirmed, swap("-- \n", "-- \nSee parcel.example\n")},
		{"extra-click", reply.PhishingConfirmed, swap(last, "there is nothing else to do. See https://news.example/x here.")},
		{"extra-click", reply.PhishingConfirmed, swap(last, "there is nothing else to do. Click here.")},
		{"tracking", reply.PhishingConfirmed, set(func(c *reply.CheckInput) {
			c.HTML = strings.Replace(c.HTML, "</body>", `<img src="https://desk.oriane.example/p.gif" width="1"></body>`, 1)
		})},
		{"tracking", reply.PhishingConfirmed, set(func(c *reply.CheckInput) {
			c.HTML = strings.Replace(c.HTML, "<p ", `<p style="background:url(https://a.example/b)" `, 1)
		})},
		{"danger-link", reply.PhishingConfirmed, set(func(c *reply.CheckInput) {
			c.HTML = strings.Replace(c.HTML, "https://desk.oriane.example/a/1", "http://parcel.example/pay", 1)
		})},
		{"html-differs", reply.PhishingConfirmed, set(func(c *reply.CheckInput) {
			c.HTML = strings.Replace(c.HTML, "nothing else", "something else", 1)
		})},
		{"question", reply.PhishingConfirmed, set(func(c *reply.CheckInput) { c.Question = "How do I add the button to my phone?" })},
		{"act", reply.FalseAlarm, set(func(c *reply.CheckInput) { c.Acted = []reply.Act{reply.Clicked} })},
		{"act", reply.ActedOnDanger, set(func(c *reply.CheckInput) { c.Acted = []reply.Act{reply.Paid} })},
		{"promise", reply.NotSureYet, swap("You will have our answer before 15:30 today.", "You will have our answer.")},
		{"callback", reply.ActedOnDanger, swap("I will call you before 15:30 today.", "")},
		{"mistake-owned", reply.Corrected, swap("our first answer was wrong, and the mistake is ours.", "we have news.")},
		{"language", reply.PhishingConfirmed, set(func(c *reply.CheckInput) {
			c.Text = "Merci Emma ! Nous avons bien reçu ce message et nous le regardons avec soin avant de vous répondre.\n\nCamille Roy\n"
		})},
	}
}

func rulesOf(problems []reply.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Rule)
	}
	return all
}

// TestEachRule spoils a good letter in one way and expects that rule.
func TestEachRule(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{"form-mixed": true}
	for _, sp := range spoilings() {
		tested[sp.rule] = true
		t.Run(sp.rule+" "+string(sp.s), func(t *testing.T) {
			t.Parallel()
			in := base("en", reply.Vous, sp.s)
			in.Reasons = reasonsOf("en")
			if sp.s == reply.ActedOnDanger {
				in.Acted = []reply.Act{reply.Clicked}
			}
			check := composed(t, in)
			sp.spoil(t, &check)
			tone := reply.Check(check)
			if tone.Pass || tone.Score >= 1 || !slices.Contains(rulesOf(tone.Problems), sp.rule) {
				t.Errorf("score %v, problems %v in\n%s", tone.Score, rulesOf(tone.Problems), check.Text)
			}
		})
	}
	for _, rule := range reply.Rules() {
		if !tested[rule] {
			t.Errorf("no test breaks the rule %q", rule)
		}
	}
}

func TestRulesHaveSentences(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, rule := range reply.Rules() {
		for _, lang := range c.Languages() {
			if !c.Has(lang, "reply.why."+rule) || !c.Has(lang, "reply.fix."+rule) {
				t.Errorf("%s: %s has no sentence", lang, rule)
			}
		}
	}
}

func TestCatalogueIsTheSameInEachLanguage(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	if en, fr := c.Keys("en"), c.Keys("fr"); !slices.Equal(en, fr) {
		t.Errorf("en %d keys, fr %d keys", len(en), len(fr))
	}
}

func TestFormsAreNotMixed(t *testing.T) {
	t.Parallel()
	check := composed(t, base("fr", reply.Tu, reply.FalseAlarm))
	swap("Tu n’as rien", "Vous n'avez rien")(t, &check)
	if got := rulesOf(reply.Check(check).Problems); !slices.Contains(got, "form-mixed") {
		t.Errorf("got %v", got)
	}
}

// TestWhatFails holds the list at the end of the house's page on tone.
func TestWhatFails(t *testing.T) {
	t.Parallel()
	for text, lang := range map[string]string{
		"Merci, mais ce n'était rien.":                                  "fr",
		"Ticket #4821 closed: FP. SPF/DKIM pass, no IOC found.":         "en",
		"As explained in the policy, you should not have clicked.":      "en",
		"Please refer to the documentation.":                            "en",
		"Votre signalement a été traité.":                               "fr",
		"Merci Emma ! Votre signalement a été traité.\n\nCamille Roy\n": "fr",
		"": "en",
	} {
		tone := reply.Check(reply.CheckInput{Text: text, Lang: lang, Situation: reply.FalseAlarm})
		if tone.Pass || tone.Score > 0.4 {
			t.Errorf("%q: pass %v, score %.2f", text, tone.Pass, tone.Score)
		}
	}
}

// TestPersonsLetter: a letter typed by a person, with a greeting line and no
// template of ours, passes when it is good.
func TestPersonsLetter(t *testing.T) {
	t.Parallel()
	text := "Bonjour Isabelle,\n\nmerci pour votre vigilance. Ce message est authentique : il vient bien de notre service paie. " +
		"Il avait de quoi surprendre, avec son expéditeur externe.\n\nVous pouvez l'ouvrir, il n'y a rien d'autre à faire.\n\n" +
		"Répondez à ce message si un doute reste.\n\nCamille Roy\n"
	tone := reply.Check(reply.CheckInput{
		Text: text, Lang: "fr", Situation: reply.FalseAlarm, FirstName: "Isabelle", Signer: "Camille Roy",
	})
	if !tone.Pass {
		t.Errorf("%+v", tone.Problems)
	}
}

func TestPlacesCountCharacters(t *testing.T) {
	t.Parallel()
	text := "Été à la forêt : il suffit de lire."
	problems := reply.Lint("fr", text)
	if len(problems) != 1 || problems[0].Quote != "il suffit" || string([]rune(text)[problems[0].Start:problems[0].End]) != "il suffit" {
		t.Errorf("%+v", problems)
	}
}

// TestReasonsMayQuote: what a reason quotes of the reported message is not our
// voice, and what it says the message claims is not our verdict.
func TestReasonsMayQuote(t *testing.T) {
	t.Parallel()
	in := base("en", reply.Vous, reply.PhishingConfirmed)
	in.Reasons = []string{
		"It rushes you: “you must enable MFA now, ticket 12 is closed”.", "It says of itself that it is safe.",
		"The file is called FACTURE_URGENTE.pdf.",
	}
	composed(t, in)
	in.Reasons = []string{"You must enable MFA now."}
	letter, err := reply.Compose(catalogue(t), in)
	if err != nil {
		t.Fatal(err)
	}
	if got := rulesOf(reply.Check(reply.Checkable(in, letter, nil)).Problems); !slices.Equal(got, []string{"blame", "jargon"}) {
		t.Errorf("without the quotation marks: %v", got)
	}
}

func TestSituationFor(t *testing.T) {
	t.Parallel()
	clicked := []reply.Act{reply.Clicked}
	for _, c := range []struct {
		v     verdict.Verdict
		acted []reply.Act
		want  reply.Situation
	}{
		{verdict.Phishing, nil, reply.PhishingConfirmed},
		{verdict.Phishing, clicked, reply.ActedOnDanger},
		{verdict.Spam, clicked, reply.UnwantedAd},
		{verdict.Legitimate, nil, reply.FalseAlarm},
		{verdict.Simulation, clicked, reply.SimulationSpotted},
		{verdict.Unsure, nil, reply.NotSureYet},
		{verdict.Unsure, clicked, reply.Rescue},
	} {
		if got := reply.SituationFor(c.v, c.acted); got != c.want {
			t.Errorf("%s %v: got %s, want %s", c.v, c.acted, got, c.want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Well spotted, Emma!\n\n1. Go.\n-- \nhttp://evil.example", "<p>x</p><a href=http://evil.example>", "en", "evil.example")
	f.Add("« Été » : il suffit…\n\nCamille Roy", "", "fr", "http://a.b/\x00")
	f.Add("\xff\xfe[.]a@:.5 ", "<style>", "fr", "")
	f.Fuzz(func(t *testing.T, text, html, lang, reported string) {
		tone := reply.Check(reply.CheckInput{
			Text: text, HTML: html, Lang: lang, Situation: reply.PhishingConfirmed, Signer: "Camille Roy",
			Ours: []string{"https://desk.example/1"}, Reported: []string{reported}, Question: "?", Acted: reply.Acts(),
		})
		length := utf8.RuneCountInString(text)
		if tone.Pass != (len(tone.Problems) == 0) || tone.Score < 0 || tone.Score > 1 {
			t.Errorf("%+v", tone)
		}
		for _, p := range tone.Problems {
			if p.Start < 0 || p.End < p.Start || p.End > length {
				t.Errorf("%s: place %d to %d of %d", p.Rule, p.Start, p.End, length)
			}
		}
	})
}
