package analysis_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

func analysed(lines ...string) analysis.Result {
	m := mail.Read([]byte(strings.Join(lines, "\r\n")), mail.DefaultBudget())
	return analysis.Analyze(context.Background(), analysis.Subject{Message: m, Now: m.Date})
}

func finding(r analysis.Result, id string) (verdict.Finding, bool) {
	i := slices.IndexFunc(r.Findings, func(f verdict.Finding) bool { return f.ID == id })
	if i < 0 {
		return verdict.Finding{}, false
	}
	return r.Findings[i], true
}

// Of all that speaks for a message, only what nobody can copy is a reason.
func TestTrustIsShownOnlyWithProof(t *testing.T) {
	t.Parallel()
	shown := 0
	for name, a := range golds(t) {
		all := judge(t, a).Findings
		for _, v := range verdict.All() {
			for _, f := range verdict.Reasons(all, v) {
				if f.Class != verdict.Trust {
					continue
				}
				shown++
				if !slices.Contains([]string{"auth.dmarc-pass", "auth.proved", "house.own", "house.known"}, f.ID) || v == verdict.Phishing {
					t.Errorf("%s, %s: %s is given as a reason", name, v, f.ID)
				}
			}
		}
	}
	if shown == 0 {
		t.Error("no proof is ever shown")
	}
}

// A button tells what the person sees, without the fields that a mail travels
// with: that they are missing is no clue. In a mail that travelled, it is.
func TestWhatASummaryLeavesOutIsNoClue(t *testing.T) {
	t.Parallel()
	body := []string{"From: Paie <paie@atelier.example>", "Subject: Bulletin", "", "Votre bulletin est en ligne."}
	summary := analysed(body...)
	travelled := analysed(slices.Insert(slices.Clone(body), 0, "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0000")...)
	for _, id := range []string{"sender.nobody", "sender.id-missing"} {
		if _, found := finding(summary, id); found {
			t.Errorf("%s is said of a summary", id)
		}
		if _, found := finding(travelled, id); !found {
			t.Errorf("%s is not said of a mail that travelled", id)
		}
	}
}

// A reason quotes the message as it stands there, where it asks, and in words
// that say what the reason says.
func TestReasonsQuoteTheMessage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ subject, body, id, want string }{
		"the first word, with its accents": {"Félicitations à vous", "Bonjour.", "text.prize", "Félicitations"},
		"a word that goes on":              {"Info", "Bonjour, vous avez été sélectionnée hier.", "text.prize", "vous avez été sélectionnée"},
		"the body before the subject":      {"Votre colis", "Bonjour, VOTRE COLIS attend.", "text.parcel", "VOTRE COLIS"},
		"what says it before what hints":   {"Enquête", "Répondez à notre enquête. Une récompense attend.", "text.prize", "récompense"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := analysed("From: a@b.example", "To: c@d.example", "Content-Type: text/plain; charset=utf-8", "Subject: "+c.subject, "", c.body)
			f, found := finding(r, c.id)
			if !found || f.Args["quote"] != c.want || f.Topic != (c.id == "text.parcel") {
				t.Errorf("%t, quote %q, want %q", found, f.Args["quote"], c.want)
			}
		})
	}
	survey := analysed("From: a@b.example", "To: c@d.example", "Content-Type: text/plain; charset=utf-8", "Subject: Enquête de satisfaction", "", "Répondez à notre enquête.")
	if f, found := finding(survey, "text.prize"); !found || !f.Topic || f.Args["quote"] == "enquete" {
		t.Errorf("a survey alone is shown as a prize: %+v", f)
	}
}
