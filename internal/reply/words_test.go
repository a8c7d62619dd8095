package reply_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// text is the letter in both languages, one after the other.
func text(t *testing.T, s reply.Situation, set func(*reply.Input)) string {
	t.Helper()
	var both strings.Builder
	for _, lang := range []string{"en", "fr"} {
		in := base(lang, reply.Vous, s)
		set(&in)
		letter, err := reply.Compose(catalogue(t), in)
		if err != nil {
			t.Fatal(err)
		}
		both.WriteString(letter.Text)
	}
	return both.String()
}

// A letter claims nothing that did not happen: no doubt that nobody named, no
// deed that nobody told, no reader where a machine wrote, no clue without one.
func TestLettersClaimOnlyWhatIsTrue(t *testing.T) {
	t.Parallel()
	asks := func(in *reply.Input) { in.Question = "How do I add the button to my phone?" }
	nothing := func(*reply.Input) {}
	for name, c := range map[string]struct {
		situation reply.Situation
		set       func(*reply.Input)
		never     []string
	}{
		"no doubt is known":         {reply.FalseAlarm, nothing, []string{"odd", "doubt made", "surprendre"}},
		"nothing was done":          {reply.FalseAlarm, nothing, []string{"What you did", "avez fait avec"}},
		"advertising, nothing done": {reply.UnwantedAd, nothing, []string{"What you did", "avez fait avec"}},
		"no clue of the exercise":   {reply.SimulationSpotted, nothing, []string{"clues", "indices"}},
		"no reason":                 {reply.PhishingConfirmed, nothing, []string{"gave it away", "trahi"}},
		"nobody has read it":        {reply.HelpRequested, asks, []string{"read", "lu "}},
		"nor beside a report":       {reply.PhishingConfirmed, asks, []string{"read", "lu "}},
		"nor while we look":         {reply.Acknowledge, asks, []string{"read", "lu "}},
		"no question in a rescue":   {reply.Rescue, func(in *reply.Input) { in.Question = "I clicked, what should I do?" }, []string{"question"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := text(t, c.situation, c.set)
			for _, word := range c.never {
				if strings.Contains(got, word) {
					t.Errorf("%q stands in\n%s", word, got)
				}
			}
		})
	}
	got := text(t, reply.FalseAlarm, func(in *reply.Input) { in.Acted = []reply.Act{reply.Clicked} })
	if !strings.Contains(got, "What you did") || !strings.Contains(got, "avez fait avec") {
		t.Errorf("who clicked is not put at ease:\n%s", got)
	}
	got = text(t, reply.Corrected, func(in *reply.Input) { in.Old, in.New = verdict.Phishing, verdict.Legitimate })
	if strings.Contains(got, "What you did") {
		t.Errorf("a correction speaks of a deed that nobody told:\n%s", got)
	}
}
