package desk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

func TestSendingStates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fake  *post.Fake
		state letters.State
		hold  cases.Hold
		err   bool
		mails int
	}{
		"taken":             {fake: &post.Fake{}, state: letters.Sent, mails: 1},
		"away":              {fake: &post.Fake{Refuse: refuse(fault.Unavailable)}, state: letters.Ready, err: true},
		"refused for good":  {fake: &post.Fake{Refuse: refuse(fault.Invalid)}, state: letters.Failed, hold: cases.HoldFailed},
		"line lost, known":  {fake: &post.Fake{Lose: func(post.Mail) bool { return true }}, state: letters.Sent, mails: 1},
		"line lost, unsure": {fake: &post.Fake{Lose: func(post.Mail) bool { return true }, Blind: true}, state: letters.Doubtful, hold: cases.HoldDoubtful, mails: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desktest.New(t, dbtest.SQLite(t))
			d.Desk.Sender = c.fake
			r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "Strange?", phish()), EnvelopeFrom: "emma@atelier.example", RemoteIP: desktest.Relay})
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Hand.Do(t.Context(), d.Desk); (err != nil) != c.err {
				t.Fatalf("sending: %v", err)
			}
			got, l := last(t, d, r.Case)
			if l.State != c.state || got.Hold != c.hold || len(c.fake.Mails()) != c.mails {
				t.Errorf("letter %s, hold %q, %d mails", l.State, got.Hold, len(c.fake.Mails()))
			}
		})
	}
}

func refuse(kind fault.Kind) func(post.Mail) error {
	return func(post.Mail) error { return fault.New(kind, "fault.test", nil) }
}

func TestFeedback(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		c, _ := d.Case(r.Case)
		if err := d.Rate(t.Context(), cases.Feedback{Case: c.ID, Person: c.Reporter, Helped: true}); err != nil {
			t.Fatal(err)
		}
		if c, _ = d.Case(r.Case); c.State != cases.Answered {
			t.Errorf("thanks reopened the case: %s", c.State)
		}
		if err := d.Rate(t.Context(), cases.Feedback{Case: c.ID, Person: c.Reporter, Sentence: "I still don't know if I may delete it."}); err != nil {
			t.Fatal(err)
		}
		if c, _ = d.Case(r.Case); c.State != cases.Waiting || c.Hold != cases.HoldFeedback {
			t.Errorf("after “no”: %s for %q", c.State, c.Hold)
		}
	})
}

func TestClickedFromTheLetter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		c, _ := d.Case(r.Case)
		for range 2 {
			if err := d.Acted(t.Context(), c.ID, c.Reporter, "clicked"); err != nil {
				t.Fatal(err)
			}
			d.Do()
		}
		c, all := d.Case(r.Case)
		if !c.Urgent || c.Hold != cases.HoldActed || c.State != cases.Waiting || len(all) != 2 {
			t.Errorf("urgent %v, %s for %q, %d letters", c.Urgent, c.State, c.Hold, len(all))
		}
	})
}

func TestUploadGoesTheSameWay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		first := d.Mail("emma@atelier.example", forward(emma, "Strange?", phish()))
		c, _ := d.Case(first.Case)
		who := people.Person{ID: c.Reporter, Address: "emma@atelier.example", Name: `Emma "E" <Petit>`}
		raw, err := d.Wrap(desk.Upload{From: who, Comment: "Et celui-ci, est-il vrai ?", Name: "réunion \"1\".eml", File: genuine()}, d.Clock)
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.ByWeb, Raw: raw, Person: who.ID, Language: "fr"})
		if err != nil {
			t.Fatal(err)
		}
		d.Do()
		got, l := last(t, d, r.Case)
		if got.Verdict != verdict.Legitimate || l.Language != "fr" || l.InReplyTo != "" {
			t.Errorf("%s held for %q, in %s, in reply to %q", got.Verdict, got.Hold, l.Language, l.InReplyTo)
		}
	})
}

func TestSignInLink(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		for _, address := range []string{"new@atelier.example", "eve@outside.example", "team@atelier.example"} {
			if err := d.SignIn(context.WithoutCancel(t.Context()), address, "fr"); err != nil {
				t.Fatal(err)
			}
			d.Do()
		}
		if n := len(d.Post.Mails()); n != 1 || d.Post.Mails()[0].To != "new@atelier.example" {
			t.Errorf("%d links were mailed: %v", n, d.Post.Mails())
		}
		if !strings.Contains(string(d.Post.Mails()[0].Raw), "/in/") {
			t.Error("the mail holds no link")
		}
	})
}

