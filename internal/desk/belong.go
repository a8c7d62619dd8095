package desk

import (
	"context"
	"maps"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/verdict"
)

// belong finds the campaign of each reported message. What could not be opened
// belongs to none: nobody saw what is in it.
func belong(ctx context.Context, tx *db.Tx, m *matter) error {
	for i := range m.results {
		r := &m.reports[i]
		if r.Shape == unwrap.ShapeEncrypted {
			continue
		}
		joined, err := campaign.Join(ctx, tx, r.ID, m.results[i].Print)
		if err != nil {
			return err
		}
		r.Campaign = string(joined.ID)
		for _, gone := range joined.Merged { // an earlier message of this delivery may have been of it
			for k := range m.reports[:i] {
				if m.reports[k].Campaign == string(gone) {
					m.reports[k].Campaign = r.Campaign
				}
			}
		}
	}
	return nil
}

// ruling is what a person of the team decided before, and on what.
type ruling struct {
	cases.Ruling

	like   similar.Likeness
	danger bool // what speaks against the one speaks against the other, and nothing else
}

// ruledBefore finds the decision on what a message is most like: on its very
// bytes, else on the same letter, else on the nearest of its campaign.
func ruledBefore(ctx context.Context, tx *db.Tx, r cases.Reported, result *analysis.Result) (ruling, error) {
	all, err := cases.RulingsBefore(ctx, tx, r)
	var best ruling
	for _, one := range all {
		if one.Same {
			return ruling{Ruling: one}, err
		}
		like, err := campaign.Likeness(ctx, tx, result.Print, one.Case)
		if err != nil {
			return best, err
		}
		if best.Verdict == "" || like.Twin && !best.like.Twin || like.Twin == best.like.Twin && like.Score > best.like.Score {
			best = ruling{Ruling: one, like: like}
		}
	}
	if !best.like.Twin || err != nil {
		return best, err
	}
	known, err := dangers(ctx, tx, best.Case)
	best.danger = maps.Equal(known, dangersOf(result))
	return best, err
}

// heed puts what a person of the team decided before above our own judgement.
// On the very same bytes their word stands. On the same letter to somebody else
// "phishing" stands too, when the same speaks against it; but nothing milder
// does: a copy of something harmless may carry another link. Of what is merely
// of the same campaign, the person's word is a hint for whoever looks: we only
// keep from contradicting it alone.
func heed(r *analysis.Result, before ruling) {
	switch {
	case before.Verdict == "" || before.Verdict == verdict.Unsure:
	case before.Same, before.Verdict == verdict.Phishing && before.like.Twin && before.danger:
		r.Verdict, r.Confident = before.Verdict, true
		r.Reasons = verdict.Reasons(r.Findings, before.Verdict)
	case before.Verdict != r.Verdict && (before.Sender || before.Verdict == verdict.Phishing):
		r.Confident = false
	}
}
