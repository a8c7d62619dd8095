package cases

import (
	"context"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Fact is one case as the figures see it.
type Fact struct {
	Reporter people.ID
	Opened   time.Time
	Answered time.Time // zero while it is not
	Verdict  verdict.Verdict
	Alone    bool // answered without a person
}

// Facts reads the cases opened in [from, to) that reported something.
func Facts(ctx context.Context, tx *db.Tx, sight Sight, from, to time.Time) ([]Fact, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Fact, error) {
		var f Fact
		var opened, answered int64
		err := row.Scan(&f.Reporter, &opened, &answered, &f.Verdict, &f.Alone)
		f.Opened, f.Answered = db.Time(opened), db.Time(answered)
		return f, err
	}, `SELECT COALESCE(reporter_id, ''), opened_at, answered_at, verdict,
			answered_at > 0 AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.case_id = cases.id AND d.by_id IS NOT NULL)
		FROM cases WHERE opened_at >= $1 AND opened_at < $2 AND kind <> 'question' AND `+InSight("$3")+`
		ORDER BY opened_at`, db.Micros(from), db.Micros(to), sight)
}

// Thanked is what people said of their answers.
type Thanked struct {
	Helped, DidNot int // answers
	People         int // who said so, each counted once
}

// Thanks counts what people said of their answers since a moment.
func Thanks(ctx context.Context, tx *db.Tx, sight Sight, from time.Time) (Thanked, error) {
	return db.One(ctx, tx, func(row db.Scanner) (Thanked, error) {
		var t Thanked
		err := row.Scan(&t.Helped, &t.DidNot, &t.People)
		return t, err
	}, `SELECT COALESCE(SUM(CASE WHEN helped THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN helped THEN 0 ELSE 1 END), 0),
			COUNT(DISTINCT person_id)
		FROM feedback JOIN cases ON cases.id = feedback.case_id
		WHERE feedback.at >= $1 AND `+InSight("$2"), db.Micros(from), sight)
}

// Quantile is the time to answer that a share q of the answered cases did not
// exceed; 0 when none was answered.
func Quantile(facts []Fact, q float64) time.Duration {
	var waits []time.Duration
	for _, f := range facts {
		if !f.Answered.IsZero() {
			waits = append(waits, f.Answered.Sub(f.Opened))
		}
	}
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[min(int(q*float64(len(waits))), len(waits)-1)]
}
