package web

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// prepare is the answer that fits a verdict, for review; with a text of the
// person's own, what the tone check says of it.
func (v *visit) prepare(c cases.Case, chosen verdict.Verdict, text string) (page.Draft, error) {
	decision := desk.Decision{Case: c.ID, Verdict: chosen, By: v.who.Person, Sight: v.sight(login.CaseDecide), Signer: v.person.Name, Text: text}
	prepare := v.Desk.Prepare
	if chosen == page.OwnWords {
		prepare, decision.Verdict = v.Desk.PrepareWords, ""
	}
	p, err := prepare(v.ctx, decision)
	if err != nil {
		return page.Draft{}, err
	}
	d := page.Draft{
		Verdict: chosen, Own: chosen == page.OwnWords, Correction: p.Told != "" && p.Told != chosen, Recipients: 1 + p.Others, Lang: p.Lang, Subject: p.Subject,
		Text: p.Text, Words: p.Tone.Words, Readable: int(math.Round(p.Tone.Readability)), Version: stamp(p.Version), Nobody: c.Reporter == "",
	}
	if text != "" {
		d.Text = text
	}
	if d.Nobody {
		return d, nil // nothing leaves, so there is nothing to check
	}
	for _, problem := range p.Tone.Problems {
		d.Problems = append(d.Problems, v.toneProblem(problem))
	}
	return d, nil
}

func (v *visit) toneProblem(p reply.Problem) page.ToneProblem {
	return page.ToneProblem{Quote: p.Quote, Why: v.t(p.Why, nil), Suggest: v.t(p.Suggestion, nil)}
}

// stamp and unstamp carry the moment of a case's last change through a form.
func stamp(at time.Time) string { return strconv.FormatInt(db.Micros(at), 10) }

func unstamp(text string) time.Time {
	at, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return db.Time(at)
}

// answerCase checks a text, or decides the case and sends it. Whatever stands
// in the way, the text is kept.
func (s *site) answerCase(v *visit) error {
	c, err := v.decidable(login.CaseDecide)
	if err != nil {
		return err
	}
	form := v.postForm()
	text := strings.TrimSpace(strings.ReplaceAll(cut(form.Get("text"), mostWords), "\r\n", "\n"))
	chosen := verdict.Verdict(form.Get("verdict"))
	if !choosable(chosen) {
		return fault.New(fault.Invalid, "fault.bad-verdict", nil)
	}
	if form.Get("do") == "check" {
		return v.again(c, chosen, text, http.StatusOK, "")
	}
	seen := unstamp(form.Get("version"))
	before, err := v.prepare(c, chosen, text)
	if err != nil {
		return err
	}
	err = v.decide(desk.Decision{
		Case: c.ID, Verdict: chosen, By: v.who.Person, Sight: v.sight(login.CaseDecide), Signer: v.person.Name, Text: text, Seen: seen,
		Anyway: form.Get("override") == "yes",
	})
	switch f := fault.Of(err); {
	case err == nil:
		return v.goTo("/desk/" + string(c.ID) + "?tab=" + string(tabOf(c)) + "&done=" + done(before))
	case f.Kind == fault.Conflict:
		return v.again(c, chosen, text, http.StatusConflict, v.whatChanged(c, seen))
	case f.Key == "fault.tone", f.Key == "fault.no-words", f.Key == "fault.nobody":
		return v.again(c, chosen, text, http.StatusUnprocessableEntity, v.t(f.Key, nil))
	}
	return err
}

// choosable reports whether an answer of that kind can be prepared: one that
// tells a verdict, or one in a person's own words.
func choosable(v verdict.Verdict) bool { return v.Valid() || v == page.OwnWords }

func (v *visit) decide(d desk.Decision) error {
	if d.Verdict == page.OwnWords {
		d.Verdict = ""
		return v.Desk.Write(v.ctx, d)
	}
	return v.Desk.Decide(v.ctx, d)
}

func done(d page.Draft) string {
	switch {
	case d.Nobody:
		return "noted"
	case d.Correction:
		return "corrected"
	}
	return "sent"
}

// again shows the case with the text as it was left.
func (v *visit) again(c cases.Case, chosen verdict.Verdict, text string, status int, problem string) error {
	draft, err := v.prepare(c, chosen, text)
	if err != nil {
		return err
	}
	return v.showDraft(status, draft, problem)
}

// whatChanged says who did what to the case since somebody looked at it.
func (v *visit) whatChanged(c cases.Case, seen time.Time) string {
	var who, what string
	var when time.Time
	err := v.read(func(tx *db.Tx) error {
		said, err := cases.Conversation(v.ctx, tx, c.ID)
		name := v.names(tx)
		for _, e := range said {
			if word := v.change(e); e.At.After(seen) && word != "" {
				who, what, when = name(e.Author, v.t("web.us", nil)), word, e.At
			}
		}
		return err
	})
	if err != nil || what == "" {
		return v.t("fault.case-changed", nil)
	}
	return v.t("web.fault.changed", map[string]any{"who": who, "when": v.frame().Ago(when), "what": what})
}

// change says in a few words what a line of the conversation did.
func (v *visit) change(e cases.Entry) string {
	switch e.Kind {
	case cases.EntryDecision:
		return v.t("web.entry.decision", map[string]any{"verdict": v.word(verdict.Verdict(e.Body))})
	case cases.EntryReport, cases.EntryComment, cases.EntryFeedback:
		return v.t("web.entry.said", nil)
	case cases.EntryRescue:
		return v.actedWords(e.Body)
	case cases.EntryNotice:
		return v.t(e.Body, nil)
	case cases.EntryLetter:
	}
	return ""
}

// closeCase ends a case without writing to anybody.
func (s *site) closeCase(v *visit) error {
	c, err := v.decidable(login.CaseDecide)
	if err != nil {
		return err
	}
	if err := s.Desk.Close(v.ctx, c.ID, v.who.Person, unstamp(v.postForm().Get("version"))); err != nil {
		return err
	}
	return v.goTo("/desk/" + string(c.ID) + "?done=closed")
}
