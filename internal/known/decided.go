package known

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Decided is one reported message with what a person of the team decided last.
type Decided struct {
	Blob      string
	Judgement json.RawMessage // of the analysis.Result at the time
	Verdict   verdict.Verdict
	By        people.ID
	At        time.Time
}

// Act names the decision: what one person answered at one moment is one.
func (d Decided) Act() string { return string(d.By) + " " + strconv.FormatInt(db.Micros(d.At), 10) }

// Decisions lists what persons decided after the moment from, the newest first
// and no more than most. A case that was decided again stands with the last
// decision; one that a person is unsure of, or that holds several messages,
// stands not at all.
func Decisions(ctx context.Context, tx *db.Tx, from time.Time, most int) ([]Decided, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Decided, error) {
		var d Decided
		var judgement string
		var at int64
		err := row.Scan(&d.Blob, &judgement, &d.Verdict, &d.By, &at)
		d.Judgement, d.At = json.RawMessage(judgement), db.Time(at)
		return d, err
	}, `SELECT r.blob, r.judgement, d.verdict, d.by_id, d.at FROM decisions d JOIN reports r ON r.case_id = d.case_id
		WHERE d.by_id IS NOT NULL AND d.at > $1 AND d.verdict IN ('phishing', 'spam', 'legitimate') AND r.judgement <> '' AND r.shape <> 'encrypted'
			AND d.id = (SELECT x.id FROM decisions x WHERE x.case_id = d.case_id AND x.by_id IS NOT NULL ORDER BY x.at DESC, x.id DESC LIMIT 1)
			AND 1 = (SELECT COUNT(*) FROM reports n WHERE n.case_id = d.case_id)
		ORDER BY d.at DESC, d.id DESC LIMIT $2`, db.Micros(from), most)
}

// Since counts the decisions of persons after a moment; what one answered at the
// same moment is one.
func Since(ctx context.Context, tx *db.Tx, at time.Time) (int, error) {
	return db.One(ctx, tx, db.Scan[int], `SELECT COUNT(*) FROM (SELECT DISTINCT by_id, at FROM decisions
		WHERE by_id IS NOT NULL AND at > $1) counted`, db.Micros(at))
}
