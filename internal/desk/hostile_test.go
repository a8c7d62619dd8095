package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/verdict"
)

// An identifier that can't be written in a header made the answer fail for
// good; now it is left out.
func TestOddMessageIDsAreStillAnswered(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{
		"an angle inside": "<<a>@atelier.example>", "a control": "<a\x01b@atelier.example>", "endless": "<" + strings.Repeat("x", 1200) + "@atelier.example>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, dbtest.SQLite(t))
			raw := "From: " + emma + "\r\nTo: " + desktest.Report + "\r\nMessage-ID: " + id + "\r\nReferences: <good@atelier.example> " + id +
				"\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nStrange?\r\n--b\r\n" +
				"Content-Type: message/rfc822\r\n\r\n" + string(phish()) + "\r\n--b--\r\n"
			r := d.Mail("emma@atelier.example", []byte(raw))
			_, l := last(t, d, r.Case)
			if l.State != letters.Sent || len(l.References) == 0 || l.References[0] != "good@atelier.example" {
				t.Errorf("the answer is %s (%s), after %q", l.State, l.Note, l.References)
			}
		})
	}
}

// What a client calls itself can be any bytes. PostgreSQL refused them, and
// with them the mail.
func TestAnyBytesOfAClientsNameAreTaken(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		for _, name := range []string{"pc-andr\xe9", "a\x00b"} {
			_, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "Strange?", phish()),
				EnvelopeFrom: name + "@atelier.example", To: []string{desktest.Report}, RemoteIP: desktest.Relay, Helo: name})
			if err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

// Anyone may ask for sign-in links in Emma's name: that must not use up the
// answers she gets in an hour.
func TestSignInLinksTakeNoAnswersAway(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Org.PersonCap = 5
		d.Mail("emma@atelier.example", forward(emma, "Strange?", puzzling()))
		for range 5 {
			if err := d.SignIn(t.Context(), "emma@atelier.example", "en"); err != nil {
				t.Fatal(err)
			}
		}
		r := d.Mail("emma@atelier.example", forward(emma, "And this?", phish()))
		if c, all := d.Case(r.Case); c.Hold == cases.HoldCap || len(all) != 1 {
			t.Errorf("held for %q with %d letters", c.Hold, len(all))
		}
	})
}

// Nobody may send the danger itself, not even by letting a held letter go.
func TestHeldDangerIsNotReleased(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "What is this?", puzzling()))
		if err := decide(t, d, r.Case, verdict.Spam); err != nil { // makes the responder known
			t.Fatal(err)
		}
		_, l := last(t, d, r.Case)
		hold := func(tone string) {
			err := d.DB.Write(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `UPDATE letters SET state = 'held', tone_pass = FALSE, tone = $2 WHERE id = $1`, l.ID, tone)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		hold(`{"problems": [{"rule": "danger-link"}]}`)
		if err := d.Release(t.Context(), l.ID, "responder"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a letter with the dangerous link was let go: %v", err)
		}
		hold(`{"problems": [{"rule": "length"}]}`)
		if err := d.Release(t.Context(), l.ID, "responder"); err != nil {
			t.Errorf("a letter that is only too long: %v", err)
		}
	})
}

// A genuine mail and its copy with a program attached, in the same sender's
// name: the verdict on the first says nothing of the second.
func TestGenuineVerdictDoesNotReachTheForgedCopy(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		bill := func(to string) *mailtest.Builder {
			return mailtest.New("Votre facture", "Énergie <facture@energie.example>", to).
				HTML(`<p>Bonjour, votre facture de mars est disponible dans votre espace client. Urgent : confirmez votre mot de passe immédiatement,
					sinon votre compte sera bloqué dans 24 heures. Merci de votre confiance.</p><a href="https://energie.example/espace">Mon espace</a>`)
		}
		genuine := d.Mail("emma@atelier.example", forward(emma, "Real?", bill("emma@atelier.example").Bytes()))
		copied := bill("tom@atelier.example").Attach("facture.pdf.exe", "application/octet-stream", []byte("MZ\x90\x00 not a bill")).Bytes()
		forged := d.Mail("tom@atelier.example", forward("Tom <tom@atelier.example>", "Strange?", copied))
		twin := d.Mail("lea@atelier.example", forward("Léa <lea@atelier.example>", "Real?", bill("lea@atelier.example").Bytes()))
		for _, r := range []desk.Receipt{forged, twin} {
			if err := decide(t, d, r.Case, verdict.Phishing); err != nil {
				t.Fatal(err)
			}
		}
		if err := decide(t, d, genuine.Case, verdict.Legitimate); err != nil {
			t.Fatal(err)
		}
		if _, l := last(t, d, forged.Case); l.Verdict != verdict.Phishing {
			t.Errorf("whoever got the program was told %q", l.Verdict)
		}
		if _, l := last(t, d, twin.Case); l.Verdict != verdict.Legitimate {
			t.Errorf("whoever got the same genuine mail was told %q", l.Verdict)
		}
	})
}

// Anyone may ask for links for addresses they make up: that has an end, and
// people who are known still get theirs.
func TestInventedAddressesAreNotMailedWithoutEnd(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		d.Clock = d.Clock.Add(2 * time.Hour)
		for i := range 150 {
			if err := d.SignIn(t.Context(), fmt.Sprintf("nobody%d@atelier.example", i), "en"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.SignIn(t.Context(), "emma@atelier.example", "en"); err != nil {
			t.Fatal(err)
		}
		d.Do()
		invented, hers := 0, 0
		for _, m := range d.Post.Mails() {
			if strings.HasPrefix(m.To, "nobody") {
				invented++
			}
			if strings.Contains(string(m.Raw), "/in/") && m.To == "emma@atelier.example" {
				hers++
			}
		}
		if invented != 100 || hers != 1 {
			t.Errorf("%d mails to invented addresses, %d links for Emma", invented, hers)
		}
	})
}

// The names of attached files are the sender's words, not ours: whatever they
// say, the answer leaves.
func TestAttachmentNamesDoNotHoldTheAnswer(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"DKIM SPF report.exe", "You should not have.pdf.exe", "il suffit.exe"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, dbtest.SQLite(t))
			lure := mailtest.New("Your invoice", "Accounts <accounts@invoices.example>", "emma@atelier.example").
				Text("Your account will be closed today. Open the attached invoice at once and confirm your password.").
				Attach(name, "application/octet-stream", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")).Bytes()
			r := d.Mail("emma@atelier.example", forward(emma, "Strange?", lure))
			if c, l := last(t, d, r.Case); l.State != letters.Sent || c.Hold == cases.HoldTone {
				t.Errorf("letter %s, held for %q: %s", l.State, c.Hold, l.Tone)
			}
		})
	}
}
