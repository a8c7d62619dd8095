package reply_test

import (
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/reply"
)

func TestPromiseIsSaidAsPeopleDo(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2031, 3, 28, 13, 0, 0, 0, zone) // a Friday
	for _, p := range []struct {
		promise time.Time
		en, fr  string
	}{
		{now.Add(150 * time.Minute), "before 15:30 today.", "avant 15\u00a0h\u00a030 aujourd’hui."},
		{now.Add(20 * time.Hour), "before 9:00 tomorrow.", "demain avant 9\u00a0h."},
		{now.Add(3*24*time.Hour - 3*time.Hour - 55*time.Minute), "before 9:05 on Monday.", "lundi avant 9\u00a0h\u00a005."},
		{now.Add(11 * 24 * time.Hour), "before 13:00 on Tuesday 8 April.", "mardi 8 avril avant 13\u00a0h."},
		{time.Date(2031, 5, 1, 8, 0, 0, 0, time.UTC), "before 9:00 on Thursday 1 May.", "jeudi 1er mai avant 9\u00a0h."},
		{now.Add(-time.Minute), "as soon as possible.", "dès que possible."},
	} {
		for lang, want := range map[string]string{"en": p.en, "fr": p.fr} {
			in := base(lang, reply.Vous, reply.NotSureYet)
			in.Now, in.Promise, in.Zone = now, p.promise, zone
			letter, err := reply.Compose(c, in)
			if err != nil || !strings.Contains(letter.Text, want) {
				t.Errorf("%v: %q is not in\n%s", err, want, letter.Text)
			}
		}
	}
}

func TestFewPeopleAreNeverCounted(t *testing.T) {
	t.Parallel()
	for n := 1; n < 5; n++ {
		in := base("en", reply.Vous, reply.PhishingConfirmed)
		in.Subject, in.Team.Phone = "", ""
		for _, wave := range []reply.Wave{{Earlier: n}, {Protected: n}, {First: true, Protected: n}} {
			in.Wave = wave
			letter, err := reply.Compose(catalogue(t), in)
			if err != nil {
				t.Fatal(err)
			}
			if body, _, _ := strings.Cut(letter.Text, "Camille"); strings.ContainsAny(body, "1234") {
				t.Errorf("%+v is counted in\n%s", wave, body)
			}
		}
	}
}

// TestStrangersWords puts markup, placeholders, line ends and live links in
// every field that somebody else can fill.
func TestStrangersWords(t *testing.T) {
	t.Parallel()
	evil := "Eve [a|b] {when}\r\nBcc: all@evil.example <script>x</script> http://evil.example/p"
	in := base("en", reply.Vous, reply.PhishingConfirmed)
	in.Subject, in.Reasons, in.Question = "RE: TR: "+evil, []string{evil}, evil
	letter, err := reply.Compose(catalogue(t), in)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(letter.Subject, "\r\n") || !strings.HasPrefix(letter.Subject, "Re: Eve [a|b] {when}") {
		t.Errorf("subject %q", letter.Subject)
	}
	for _, live := range []string{"evil.example", "http://evil", "<script"} {
		if strings.Contains(letter.HTML, live) || live != "<script" && strings.Contains(letter.Subject+letter.Text, live) {
			t.Errorf("%q is live", live)
		}
	}
}

func TestComposeFaults(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	in := base("en", reply.Vous, "no such thing")
	if _, err := reply.Compose(c, in); !fault.Is(err, fault.Invalid) {
		t.Errorf("unknown situation: %v", err)
	}
	in = base("en", reply.Vous, reply.FalseAlarm)
	in.Team.Signer = " "
	if _, err := reply.Compose(c, in); !fault.Is(err, fault.Invalid) || !c.Has("fr", fault.Of(err).Key) {
		t.Errorf("nobody signs: %v", err)
	}
}

func TestUnshippedLanguageIsAnsweredInEnglish(t *testing.T) {
	t.Parallel()
	letter, err := reply.Compose(catalogue(t), base("pt", reply.Vous, reply.FalseAlarm))
	if err != nil || letter.Lang != "en" || !strings.Contains(letter.HTML, `<html lang="en">`) {
		t.Errorf("%v %q", err, letter.Lang)
	}
}
