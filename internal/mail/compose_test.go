package mail_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/mail"
)

func answer() mail.Outgoing {
	return mail.Outgoing{
		From:          mail.Address{Name: "Équipe Bienvu", Addr: "desk@firm.example"},
		ReplyTo:       mail.Address{Name: `The "desk", always`, Addr: "desk+42@firm.example"},
		To:            []mail.Address{{Name: "Ana", Addr: "ana@firm.example"}, {Addr: "bo@firm.example"}},
		Subject:       "Re: Votre colis est arrivé, et c'est un très long sujet qui ne tient pas sur une seule ligne du tout",
		Date:          time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3600)),
		MessageID:     "42.1@firm.example",
		InReplyTo:     "report@firm.example",
		References:    []string{"first@firm.example", "report@firm.example"},
		Language:      "fr",
		AutoSubmitted: "auto-replied",
		Text:          "Bonjour Ana,\n\nMerci ! Ce message était dangereux.\n.\nFrom here\n" + strings.Repeat("long ", 300) + "\n",
		HTML:          "<p>Bonjour Ana,</p><p>Merci&nbsp;! Ce message était dangereux.</p>",
		Boundary:      "b-42.1",
		Extra:         []mail.Field{{Name: "X-Case", Value: "42 é"}},
	}
}

func TestComposeIsReadBackAsItWasMeant(t *testing.T) {
	t.Parallel()
	want := answer()
	raw, err := mail.Compose(want)
	if err != nil {
		t.Fatal(err)
	}
	got := mail.Read(raw, mail.DefaultBudget())
	back := mail.Outgoing{
		From: got.Author(), ReplyTo: got.ReplyTo[0], To: got.To, Subject: got.Subject, Date: want.Date,
		MessageID: got.MessageID, InReplyTo: got.InReplyTo[0], References: got.References,
		Language: got.Get("Content-Language"), AutoSubmitted: got.Get("Auto-Submitted"),
		Text: got.Plain, HTML: got.HTML, Boundary: want.Boundary,
		Extra: []mail.Field{{Name: "X-Case", Value: got.Get("X-Case")}},
	}
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !got.Date.Equal(want.Date) || len(got.Defects) > 0 || got.Get("X-Auto-Response-Suppress") != "All" {
		t.Errorf("date %v, defects %v", got.Date, got.Defects)
	}
	if reason := mail.Automatic(got, ""); reason != "auto-submitted" {
		t.Errorf("our own automatic mail must be recognised, got %q", reason)
	}
}

func TestComposeKeepsTheLimitsOfLines(t *testing.T) {
	t.Parallel()
	raw, err := mail.Compose(answer())
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(raw, []byte("\n")) != bytes.Count(raw, []byte("\r\n")) || bytes.Count(raw, []byte("\r")) != bytes.Count(raw, []byte("\r\n")) {
		t.Error("a bare line end")
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 78 {
			t.Errorf("%d columns: %s", len(line), line)
		}
		for _, c := range []byte(line) {
			if c >= 0x80 {
				t.Errorf("not ASCII: %s", line)
			}
		}
	}
	again, _ := mail.Compose(answer())
	if !bytes.Equal(raw, again) {
		t.Error("the same mail was composed differently")
	}
}

func TestComposePlainTextOnly(t *testing.T) {
	t.Parallel()
	o := answer()
	o.HTML, o.Boundary, o.AutoSubmitted, o.InReplyTo, o.References = "", "", "", "", nil
	raw, err := mail.Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	m := mail.Read(raw, mail.DefaultBudget())
	if len(m.Parts) != 1 || m.Plain != o.Text || m.HTML != "" || m.Has("In-Reply-To") || mail.Automatic(m, "a@b.example") != "" {
		t.Errorf("%s", raw)
	}
}

func TestComposeCapsReferences(t *testing.T) {
	t.Parallel()
	o := answer()
	o.References = nil
	for i := range 500 {
		o.References = append(o.References, strings.Repeat("r", i%50+1)+"@x.example")
	}
	raw, err := mail.Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	refs := mail.Read(raw, mail.DefaultBudget()).References
	if len(refs) != 20 || refs[0] != o.References[0] || refs[19] != o.References[499] {
		t.Errorf("%d references: %v", len(refs), refs)
	}
}

func TestComposeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*mail.Outgoing){
		"line end in subject":       func(o *mail.Outgoing) { o.Subject = "a\r\nBcc: x@y.example" },
		"bare return in subject":    func(o *mail.Outgoing) { o.Subject = "a\rb" },
		"unicode line in subject":   func(o *mail.Outgoing) { o.Subject = "a\u2028b" },
		"line end in name":          func(o *mail.Outgoing) { o.To[0].Name = "a\nb" },
		"line end in address":       func(o *mail.Outgoing) { o.To[0].Addr = "a@b\n.example" },
		"two addresses in one":      func(o *mail.Outgoing) { o.To[0].Addr = "a@b.example,c@d.example" },
		"address with brackets":     func(o *mail.Outgoing) { o.To[0].Addr = "a@b.example>" },
		"no address":                func(o *mail.Outgoing) { o.To[0].Addr = "" },
		"line end in message ID":    func(o *mail.Outgoing) { o.MessageID = "a\r\nb@c" },
		"space in reference":        func(o *mail.Outgoing) { o.References = []string{"a b@c"} },
		"brackets in in-reply-to":   func(o *mail.Outgoing) { o.InReplyTo = "<a@b>" },
		"line end in language":      func(o *mail.Outgoing) { o.Language = "fr\nX: y" },
		"line end in extra value":   func(o *mail.Outgoing) { o.Extra[0].Value = "a\nb" },
		"line end in extra name":    func(o *mail.Outgoing) { o.Extra[0].Name = "X\nY" },
		"colon in extra name":       func(o *mail.Outgoing) { o.Extra[0].Name = "X:Y" },
		"extra field of our own":    func(o *mail.Outgoing) { o.Extra[0].Name = "subject" },
		"a hidden copy":             func(o *mail.Outgoing) { o.Extra[0].Name = "Bcc" },
		"bad UTF-8":                 func(o *mail.Outgoing) { o.Subject = "\xff" },
		"no boundary":               func(o *mail.Outgoing) { o.Boundary = "" },
		"quote in boundary":         func(o *mail.Outgoing) { o.Boundary = `a"b` },
		"boundary in text":          func(o *mail.Outgoing) { o.Text = "--b-42.1" },
		"no recipient":              func(o *mail.Outgoing) { o.To = nil },
		"no sender":                 func(o *mail.Outgoing) { o.From.Addr = "" },
		"no date":                   func(o *mail.Outgoing) { o.Date = time.Time{} },
		"no message ID":             func(o *mail.Outgoing) { o.MessageID = "" },
		"a message ID without end":  func(o *mail.Outgoing) { o.MessageID = strings.Repeat("a", 2000) },
		"auto-submitted with lines": func(o *mail.Outgoing) { o.AutoSubmitted = "x\r\n\r\nbody" },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := answer()
			spoil(&o)
			if raw, err := mail.Compose(o); err == nil {
				t.Errorf("it was written:\n%s", raw)
			}
		})
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("subject", "name", "a@b.example", "text", "X-Y", "value")
	f.Add("é\t=?utf-8?q?x?=", `a "b" \`, "é@b.example", "\r\n.\r\n--b", "x", strings.Repeat("long ", 99))
	f.Fuzz(func(t *testing.T, subject, name, addr, text, field, value string) {
		o := answer()
		o.Subject, o.To, o.Text = subject, []mail.Address{{Name: name, Addr: addr}}, text
		o.Extra = []mail.Field{{Name: field, Value: value}}
		plain, err := mail.Compose(answer())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := mail.Compose(o)
		if err != nil {
			return
		}
		want, got := mail.Read(plain, mail.Budget{}).Header, mail.Read(raw, mail.Budget{}).Header
		if len(want) != len(got) {
			t.Errorf("%d fields instead of %d:\n%s", len(got), len(want), raw)
		}
	})
}
