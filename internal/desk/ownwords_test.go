package desk_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

func TestAQuestionIsAnsweredInOwnWords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("emma@atelier.example", mailtest.New("Phone", emma, desktest.Report).
			Text("Hello, how do I get the report button on my phone? Thank you, Emma").Bytes())
		c, _ := d.Case(r.Case)
		ask := desk.Decision{Case: r.Case, By: c.Reporter, Signer: "Tom"}
		frame, err := d.PrepareWords(t.Context(), ask)
		if err != nil || !frame.Tone.Pass || !strings.Contains(frame.Text, "Emma") {
			t.Fatalf("the frame: %v, %+v", err, frame)
		}
		before := len(d.Post.Mails())
		if err := d.Write(t.Context(), ask); !fault.Is(err, fault.Invalid) {
			t.Errorf("no words: %v", err)
		}
		ask.Text = frame.Text
		if err := d.Write(t.Context(), ask); !fault.Is(err, fault.Invalid) {
			t.Errorf("the mere frame: %v", err)
		}
		ask.Text = "As explained in the policy, you should have known."
		if err := d.Write(t.Context(), ask); !fault.Is(err, fault.Invalid) {
			t.Errorf("words that hurt: %v", err)
		}
		ask.Text = strings.Replace(frame.Text, "here is my answer.", "here is my answer.\n\nOpen the store on your phone and look for our name. It takes a minute.", 1)
		ask.Seen = c.Updated.Add(-1)
		if err := d.Write(t.Context(), ask); !fault.Is(err, fault.Conflict) {
			t.Errorf("a case that changed: %v", err)
		}
		d.Do()
		if n := len(d.Post.Mails()); n != before {
			t.Fatalf("%d mails left", n-before)
		}
		ask.Seen = c.Updated
		if err := d.Write(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
		d.Do()
		c, l := last(t, d, r.Case)
		if c.State != cases.Answered || c.Hold != cases.HoldNone || c.Answered.IsZero() || l.Verdict != "" || !strings.Contains(l.Text, "Open the store") || !strings.Contains(l.Text, "Tom") {
			t.Errorf("%s held for %q; told %q:\n%s", c.State, c.Hold, l.Verdict, l.Text)
		}
		if n := len(d.Post.Mails()); n != before+1 {
			t.Errorf("%d mails left, want 1", n-before)
		}
	})
}

func TestStrangersGetNoWords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		r := d.Mail("eve@outside.example", mailtest.New("?", "Eve <eve@outside.example>", desktest.Report).Text("Hello?").Bytes())
		if err := d.Write(t.Context(), desk.Decision{Case: r.Case, Text: "Thank you for writing to us. Hello."}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a letter to a stranger: %v", err)
		}
	})
}
