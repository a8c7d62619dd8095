package desk_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	findings "github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/desk/desktest"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/mail/mailtest"
	"github.com/bienvu/bienvu/internal/reply"
)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// A reason whose sentence fails the tone check holds the whole answer back:
// none of ours may.
func TestReasonsPassTheToneCheck(t *testing.T) {
	t.Parallel()
	words, err := i18n.Load(findings.Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		for _, id := range analysis.IDs() {
			sentence := placeholder.ReplaceAllString(words.T(lang, findings.Key(id, "reporter"), nil), "X")
			for _, p := range reply.Lint(lang, sentence) {
				t.Errorf("%s %s: %s: %q in %q", lang, id, p.Rule, p.Quote, sentence)
			}
		}
	}
}

// The answer cites what the message pushes to; those words are not ours, and
// must not hold the answer back.
func TestAnswerMayCiteTheMessage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desktest.Desk) {
		for words, push := range map[string]string{
			"Bonjour, ce message me semble bizarre, pouvez-vous regarder ?": "Cliquez ici",
			"Hello, this message looks odd to me, what do you think?":       "Click here",
		} {
			raw := mailtest.New("Account 4471", "Bank <alert@bank-rescue.example>", "emma@atelier.example").
				HTML(`<p>` + push + `</p><a href="http://192.0.2.7/connexion">192.0.2.7</a>`).Bytes()
			r := d.Mail("emma@atelier.example", forward(emma, words, raw))
			if c, l := last(t, d, r.Case); l.State != letters.Sent || !strings.Contains(l.Text, push) {
				t.Errorf("%s: %s, held for %q:\n%s\n%s", push, l.State, c.Hold, l.Tone, l.Text)
			}
		}
	})
}
