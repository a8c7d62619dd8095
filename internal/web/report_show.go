package web

import (
	"encoding/json"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
	"github.com/bienvu/bienvu/internal/web/page"
)

// own reads a case of the person who asks; anybody else's is not there.
func (v *visit) own(tx *db.Tx) (cases.Case, error) {
	c, err := cases.Get(v.ctx, tx, cases.ID(v.r.PathValue("id")))
	if err != nil {
		return c, err
	}
	if c.Reporter == "" || c.Reporter != v.who.Person {
		return c, missing()
	}
	return c, nil
}

// showReport is the answer to one's own report, or the thanks while there is
// none yet.
func (s *site) showReport(v *visit) error {
	var c cases.Case
	var report page.Report
	err := v.read(func(tx *db.Tx) (err error) {
		if c, err = v.own(tx); err != nil {
			return err
		}
		report, err = v.ownReport(tx, c)
		return err
	})
	if err != nil {
		return err
	}
	rescue := "/rescue/" + string(c.ID)
	if words, err := v.ownWords(c, report); words || err != nil {
		return err
	}
	if !report.Verdict.Valid() {
		return v.show(page.Received(v.living(), page.ReceivedView{
			First: v.first(), Report: report, Rescue: rescue, Acted: len(c.Acted) > 0, Waiting: c.State == cases.Waiting,
		}))
	}
	view := page.AnswerView{First: v.first(), Report: report, By: v.signer(), Rescue: rescue}
	if err := v.fillAnswer(c, &view); err != nil {
		return err
	}
	return v.show(page.Answer(v.living(), view))
}

// fillAnswer reads the letter, the reasons, who decided, and what the person
// said of it.
func (v *visit) fillAnswer(c cases.Case, view *page.AnswerView) error {
	var reports []cases.Reported
	err := v.read(func(tx *db.Tx) error {
		all, err := letters.Of(v.ctx, tx, c.ID)
		if err != nil {
			return err
		}
		v.lastLetter(all, view)
		if c.DecidedBy != "" {
			if by, err := people.Get(v.ctx, tx, c.DecidedBy); err == nil && by.Name != "" {
				view.By.Name = by.Name
			}
		}
		reports, err = cases.Reports(v.ctx, tx, c.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.said(c, view); err != nil || len(reports) == 0 {
		return err
	}
	return v.gave(reports[0], view)
}

// lastLetter puts in the words we sent last, and what we had said before.
func (v *visit) lastLetter(all []letters.Letter, view *page.AnswerView) {
	told := verdict.Verdict("")
	for _, l := range all {
		if l.Verdict == "" || l.State == letters.Held || l.State == letters.Failed {
			continue
		}
		if told != "" && told != l.Verdict {
			view.Before = told
		}
		told, view.Letter = l.Verdict, l.Text
	}
}

// gave fills in the reasons, and the message with their places marked.
func (v *visit) gave(r cases.Reported, view *page.AnswerView) error {
	var result analysis.Result
	if len(r.Judgement) == 0 {
		return nil
	}
	if err := json.Unmarshal(r.Judgement, &result); err != nil {
		return err
	}
	var shown []verdict.Finding
	for _, f := range verdict.Reasons(result.Findings, view.Report.Verdict) {
		if view.Report.Verdict == verdict.Legitimate && f.Class == verdict.Danger {
			continue // what looked odd is no reason to trust
		}
		shown = append(shown, f)
		view.Gave = append(view.Gave, page.Gave{Pin: len(shown), Text: sentences.Reporter(v.Words, v.lang, f)})
	}
	message, err := v.message(r)
	if fault.Is(err, fault.NotFound) {
		return nil // no longer kept: the reasons are
	}
	if err != nil {
		return err
	}
	guest := newGuest(message, shown)
	guest.Limit = 1500
	view.Guest = &guest
	if card := desk.Exhibit(v.Words, v.lang, message, result, view.Report.Verdict); desk.Pictured(view.Report.Verdict) && !card.Empty() {
		view.Picture, view.PictureAlt = view.Report.Path+"/picture", card.Alt(desk.PictureWords(v.Words, v.lang))
	}
	return nil
}
