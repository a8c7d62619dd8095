package cases

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Past is a reported message as it was judged, and what it turned out to be.
type Past struct {
	Reporter  people.ID
	Judgement json.RawMessage // of the analysis
	Ruled     verdict.Verdict // by a person of the team, "" where none decided
}

// PastJudgements reads the newest judged reports in sight since a moment, at
// most limit. Cases with several messages are left out: the verdict of a person
// does not say which of them it is about.
func PastJudgements(ctx context.Context, tx *db.Tx, sight Sight, since time.Time, limit int) ([]Past, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Past, error) {
		var p Past
		var judgement string
		err := row.Scan(&p.Reporter, &judgement, &p.Ruled)
		p.Judgement = json.RawMessage(judgement)
		return p, err
	}, `SELECT COALESCE(reports.person_id, ''), reports.judgement, CASE WHEN cases.decided_by IS NULL THEN '' ELSE cases.verdict END
		FROM reports JOIN cases ON cases.id = reports.case_id
		WHERE reports.judgement <> '' AND reports.created_at >= $1 AND `+InSight("$2")+`
			AND 1 = (SELECT COUNT(*) FROM reports n WHERE n.case_id = reports.case_id)
		ORDER BY reports.created_at DESC, reports.id DESC LIMIT $3`, db.Micros(since), sight, limit)
}
