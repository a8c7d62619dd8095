package web

import (
	"cmp"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/web/page"
)

// ownWords shows what a person of the team wrote to somebody who was told no
// verdict. It says false where nobody did, or where the matter is open again.
func (v *visit) ownWords(c cases.Case, report page.Report) (bool, error) {
	if report.Verdict.Valid() || c.State == cases.New || c.State == cases.Waiting {
		return false, nil
	}
	view := page.AnswerView{First: v.first(), Report: report, By: v.signer(), Rescue: "/rescue/" + string(c.ID)}
	var wrote *letters.Letter
	err := v.read(func(tx *db.Tx) error {
		all, err := letters.Of(v.ctx, tx, c.ID)
		for i := range all {
			if reply.Situation(all[i].Situation) == reply.OwnWords && all[i].State != letters.Held && all[i].State != letters.Failed {
				wrote = &all[i]
			}
		}
		if wrote != nil {
			view.By.Name = v.names(tx)(wrote.ApprovedBy, view.By.Name)
			view.Report.Answered, view.Letter = cmp.Or(wrote.SentAt, wrote.Created), v.withoutKeys(wrote.Text)
		}
		return err
	})
	if err != nil || wrote == nil {
		return false, err
	}
	if err := v.said(c, &view); err != nil {
		return true, err
	}
	return true, v.show(page.Words(v.living(), view))
}

// said reads whether the person was helped, as far as they said so.
func (v *visit) said(c cases.Case, view *page.AnswerView) error {
	var said cases.Feedback
	err := v.read(func(tx *db.Tx) (err error) {
		said, err = cases.FeedbackOf(v.ctx, tx, c.ID)
		return err
	})
	switch {
	case fault.Is(err, fault.NotFound):
		view.Feedback = "/reports/" + string(c.ID) + "/feedback"
		return nil
	case err != nil:
		return err
	case said.Helped:
		view.Helped = page.DidHelp
	default:
		view.Helped = page.DidNot
	}
	return nil
}
