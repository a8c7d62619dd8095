package desk_test

import (
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

func from(d *desktest.Desk, who string, original []byte) cases.ID {
	address := who + "@atelier.example"
	d.Clock = d.Clock.Add(time.Minute)
	return d.Mail(address, forward(who+" <"+address+">", "Strange?", original)).Case
}

// What a person of the team decided of a message is not contradicted by the
// product when somebody else reports the very same one.
func TestAPersonsVerdictBindsTheNextReportOfTheSameMessage(t *testing.T) {
	t.Parallel()
	for _, v := range []verdict.Verdict{verdict.Legitimate, verdict.Spam, verdict.Phishing} {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, d *desktest.Desk) {
				for _, original := range [][]byte{phish(), puzzling()} {
					if err := decide(t, d, from(d, "emma", original), v); err != nil {
						t.Fatal(err)
					}
					c, l := last(t, d, from(d, "tom", original))
					if c.Verdict != v || l.Verdict != v || c.State != cases.Answered {
						t.Errorf("told %q; the case is %s, %s, held for %q", l.Verdict, c.Verdict, c.State, c.Hold)
					}
				}
			})
		})
	}
}

// The same words from the same sender, but not the same bytes: a milder verdict
// of a person does not pass on by itself, and is not contradicted either.
func TestACopyOfWhatAPersonCalledGenuineIsLookedAt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		if err := decide(t, d, from(d, "emma", phish()), verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		copied := append([]byte("X-Copy: 1\r\n"), phish()...)
		c, l := last(t, d, from(d, "tom", copied))
		if c.State != cases.Waiting || c.Hold != cases.HoldUnsure || l.Situation != string(reply.NotSureYet) {
			t.Errorf("%s for %q, letter %s", c.State, c.Hold, l.Situation)
		}
	})
}

// One decision answers everybody who waits for it.
func TestOneDecisionAnswersAllWhoWait(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		all := []cases.ID{from(d, "emma", puzzling()), from(d, "tom", puzzling()), from(d, "lea", puzzling())}
		if err := decide(t, d, all[1], verdict.Spam); err != nil {
			t.Fatal(err)
		}
		for _, id := range all {
			c, l := last(t, d, id)
			if c.State != cases.Answered || l.Situation != string(reply.UnwantedAd) || l.State != letters.Sent {
				t.Errorf("case %d: %s, letter %s", c.Number, c.State, l.Situation)
			}
		}
	})
}

// "You are the first to tell us" is said once.
func TestFirstToTellIsSaidOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		_, first := last(t, d, from(d, "emma", phish()))
		_, second := last(t, d, from(d, "emma", append([]byte("X-Copy: 1\r\n"), phish()...)))
		if first.Text == second.Text {
			t.Error("the second letter says the same as the first")
		}
		w := wave(t, d, first)
		if w.Own {
			t.Error("the first report was taken for a second")
		}
		if w := wave(t, d, second); !w.Own {
			t.Error("the second report of the same person is not known as one")
		}
	})
}

// wave is what is known around the message that a letter answers.
func wave(t *testing.T, d *desktest.Desk, l letters.Letter) (w cases.Wave) {
	t.Helper()
	err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
		reports, err := cases.Reports(t.Context(), tx, l.Case)
		if err != nil {
			return err
		}
		w, err = cases.WaveAround(t.Context(), tx, reports[0].Campaign, reports[0].Person, reports[0].Created)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A mail that only claims to be somebody's is not theirs: it stands in none of
// their lists and changes nothing that is said to them.
func TestForgedMailIsNobodysHistory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		id := from(d, "emma", genuine())
		real, _ := d.Case(id)
		r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "I clicked!", phish()), EnvelopeFrom: "emma@atelier.example", RemoteIP: "203.0.113.9"})
		if err != nil {
			t.Fatal(err)
		}
		d.Do()
		forged, _ := d.Case(r.Case)
		if forged.Reporter != "" || forged.Hold != cases.HoldUnproved {
			t.Errorf("the forged mail is %q's, held for %q", forged.Reporter, forged.Hold)
		}
		err = d.DB.Read(t.Context(), func(tx *db.Tx) error {
			own, err := cases.OfPerson(t.Context(), tx, real.Reporter, 10, 0)
			if len(own) != 1 {
				t.Errorf("%d cases stand in the person's list, want 1", len(own))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Thanks end a conversation: they get no answer and open no promise.
func TestThanksAreNotAQuestion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		id := from(d, "emma", phish())
		_, l := last(t, d, id)
		d.Mail("emma@atelier.example", mailtest.New("Re: "+l.Subject, emma, desktest.Report).Header("Message-ID", "<thanks@atelier.example>").
			Header("In-Reply-To", "<"+l.MessageID+">").Text("Merci beaucoup !").Bytes())
		c, all := d.Case(id)
		if c.State != cases.Answered || c.Hold != cases.HoldNone || len(all) != 1 {
			t.Errorf("%s for %q, %d letters", c.State, c.Hold, len(all))
		}
	})
}
