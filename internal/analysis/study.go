package analysis

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/analysis/lesson"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// surest limits the log odds that a decided message is learned with.
const surest = 12

// Study prepares a message that was judged before for learning: what the model
// of today makes of what was found in it then, without what was learned since.
// Nothing is looked up again: who had proved to be its sender, still had.
func Study(s Subject, before Result) (lesson.Case, verdict.Bounds) {
	s.House.Learned = nil
	v := view.New(s)
	var found []verdict.Finding
	for _, f := range before.Findings {
		switch {
		case strings.HasPrefix(f.ID, "auth."):
			v.Auth = append(v.Auth, f)
		case strings.HasPrefix(f.ID, "words."), strings.HasPrefix(f.ID, "house.learned-"):
			continue // they are made anew
		}
		found = append(found, f)
	}
	if before.Proved && !house.Proved(v) {
		v.Signed = []string{v.Host}
	}
	opinion, said := weigh(v, found)
	score := verdict.Judge(slices.Concat(found, said), opinion).Score
	return lesson.Case{
		Seen: model.Seen(v, words.Of(v), found), Odds: learn.Logit(score, surest), Proved: before.Proved,
	}, opinion.Bounds
}
