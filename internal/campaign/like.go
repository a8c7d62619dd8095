package campaign

import (
	"context"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/verdict"
)

// mostKin is how many members of a campaign a list is chosen from.
const mostKin = 300

// Kin is another case of the same campaign.
type Kin struct {
	Case    cases.ID
	Number  int
	Subject string
	Verdict verdict.Verdict
	Decided bool // by a person
	Like    similar.Likeness
}

// KinOf lists the other cases in sight of a case's campaigns, the most alike
// first and those that a person decided before others; no more than most. Of
// large campaigns it chooses among the newest members.
func KinOf(ctx context.Context, tx *db.Tx, sight cases.Sight, id cases.ID, most int) ([]Kin, error) {
	own, err := printsOf(ctx, tx, id)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	all, err := db.All(ctx, tx, scanKin(own), `SELECT cases.id, cases.number, cases.subject, cases.verdict, cases.decided_by IS NOT NULL, m.print
		FROM campaign_members m JOIN reports r ON r.id = m.report_id JOIN cases ON cases.id = r.case_id
		WHERE m.campaign IN (SELECT campaign FROM reports WHERE case_id = $1 AND campaign <> '') AND r.case_id <> $1 AND `+cases.InSight("$2")+`
		ORDER BY m.id DESC LIMIT $3`, id, sight, mostKin)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, nearer)
	seen := map[cases.ID]bool{}
	all = slices.DeleteFunc(all, func(k Kin) bool {
		again := seen[k.Case]
		seen[k.Case] = true
		return again
	})
	return all[:min(len(all), most)], nil
}

func nearer(a, b Kin) int {
	if a.Decided != b.Decided {
		if a.Decided {
			return -1
		}
		return 1
	}
	return similar.Nearest(a.Like, b.Like)
}

func scanKin(own []similar.Print) func(db.Scanner) (Kin, error) {
	return func(row db.Scanner) (Kin, error) {
		var k Kin
		var raw []byte
		err := row.Scan(&k.Case, &k.Number, &k.Subject, &k.Verdict, &k.Decided, &raw)
		k.Like = nearest(own, raw)
		return k, err
	}
}

// nearest is the likeness to the one of the prints that is most like it.
func nearest(own []similar.Print, raw []byte) similar.Likeness {
	var best similar.Likeness
	other, err := similar.Parse(raw)
	if err != nil {
		return best
	}
	for _, p := range own {
		if l := similar.Compare(p, other); l.Twin && !best.Twin || l.Twin == best.Twin && l.Score >= best.Score {
			best = l
		}
	}
	return best
}

// printsOf reads the fingerprints of what a case reported.
func printsOf(ctx context.Context, tx *db.Tx, id cases.ID) ([]similar.Print, error) {
	all, err := db.All(ctx, tx, scanCandidate, `SELECT m.report_id, m.campaign, m.print FROM campaign_members m
		JOIN reports r ON r.id = m.report_id WHERE r.case_id = $1 ORDER BY m.id`, id)
	var out []similar.Print
	for _, c := range all {
		out = append(out, c.print)
	}
	return out, err
}

// Likeness says how alike a fingerprint is to what a case reported: to the message
// that is most like it.
func Likeness(ctx context.Context, tx *db.Tx, p similar.Print, id cases.ID) (similar.Likeness, error) {
	all, err := printsOf(ctx, tx, id)
	var best similar.Likeness
	for _, known := range all {
		if l := similar.Compare(p, known); l.Score >= best.Score {
			best = l
		}
	}
	return best, err
}

// Twins lists which other cases of a case's campaigns report the very same
// letter: text, links and files.
func Twins(ctx context.Context, tx *db.Tx, id cases.ID) (map[cases.ID]bool, error) {
	own, err := printsOf(ctx, tx, id)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	type member struct {
		of   cases.ID
		twin bool
	}
	all, err := db.All(ctx, tx, func(row db.Scanner) (member, error) {
		var m member
		var raw []byte
		err := row.Scan(&m.of, &raw)
		m.twin = nearest(own, raw).Twin
		return m, err
	}, `SELECT r.case_id, m.print FROM campaign_members m JOIN reports r ON r.id = m.report_id
		WHERE m.campaign IN (SELECT campaign FROM reports WHERE case_id = $1 AND campaign <> '') AND r.case_id <> $1`, id)
	out := map[cases.ID]bool{}
	for _, m := range all {
		out[m.of] = out[m.of] || m.twin
	}
	return out, err
}
