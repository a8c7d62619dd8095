package web

import (
	"net/http"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/login"
)

// What was learned is shown to those who see every account; an administrator
// may take it back.
func TestWhatWasLearnedIsShownAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	admin := s.person("ada@atelier.example", "Atelier", login.Admin)
	admin.get("/numbers").saysNot("What the desk learned")
	err := s.DB.Write(t.Context(), func(tx *db.Tx) error {
		return known.Teach(t.Context(), tx, known.Lesson{
			ID: "l", Made: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Adopted: true, Learned: learn.Correction{1: 1},
			Figures: lesson.Figures{Decisions: 212, Held: 42, Why: lesson.Better, Before: lesson.Errors{Wrong: 9}, After: lesson.Errors{Wrong: 5}},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.tom().get("/numbers").says("212 decisions", "the newest 42", "9 wrong without it, 5 with it").saysNot("Forget what was learned")
	s.tom().post("/numbers/forget").is(http.StatusForbidden)
	admin.get("/numbers").says("212 decisions", "Forget what was learned")
	admin.post("/numbers/forget").goesTo("/numbers")
	admin.get("/numbers").saysNot("212 decisions")
}
