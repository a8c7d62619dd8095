package desk_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// The originals the tests report: one that the product is sure of each way,
// and one that it can't be sure of.
func phish() []byte {
	return mailtest.New("Votre compte est suspendu", "Votre banque <alerte@banque-secours.example>", "emma@atelier.example").
		HTML(`<p>Urgent : votre compte sera bloqué dans 24 heures. Confirmez votre mot de passe immédiatement.</p>
			<a href="http://192.0.2.7/connexion">https://www.banque.example/connexion</a>`).Bytes()
}

func genuine() []byte {
	return minutes("Bonjour Emma,\n\nVoici le compte rendu de la réunion de mardi. Dis-moi si j'ai oublié quelque chose.\n\nPaul")
}

func minutes(text string) []byte {
	return mailtest.New("Compte rendu de la réunion", "Paul Marin <paul@atelier.example>", "emma@atelier.example").
		Header("Authentication-Results", "mx.atelier.example; spf=pass smtp.mailfrom=paul@atelier.example; dkim=pass header.d=atelier.example; dmarc=pass header.from=atelier.example").
		Header("Received", "from mail.atelier.example (mail.atelier.example [198.51.100.4]) by mx.atelier.example with ESMTPS; Mon, 02 Mar 2026 09:00:00 +0100").
		Text(text).Bytes()
}

func puzzling() []byte {
	return mailtest.New("Hello", "Alex <alex@somewhere.example>", "emma@atelier.example").
		Text("Hello, are you the person who looks after the office plants? Best, Alex").Bytes()
}

var sent atomic.Int64

// forward is a mail of Emma's that carries originals.
func forward(from, words string, originals ...[]byte) []byte {
	n := sent.Add(1)
	b := mailtest.New("Fwd: ?", from, desktest.Report).Header("Message-ID", fmt.Sprintf("<f%d@atelier.example>", n)).Text(words)
	for i, one := range originals {
		b.Nest(fmt.Sprintf("m%d.eml", i), one)
	}
	return b.Bytes()
}

const emma = "Emma Petit <emma@atelier.example>"

func last(t *testing.T, d *desktest.Desk, id cases.ID) (cases.Case, letters.Letter) {
	t.Helper()
	c, all := d.Case(id)
	if len(all) == 0 {
		t.Fatalf("no letter; the case is %s, held for %q", c.State, c.Hold)
	}
	return c, all[len(all)-1]
}

func each(t *testing.T, run func(t *testing.T, d *desktest.Desk)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, desktest.New(t, d)) })
}

func TestPhishingIsAnsweredInTheReportersLanguage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Bonjour, ce message me semble bizarre, pouvez-vous regarder ?", phish()))
		c, l := last(t, d, r.Case)
		if c.Verdict != verdict.Phishing || c.State != cases.Answered || c.Hold != cases.HoldNone {
			t.Errorf("case: %s, %s, %q", c.Verdict, c.State, c.Hold)
		}
		if l.Language != "fr" || l.Situation != string(reply.PhishingConfirmed) || l.State != letters.Sent || !strings.Contains(l.Text, "Emma") {
			t.Errorf("letter: %s, %s, %s:\n%s", l.Language, l.Situation, l.State, l.Text)
		}
		if len(d.Post.Mails()) != 1 {
			t.Fatalf("%d mails left, want 1", len(d.Post.Mails()))
		}
		out := mail.Read(d.Post.Mails()[0].Raw, mail.DefaultBudget())
		if out.Get("Auto-Submitted") != "auto-replied" || len(out.InReplyTo) != 1 || !strings.HasSuffix(out.InReplyTo[0], "@atelier.example") {
			t.Errorf("marks of the answer: %q, in reply to %v", out.Get("Auto-Submitted"), out.InReplyTo)
		}
		if strings.Contains(string(out.Raw), "192.0.2.7/connexion") {
			t.Error("the answer repeats the dangerous link")
		}
	})
}

func TestGenuineMailIsSaidToBeGenuine(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Is this real? I was not expecting it from him.", genuine()))
		c, l := last(t, d, r.Case)
		if c.Verdict != verdict.Legitimate || l.Situation != string(reply.FalseAlarm) || l.Language != "en" {
			t.Errorf("%s, %s in %s, held for %q", c.Verdict, l.Situation, l.Language, c.Hold)
		}
	})
}

