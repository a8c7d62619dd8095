package desk_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/verdict"
)

// plants is an offer that the product can't be sure of. Its twin goes to
// somebody else; reworded, it comes from another sender, with another link.
func plants() *mailtest.Builder {
	return offer("Alex <alex@plants-west.example>", "https://plants-west.example/offer/spring.php", plain)
}

const plain = "Good morning, are you the person who takes care of the office plants? We bring fresh ones in March, water them every second week, " +
	"and take back what the winter has harmed. Ten offices in your street have been with us for years, and the first month is free."

var others = strings.NewReplacer("Good morning", "Hello", "takes care of", "looks after", "in March", "each spring", "is free", "costs nothing", "harmed", "spoiled")

func reworded() []byte {
	return offer("Chris <info@green-nord.example>", "https://green-nord.example/offer/spring.php", others.Replace(plain)).Bytes()
}

func offer(from, link, text string) *mailtest.Builder {
	return mailtest.New("Your office plants", from, "you@atelier.example").HTML("<table><tr><td><p>" + text + `</p><p><a href="` + link + `">Our offer</a></p></td></tr></table>`)
}

func reportOf(t *testing.T, d *desktest.Desk, id cases.ID) (r cases.Reported, w cases.Wave, kin []campaign.Kin) {
	t.Helper()
	err := d.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := cases.Reports(t.Context(), tx, id)
		if err != nil {
			return err
		}
		r = all[0]
		if w, err = cases.WaveAround(t.Context(), tx, r.Campaign, r.Person, r.Created); err != nil {
			return err
		}
		kin, err = campaign.KinOf(t.Context(), tx, cases.Everything, id, 5)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, w, kin
}

// A wave gathers across other words, senders and links, and says why.
func TestWavesGatherWhatWasReworded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		first, _, _ := reportOf(t, d, from(d, "emma", plants().Bytes()))
		second, w, kin := reportOf(t, d, from(d, "tom", reworded()))
		if first.Campaign == "" || first.Campaign != second.Campaign || w.Earlier != 1 {
			t.Errorf("campaigns %q and %q, %d reported it before", first.Campaign, second.Campaign, w.Earlier)
		}
		if len(kin) != 1 || kin[0].Case != first.Case || kin[0].Like.Twin || len(kin[0].Like.Why) < 2 {
			t.Errorf("it belongs with %+v", kin)
		}
		if other, _, _ := reportOf(t, d, from(d, "lea", phish())); other.Campaign == first.Campaign {
			t.Error("another mail is of the same campaign")
		}
	})
}

// What a person decided binds the next one of the very same letter. On what is
// only of the same campaign, or where something else speaks against it, the
// decision is a hint for a person.
func TestADecisionOnTheLikeIsAHint(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		early := from(d, "nour", reworded())
		decided := from(d, "emma", plants().Bytes())
		if err := decide(t, d, decided, verdict.Phishing); err != nil {
			t.Fatal(err)
		}
		for name, id := range map[string]cases.ID{
			"reported before":    early,
			"reworded":           from(d, "tom", reworded()),
			"with other dangers": from(d, "lea", plants().Header("Return-Path", "<bounces@mailer.example>").Bytes()),
		} {
			c, l := last(t, d, id)
			_, _, kin := reportOf(t, d, id)
			if c.State != cases.Waiting || l.Verdict != "" {
				t.Errorf("%s: %s, told %q", name, c.State, l.Verdict)
			}
			if len(kin) == 0 || kin[0].Case != decided || !kin[0].Decided || kin[0].Verdict != verdict.Phishing {
				t.Errorf("%s: the decision is no hint: %+v", name, kin)
			}
		}
		twin := from(d, "ines", plants().Header("X-Copy", "1").Bytes())
		if c, l := last(t, d, twin); c.State != cases.Answered || l.Verdict != verdict.Phishing {
			t.Errorf("the same letter: %s, told %q", c.State, l.Verdict)
		}
	})
}

const whatWasSaid = "Bonjour,\n\nVoici le compte rendu de la réunion de mardi. Nous avons parlé du budget, du nouveau four, " +
	"des horaires de la semaine prochaine et du repas de fin d'année. "

// What the product would call safe by itself waits for a person once one of the
// same campaign was called phishing.
func TestSafeIsNotSaidOfTheLikeOfPhishing(t *testing.T) {
	t.Parallel()
	notes := func(more string) []byte { return minutes(whatWasSaid + more + "\n\nPaul") }
	each(t, func(t *testing.T, d *desktest.Desk) {
		first := from(d, "emma", notes("À demain, bonne soirée."))
		if c, _ := d.Case(first); c.State != cases.Answered || c.Verdict != verdict.Legitimate {
			t.Fatalf("the first is %s, %s: it proves nothing", c.Verdict, c.State)
		}
		if err := decide(t, d, first, verdict.Phishing); err != nil {
			t.Fatal(err)
		}
		if c, l := last(t, d, from(d, "tom", notes("À lundi, et bon week-end à tous."))); c.State != cases.Waiting || l.Verdict != "" {
			t.Errorf("%s, told %q", c.State, l.Verdict)
		}
	})
}