// A reporter whose copy is behind a password hears how to send it again.
func TestLockedOriginal(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", mailtest.New("Suspicious", emma, desktest.Report).Text("Here it is, what do you think of it?").
			Attach("original.zip", "application/zip", lockedZip()).Bytes())
		c, l := last(t, d, r.Case)
		if c.Hold != cases.HoldUnreadable || l.Situation != string(reply.Locked) || l.State != letters.Sent {
			t.Errorf("held for %q, letter %s, %s", c.Hold, l.Situation, l.State)
		}
	})
}

// lockedZip is a zip of one .eml whose flags say that it is encrypted.
func lockedZip() []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, _ := w.CreateRaw(&zip.FileHeader{Name: "message.eml", Flags: 1, Method: zip.Store, CompressedSize64: 12, UncompressedSize64: 12})
	_, _ = f.Write([]byte("twelve bytes"))
	_ = w.Close()
	return b.Bytes()
}

// A letter of ours that fails our own tone check waits on the desk, and the
// person hears all the same that somebody looks, and by when.
func TestAnswerThatFailsTheToneCheckLeavesNobodyInSilence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		d.Words = blaming(t, d.Words)
		r := d.Mail("emma@atelier.example", forward(emma, "I don't know about this one, what do you think?", phish()))
		c, all := d.Case(r.Case)
		if len(all) != 2 || all[0].State != letters.Held || all[1].Situation != string(reply.NotSureYet) || all[1].State != letters.Sent {
			t.Fatalf("letters: %+v", all)
		}
		if c.State != cases.Waiting || c.Hold != cases.HoldTone || !c.Promised.Equal(d.Clock.Add(d.Org.Promise)) || len(d.Post.Mails()) != 1 {
			t.Errorf("%s for %q, promised %v, %d mails", c.State, c.Hold, c.Promised, len(d.Post.Mails()))
		}
	})
}

// blaming is the catalogue with one sentence that blames the reader.
func blaming(t *testing.T, c *i18n.Catalogue) *i18n.Catalogue {
	t.Helper()
	words := map[string]string{}
	for _, key := range c.Keys("en") {
		words[key] = c.T("en", key, nil)
	}
	words["reply.open.spotted.first"] = "Well spotted{v}, but you should not have opened it!"
	raw, err := json.Marshal(words)
	if err != nil {
		t.Fatal(err)
	}
	spoilt, err := i18n.Load(fstest.MapFS{"all.en.json": {Data: raw}})
	if err != nil {
		t.Fatal(err)
	}
	return spoilt
}

// A mail server that is away for long is seen on the desk, and what was stuck
// goes by itself when it is back.
func TestWatchShowsWhatIsStuck(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		away := true
		d.Desk.Sender = &post.Fake{Refuse: func(post.Mail) error {
			if away {
				return fault.New(fault.Unavailable, "fault.post-away", nil)
			}
			return nil
		}}
		r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "Strange?", phish()), EnvelopeFrom: "emma@atelier.example", RemoteIP: desktest.Relay})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Hand.Do(t.Context(), d.Desk); err == nil {
			t.Fatal("the server took the mail")
		}
		look := func() cases.Case {
			d.Clock = d.Clock.Add(70 * time.Minute)
			if err := d.Watch(t.Context()); err != nil {
				t.Fatal(err)
			}
			c, _ := d.Case(r.Case)
			return c
		}
		if c := look(); c.State != cases.Waiting || c.Hold != cases.HoldUnsent {
			t.Errorf("while the server is away: %s for %q", c.State, c.Hold)
		}
		away = false
		d.Do()
		if c, l := last(t, d, r.Case); c.State != cases.Answered || c.Hold != cases.HoldNone || l.State != letters.Sent {
			t.Errorf("when it is back: %s for %q, letter %s", c.State, c.Hold, l.State)
		}
	})
}

func TestWatchTakesUpAForgottenAssessment(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r, err := d.Receive(t.Context(), desk.Incoming{Channel: cases.BySMTP, Raw: forward(emma, "Strange?", phish()), EnvelopeFrom: "emma@atelier.example", RemoteIP: desktest.Relay})
		if err != nil {
			t.Fatal(err)
		}
		*d.Hand = desk.ByHand{} // the queue gave up
		d.Clock = d.Clock.Add(time.Hour)
		if err := d.Watch(t.Context()); err != nil {
			t.Fatal(err)
		}
		if c, _ := d.Case(r.Case); c.Hold != cases.HoldStuck {
			t.Errorf("held for %q", c.Hold)
		}
		d.Do()
		if c, l := last(t, d, r.Case); c.State != cases.Answered || l.State != letters.Sent {
			t.Errorf("afterwards: %s for %q, letter %s", c.State, c.Hold, l.State)
		}
	})
}