func TestUnsureGoesToAPersonAndNamesATime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "I don't know this sender, what should I do?", puzzling()))
		c, l := last(t, d, r.Case)
		if c.State != cases.Waiting || c.Hold != cases.HoldUnsure || l.Situation != string(reply.NotSureYet) || l.Verdict != "" {
			t.Errorf("%s for %q, %s telling %q", c.State, c.Hold, l.Situation, l.Verdict)
		}
		if want := d.Clock.Add(d.Org.Promise); !c.Promised.Equal(want) || !strings.Contains(l.Text, "11:00") {
			t.Errorf("promised %v, want %v:\n%s", c.Promised, want, l.Text)
		}
	})
}

// Invariant: nobody outside the organisation is ever answered automatically,
// nor anybody who can't prove to be who they say; no loop.
func TestWhoIsNeverAnswered(t *testing.T) {
	t.Parallel()
	alone := func(b *mailtest.Builder) []byte { return b.Nest("m.eml", phish()).Bytes() }
	mine := func() *mailtest.Builder { return mailtest.New("?", emma, desktest.Report).Text("Strange?") }
	for name, c := range map[string]struct {
		raw      []byte
		envelope string
		ip       string
		why      cases.Hold
	}{
		"a stranger":              {alone(mailtest.New("?", "Eve <eve@outside.example>", desktest.Report)), "eve@outside.example", desktest.Relay, cases.HoldUnknownSender},
		"a look-alike domain":     {alone(mailtest.New("?", "Emma <emma@notatelier.example>", desktest.Report)), "emma@notatelier.example", desktest.Relay, cases.HoldUnknownSender},
		"ourselves":               {alone(mailtest.New("?", "Team <team@atelier.example>", desktest.Report)), "team@atelier.example", desktest.Relay, cases.HoldUnknownSender},
		"our own report address":  {alone(mailtest.New("?", "x <Report+9@atelier.example>", desktest.Report)), "report@atelier.example", desktest.Relay, cases.HoldUnknownSender},
		"no proof":                {alone(mine()), "emma@atelier.example", "203.0.113.9", cases.HoldUnproved},
		"the relay says it fails": {alone(mine().Top("Authentication-Results", "mx.atelier.example; dmarc=fail header.from=atelier.example")), "emma@atelier.example", desktest.Relay, cases.HoldUnproved},
		"the null sender":         {alone(mine()), "", desktest.Relay, cases.HoldAutomatic},
		"an auto-reply":           {alone(mine().Header("Auto-Submitted", "auto-replied")), "emma@atelier.example", desktest.Relay, cases.HoldAutomatic},
		"a list":                  {alone(mine().Header("List-Id", "<all.atelier.example>")), "emma@atelier.example", desktest.Relay, cases.HoldAutomatic},
		"bulk":                    {alone(mine().Header("Precedence", "bulk")), "emma@atelier.example", desktest.Relay, cases.HoldAutomatic},
		"another desk's own mark": {alone(mine().Header("X-Auto-Response-Suppress", "All")), "emma@atelier.example", desktest.Relay, cases.HoldAutomatic},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, dbtest.SQLite(t))
			r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: c.raw, EnvelopeFrom: c.envelope, To: []string{desktest.Report}, RemoteIP: c.ip})
			if err != nil {
				t.Fatal(err)
			}
			d.Do()
			if err := d.Hand.DoLate(t.Context(), d.Desk); err != nil {
				t.Fatal(err)
			}
			got, all := d.Case(r.Case)
			if got.Hold != c.why || got.State != cases.Waiting {
				t.Errorf("%s for %q, want waiting for %q", got.State, got.Hold, c.why)
			}
			if len(all) != 0 || len(d.Post.Mails()) != 0 {
				t.Errorf("%d letters were written, %d left", len(all), len(d.Post.Mails()))
			}
		})
	}
}

// Invariant: what was answered is never answered twice, however often the mail
// comes and the jobs run.
func TestSameMailTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		raw := forward(emma, "Look?", phish())
		first := d.Mail("emma@atelier.example", raw)
		second := d.Mail("emma@atelier.example", raw)
		if !second.Again || second.Case != first.Case {
			t.Errorf("the second delivery opened another case: %+v after %+v", second, first)
		}
		for range 2 {
			if err := d.Assess(t.Context(), first.Delivery); err != nil {
				t.Fatal(err)
			}
			d.Do()
			_, l := last(t, d, first.Case)
			if err := d.Send(t.Context(), l.ID); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(d.Post.Mails()); n != 1 {
			t.Errorf("%d mails left, want 1", n)
		}
	})
}

