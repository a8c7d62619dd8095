package app

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/id"
	partners "github.com/bienvu/bienvu/internal/known"
)

// errNoCorpora is wrong use: there is nothing to learn from.
var errNoCorpora = errors.New("train: FOLDER=MANIFEST or --desk is needed")

// onDesk learns from the decisions of the desk's own team, or takes back what was
// learned from them.
func (c *trainCommand) onDesk(ctx context.Context, w *world) error {
	return w.onDatabase(ctx, func(cfg config.Config, d *db.DB) error {
		student, err := student(cfg, d)
		if err != nil {
			return err
		}
		if c.Forget {
			n, err := student.Unlearn(ctx)
			if err == nil {
				w.printf("%s\n", w.t("app.train.forgotten", i18n.Args{"n": n}))
			}
			return err
		}
		l, err := student.Learn(ctx, "")
		if err == nil {
			w.tellLesson(l)
		}
		return err
	})
}

// student is a desk that only reads what was decided.
func student(cfg config.Config, d *db.DB) (*desk.Desk, error) {
	blobs, err := blob.NewDisk(filepath.Join(cfg.Data.Dir, "messages"))
	if err != nil {
		return nil, err
	}
	org, err := organisation(cfg)
	if err != nil {
		return nil, err
	}
	s := &desk.Desk{DB: d, Blobs: blobs, Org: org, IDs: id.NewMaker(rand.Reader), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	return s, giveLists(s, cfg.Lists)
}

// outcomes are the sentences on what became of a lesson.
//
//nolint:gochecknoglobals // a constant table
var outcomes = map[lesson.Why]string{
	lesson.TooFew: "app.train.why-too-few", lesson.NotSure: "app.train.why-not-sure",
	lesson.Dangerous: "app.train.why-dangerous", lesson.Better: "app.train.why-better",
}

// tellLesson says what a lesson is worth, and whether it is in use.
func (w *world) tellLesson(l partners.Lesson) {
	f := l.Figures
	w.printf("%s\n", w.t("app.train.decisions", i18n.Args{"n": f.Decisions}))
	if f.Held > 0 {
		w.printf("%s\n", w.t("app.train.held", i18n.Args{"n": f.Held}))
		for _, row := range []struct {
			key           string
			before, after int
		}{
			{"app.train.wrong", f.Before.Wrong, f.After.Wrong},
			{"app.train.dangerous", f.Before.Dangerous, f.After.Dangerous},
			{"app.train.alarms", f.Before.Alarms, f.After.Alarms},
		} {
			w.printf("  %s\n", w.t(row.key, i18n.Args{"before": row.before, "after": row.after}))
		}
	}
	w.printf("%s\n", w.t(outcomes[f.Why], nil))
}
