package desk

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/campaign"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// toldOtherwise lists the other cases of the same message or campaign that a
// verdict answers too: their reporters were told another one, or still wait for
// one. Those of accounts that the decider may not see stay on their own desks.
//
// It must be the same letter: what is only of the same campaign is shown to
// whoever looks at it, and answered by nobody else. Towards phishing that is
// enough, as a warning too many is mended easily. Away from it, the sender must
// be the same too, and nothing more may speak against the other message than
// against the one that was judged: a copy of a genuine message, in its sender's
// name and with a program attached, is what an attacker would make.
func (*Desk) toldOtherwise(ctx context.Context, tx *db.Tx, c cases.Case, v Decision) ([]cases.Case, error) {
	now := v.Verdict
	all, err := cases.Alike(ctx, tx, c.ID, now != verdict.Phishing)
	if err != nil {
		return nil, err
	}
	twins, err := campaign.Twins(ctx, tx, c.ID)
	if err != nil {
		return nil, err
	}
	var others []cases.Case
	for _, o := range all {
		id := o.ID
		if !o.Bytes && !twins[id] {
			continue
		}
		told, err := letters.Told(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		other, err := cases.Get(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if told == now || told == "" && !awaits(other) || !v.Sight.Sees(other.Account) {
			continue
		}
		same := now == verdict.Phishing
		if !same {
			same, err = noWorse(ctx, tx, c.ID, id)
		}
		if err != nil {
			return nil, err
		}
		if same {
			others = append(others, other)
		}
	}
	return others, nil
}

// awaits reports whether a case waits for nothing but a verdict.
func awaits(c cases.Case) bool {
	return c.State == cases.Waiting && (c.Hold == cases.HoldUnsure || c.Hold == cases.HoldSwitch) && len(c.Acted) == 0
}

// noWorse reports whether every danger found in the other case's messages was
// found in those of the judged one too, so that the verdict on these answers it.
func noWorse(ctx context.Context, tx *db.Tx, judged, other cases.ID) (bool, error) {
	answered, err := dangers(ctx, tx, judged)
	if err != nil {
		return false, err
	}
	found, err := dangers(ctx, tx, other)
	for id := range found {
		if !answered[id] {
			return false, err
		}
	}
	return true, err
}

// dangers lists the kinds of danger found in what a case reported.
func dangers(ctx context.Context, tx *db.Tx, id cases.ID) (map[string]bool, error) {
	reports, err := cases.Reports(ctx, tx, id)
	found := map[string]bool{}
	for _, r := range reports {
		var result analysis.Result
		if len(r.Judgement) == 0 {
			continue // not judged yet
		}
		if err := json.Unmarshal(r.Judgement, &result); err != nil {
			return nil, err
		}
		maps.Copy(found, dangersOf(&result))
	}
	return found, err
}

// dangersOf lists the kinds of danger found in one message: in it, and not in
// what is remembered of its sender, which may come between two copies.
func dangersOf(result *analysis.Result) map[string]bool {
	found := map[string]bool{}
	for _, f := range result.Findings {
		if f.Class == verdict.Danger && !house.Remembered(f.ID) {
			found[f.ID] = true
		}
	}
	return found
}

// correct takes the verdict back from the reporter of another case of the same
// campaign. Its text is composed, never the one a person wrote to somebody else.
func (d *Desk) correct(ctx context.Context, tx *db.Tx, c cases.Case, v Decision, now time.Time) error {
	v.Case, v.Text, v.Anyway = c.ID, "", false
	w, err := d.draftFor(ctx, tx, c, v, now)
	if err != nil {
		return err
	}
	return d.rule(ctx, tx, &c, v, w)
}

// Release lets a letter that failed the tone check go, in a person's name; but
// not one that holds the danger itself, which nobody may send.
func (d *Desk) Release(ctx context.Context, id letters.ID, by people.ID) error {
	return d.free(ctx, id, func(tx *db.Tx) (bool, error) {
		l, err := letters.Get(ctx, tx, id)
		if err != nil {
			return false, err
		}
		var tone reply.Tone
		if err := json.Unmarshal(l.Tone, &tone); err != nil {
			return false, err
		}
		if !overridable(tone) {
			return false, fault.New(fault.Invalid, "fault.tone", nil)
		}
		return letters.Release(ctx, tx, id, by)
	})
}

// Again sends a letter once more that was refused, or of which nobody knows
// whether it left, in a person's name.
func (d *Desk) Again(ctx context.Context, id letters.ID, by people.ID) error {
	return d.free(ctx, id, func(tx *db.Tx) (bool, error) { return letters.Again(ctx, tx, id, by) })
}

func (d *Desk) free(ctx context.Context, id letters.ID, let func(*db.Tx) (bool, error)) error {
	now := d.Now()
	return d.DB.Write(ctx, func(tx *db.Tx) error {
		freed, err := let(tx)
		if err != nil || !freed {
			return err
		}
		l, err := letters.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := d.Jobs.Add(ctx, tx, SendJob{id}); err != nil || l.Case == "" {
			return err
		}
		c, err := cases.Get(ctx, tx, l.Case)
		if err != nil {
			return err
		}
		c.Hold, c.State, c.Answered = cases.HoldNone, cases.Answered, now
		return cases.Save(ctx, tx, c, now)
	})
}