func TestSomeoneWhoClickedComesFirst(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "J'ai cliqué sur le lien et j'ai tapé mon mot de passe, que faire ?", phish()))
		c, l := last(t, d, r.Case)
		if !c.Urgent || c.State != cases.Waiting || c.Hold != cases.HoldActed || !c.Has("password") {
			t.Errorf("urgent %v, %s for %q, acted %v", c.Urgent, c.State, c.Hold, c.Acted)
		}
		if s := reply.Situation(l.Situation); s != reply.ActedOnDanger && s != reply.Rescue {
			t.Errorf("the letter is %s", s)
		}
	})
}

func TestQuestionOpensAConversation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", mailtest.New("Mot de passe", emma, desktest.Report).
			Text("Bonjour, comment installer le gestionnaire de mots de passe sur mon téléphone ? Merci").Bytes())
		c, l := last(t, d, r.Case)
		if c.Kind != cases.Question || c.Hold != cases.HoldQuestion || l.Situation != string(reply.HelpRequested) {
			t.Errorf("%s held for %q, letter %s", c.Kind, c.Hold, l.Situation)
		}
	})
}

// What the letter promises, the desk keeps: a question beside a report waits
// for a person, with its time, though the verdict left at once.
func TestQuestionBesideAReport(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Is this real? And how do I get the report button on my phone?", phish()))
		c, l := last(t, d, r.Case)
		if l.Situation != string(reply.PhishingConfirmed) || c.Hold != cases.HoldQuestion || c.State != cases.Waiting || !c.Promised.Equal(d.Clock.Add(d.Org.Promise)) {
			t.Errorf("letter %s; case %s for %q, promised %v", l.Situation, c.State, c.Hold, c.Promised)
		}
		if !strings.Contains(l.Text, "11:00") {
			t.Errorf("the letter names no time for the answer:\n%s", l.Text)
		}
	})
}

func TestReplyStaysInItsCase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		_, l := last(t, d, r.Case)
		answer := func(from, id string) []byte {
			return mailtest.New("Re: "+l.Subject, from, desktest.Report).Header("Message-ID", "<"+id+"@atelier.example>").
				Header("In-Reply-To", "<"+l.MessageID+">").Text("Thank you. May I delete it now?").Bytes()
		}
		same := d.Mail("emma@atelier.example", answer(emma, "r1"))
		if same.Case != r.Case {
			t.Error("the person's reply opened a new case")
		}
		if c, _ := d.Case(r.Case); c.State != cases.Waiting || c.Hold != cases.HoldReply {
			t.Errorf("after the reply: %s for %q", c.State, c.Hold)
		}
		other := d.Mail("tom@atelier.example", answer("Tom <tom@atelier.example>", "r2"))
		if other.Case == r.Case {
			t.Error("somebody else's mail landed in the case")
		}
		fresh := d.Mail("emma@atelier.example", forward(emma, "And this one?", puzzling()))
		if fresh.Case == r.Case {
			t.Error("a new matter landed in the old case")
		}
	})
}

func decide(t *testing.T, d *desktest.Desk, id cases.ID, v verdict.Verdict) error {
	t.Helper()
	var by people.Person
	err := d.DB.Write(t.Context(), func(tx *db.Tx) error {
		account, err := people.EnsureAccount(t.Context(), tx, people.Account{ID: "a", Name: "Team"}, d.Clock)
		if err != nil {
			return err
		}
		by, err = people.Ensure(t.Context(), tx, people.Person{ID: "responder", Account: account.ID, Address: "camille@atelier.example", Name: "Camille Roux", Since: d.Clock})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Clock = d.Clock.Add(time.Minute)
	err = d.Decide(t.Context(), desk.Decision{Case: id, Verdict: v, By: by.ID, Signer: "Camille"})
	d.Do()
	return err
}

func TestEveryVerdictCanBeGivenByAPerson(t *testing.T) {
	t.Parallel()
	for _, v := range []verdict.Verdict{verdict.Phishing, verdict.Spam, verdict.Legitimate, verdict.Simulation} {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, dbtest.SQLite(t))
			r := d.Mail("emma@atelier.example", forward(emma, "What is this?", puzzling()))
			p, err := d.Prepare(t.Context(), desk.Decision{Case: r.Case, Verdict: v, Signer: "Camille"})
			if err != nil || !p.Tone.Pass {
				t.Fatalf("prepared: %v, %+v\n%s", err, p.Tone.Problems, p.Text)
			}
			if err := decide(t, d, r.Case, v); err != nil {
				t.Fatal(err)
			}
			c, l := last(t, d, r.Case)
			if c.State != cases.Answered || c.Verdict != v || l.Verdict != v || l.State != letters.Sent || l.ApprovedBy != "responder" {
				t.Errorf("%s %s; letter tells %s, %s, by %q", c.State, c.Verdict, l.Verdict, l.State, l.ApprovedBy)
			}
		})
	}
}

