package web

import (
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/web/page"
)

// lesson reads what the desk learned from decisions; nil for nothing. It is of
// all accounts, so only those see it who may see them all.
func (v *visit) lesson(tx *db.Tx) (*page.LessonView, error) {
	l, err := known.Current(v.ctx, tx)
	if err != nil || l.ID == "" {
		return nil, err
	}
	f := l.Figures
	return &page.LessonView{
		Day: l.Made, Decisions: f.Decisions, Held: f.Held, Before: f.Before.Wrong, After: f.After.Wrong,
		MayForget: v.sight(login.SettingsWrite) == cases.Everything,
	}, nil
}

// forgetLessons takes back what was learned.
func (s *site) forgetLessons(v *visit) error {
	if v.sight(login.SettingsWrite) != cases.Everything {
		return fault.New(fault.Forbidden, "fault.not-allowed", nil)
	}
	if _, err := s.Desk.Unlearn(v.ctx); err != nil {
		return err
	}
	return v.goTo("/numbers")
}
