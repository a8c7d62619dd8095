// Package campaign keeps which reported messages belong together.
//
// Each report has a fingerprint (package similar). It is found again under about
// thirty keys, so that a new message is held against the few that share one and
// never against all: a lookup among a million takes milliseconds. A message
// joins the campaign of whom it is most like, founds one of its own, or shows
// that two campaigns were one; then the older keeps its name.
//
// A campaign is the whole organisation's: who gathers what belongs together must
// look everywhere. What it shows of others is limited by a cases.Sight, as every
// list of the team is.
package campaign

import (
	"context"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
)

// ID names a campaign: the key (similar.Print.Key) of the message that founded it.
type ID string

// merging is the likeness from which a message that two campaigns claim makes
// them one. It is above similar.Belonging: a chain of messages that are each
// only somewhat like the next does not tie strangers together.
const merging = 0.7

// Joined is where a message came to belong.
type Joined struct {
	ID      ID             // "" when there is too little to gather it by
	Merged  []ID           // campaigns that are now this one, too
	Nearest cases.ReportID // whom it is most like, "" when it founded the campaign
	Like    similar.Likeness
}

// Join finds the campaign of a report, or founds it. A report that has joined
// before stays where it is.
func Join(ctx context.Context, tx *db.Tx, report cases.ReportID, p similar.Print) (Joined, error) {
	if p.Empty() {
		return Joined{}, nil
	}
	if before, err := memberOf(ctx, tx, report); err != nil || before != "" {
		return Joined{ID: before}, err
	}
	keys := p.Bands()
	near, err := candidates(ctx, tx, keys)
	if err != nil {
		return Joined{}, err
	}
	j := choose(near, p)
	if len(j.Merged) > 0 {
		if j, err = unite(ctx, tx, j); err != nil {
			return j, err
		}
	}
	if slices.ContainsFunc(near, func(c candidate) bool { return c.same(p) }) {
		keys = nil // it is found under those of its double
	}
	return j, add(ctx, tx, report, j.ID, p, keys)
}

// choose picks the campaign of the nearest, and those that are the same one.
func choose(near []candidate, p similar.Print) Joined {
	j := Joined{ID: ID(p.Key())}
	for _, c := range near {
		l := similar.Compare(p, c.print)
		if l.Same && l.Score > j.Like.Score {
			j.ID, j.Nearest, j.Like = c.campaign, c.report, l
		}
	}
	for _, c := range near {
		if c.campaign != j.ID && !slices.Contains(j.Merged, c.campaign) && similar.Compare(p, c.print).Score >= merging {
			j.Merged = append(j.Merged, c.campaign)
		}
	}
	return j
}

// unite makes campaigns one, under the name of the oldest.
func unite(ctx context.Context, tx *db.Tx, j Joined) (Joined, error) {
	all := append(j.Merged, j.ID)
	oldest, err := oldestOf(ctx, tx, all)
	if err != nil {
		return j, err
	}
	j.ID, j.Merged = oldest, nil
	for _, id := range all {
		if id == oldest {
			continue
		}
		j.Merged = append(j.Merged, id)
		if err := rename(ctx, tx, id, oldest); err != nil {
			return j, err
		}
	}
	return j, nil
}