// Somebody of the team who is not sure says so, names a time and keeps the case.
func TestUnsureByAPerson(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		if err := decide(t, d, r.Case, verdict.Unsure); err != nil {
			t.Fatal(err)
		}
		c, l := last(t, d, r.Case)
		if c.State != cases.Waiting || c.Hold != cases.HoldUnsure || !c.Promised.Equal(d.Clock.Add(d.Org.Promise)) || l.Situation != string(reply.Corrected) {
			t.Errorf("%s for %q, promised %v, letter %s", c.State, c.Hold, c.Promised, l.Situation)
		}
		if err := decide(t, d, r.Case, verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		if c, l = last(t, d, r.Case); c.State != cases.Answered || l.Situation != string(reply.FalseAlarm) {
			t.Errorf("then: %s, letter %s", c.State, l.Situation)
		}
	})
}

// Invariant: a changed verdict reaches everyone who was told otherwise, once.
func TestCorrectionReachesAllWhoWereToldOtherwiseOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		var all []cases.ID
		for _, who := range []string{"emma", "tom", "lea"} {
			from := who + "@atelier.example"
			r := d.Mail(from, forward(who+" <"+from+">", "Strange?", phish()))
			all = append(all, r.Case)
			d.Clock = d.Clock.Add(time.Minute)
		}
		other := d.Mail("max@atelier.example", forward("Max <max@atelier.example>", "Is this real?", genuine()))
		before := len(d.Post.Mails())
		if err := decide(t, d, all[1], verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		for _, id := range all {
			c, l := last(t, d, id)
			if c.Verdict != verdict.Legitimate || l.Situation != string(reply.Corrected) || l.Verdict != verdict.Legitimate {
				t.Errorf("case %d: %s, last letter %s telling %s", c.Number, c.Verdict, l.Situation, l.Verdict)
			}
		}
		if got := len(d.Post.Mails()) - before; got != 3 {
			t.Errorf("%d corrections left, want 3", got)
		}
		if _, letters := d.Case(other.Case); len(letters) != 1 {
			t.Errorf("a person with another message got %d letters", len(letters))
		}
		if err := decide(t, d, all[0], verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		if got := len(d.Post.Mails()) - before; got != 4 {
			t.Errorf("the same verdict again wrote to others too: %d mails", got)
		}
	})
}

// Invariant: no sentence leaves without a tone check that passed.
func TestTextThatFailsTheToneCheckIsNotSent(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "What is this?", puzzling()))
		before := len(d.Post.Mails())
		err := d.Decide(t.Context(), desk.Decision{Case: r.Case, Verdict: verdict.Legitimate, Text: "It was nothing. You should not have reported this."})
		d.Do()
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("the text was accepted: %v", err)
		}
		if c, _ := d.Case(r.Case); c.State != cases.Waiting || len(d.Post.Mails()) != before {
			t.Errorf("the case is %s and %d mails left", c.State, len(d.Post.Mails())-before)
		}
	})
}

func TestAcknowledgedWhenTheAnalysisTakesLong(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "Strange, isn't it?", puzzling()), EnvelopeFrom: "emma@atelier.example", RemoteIP: desktest.Relay})
		if err != nil {
			t.Fatal(err)
		}
		assess := *d.Hand // the analysers are down: only the clock works
		*d.Hand = desk.ByHand{Late: d.Hand.Late}
		if err := d.Hand.DoLate(t.Context(), d.Desk); err != nil {
			t.Fatal(err)
		}
		if _, l := last(t, d, r.Case); l.Situation != string(reply.Acknowledge) || l.State != letters.Sent {
			t.Fatalf("letter: %s, %s", l.Situation, l.State)
		}
		*d.Hand = assess
		d.Do()
		if _, all := d.Case(r.Case); len(all) != 1 {
			t.Errorf("%d letters say that a person is looking, want 1", len(all))
		}
	})
}

func TestCaps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Org.PersonCap = 3
		var held int
		for range 5 {
			r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
			if c, _ := d.Case(r.Case); c.Hold == cases.HoldCap {
				held++
			}
		}
		if n := len(d.Post.Mails()); n != 3 || held != 2 {
			t.Errorf("%d mails left and %d cases wait, want 3 and 2", n, held)
		}
	})
}
