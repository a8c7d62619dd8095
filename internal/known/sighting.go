// Package known holds what the organisation knows of those who write to it:
// whom the team entered as a partner, who was seen in reports and what people
// decided about it, and what was learned from those decisions.
//
// The memory of senders is a list of sightings, one for each report of a person
// of ours, and counts are made when they are asked for. So nothing can be
// counted twice, and a decision that is taken back is out of the count at once.
// Each account has its own memory.
package known

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Sighting is the sender of one reported message.
type Sighting struct {
	Report  cases.ReportID
	Case    cases.ID
	Account people.AccountID
	Person  people.ID // who reported it
	Address string    // of the author, lower case
	Domain  string    // registrable, of that address
	Proved  bool      // the domain was authenticated
	At      time.Time
}

// See remembers a sighting, once.
func See(ctx context.Context, tx *db.Tx, s Sighting) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO known_sightings (report_id, case_id, account_id, person_id, address, domain, proved, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (report_id) DO NOTHING`,
		s.Report, s.Case, s.Account, s.Person, s.Address, s.Domain, s.Proved, db.Micros(s.At))
	return err
}

// Question asks what is remembered of a sender.
type Question struct {
	Account people.AccountID
	Person  people.ID // who reports it now; "" when nobody knows
	Address string    // of the author, lower case
	Domain  string    // registrable, of that address
	Now     time.Time
}

// mostSightings is how many of a domain, and of an address, are counted: the
// newest. Somebody who writes more often is known well enough.
const mostSightings = 300

// Remember says what an account remembers of a sender.
func Remember(ctx context.Context, tx *db.Tx, q Question) (*subject.Seen, error) {
	all, err := db.One(ctx, tx, db.Scan[int], `SELECT COUNT(*) FROM (SELECT 1 AS one FROM known_sightings WHERE account_id = $1 LIMIT $2) counted`,
		q.Account, subject.MostReports)
	if err != nil || q.Domain == "" {
		return &subject.Seen{Reports: all}, err
	}
	byDomain, err := sightings(ctx, tx, `domain`, q.Account, q.Domain)
	if err != nil {
		return nil, err
	}
	byAddress, err := sightings(ctx, tx, `address`, q.Account, q.Address)
	seen := &subject.Seen{Reports: all}
	seen.Proved = side(q, true, byDomain, byAddress)
	seen.Unproved = side(q, false, byDomain, byAddress)
	return seen, err
}

// seen is a sighting with what was decided about it.
type seen struct {
	person  people.ID
	proved  bool
	at      time.Time
	verdict verdict.Verdict // of the newest decision of a person, "" for none
	by      people.ID
	decided time.Time
}

// sightings reads the newest. What was decided of a case with several messages
// was decided of none of them.
func sightings(ctx context.Context, tx *db.Tx, column string, account people.AccountID, value string) ([]seen, error) {
	return db.All(ctx, tx, func(row db.Scanner) (seen, error) {
		var s seen
		var at, decided int64
		err := row.Scan(&s.person, &s.proved, &at, &s.verdict, &s.by, &decided)
		s.at, s.decided = db.Time(at), db.Time(decided)
		return s, err
	}, `SELECT s.person_id, s.proved, s.at, COALESCE(d.verdict, ''), COALESCE(d.by_id, ''), COALESCE(d.at, 0)
		FROM known_sightings s LEFT JOIN decisions d ON d.id = (SELECT x.id FROM decisions x
			WHERE x.case_id = s.case_id AND x.by_id IS NOT NULL AND 1 = (SELECT COUNT(*) FROM reports n WHERE n.case_id = s.case_id)
			ORDER BY x.at DESC, x.id DESC LIMIT 1)
		WHERE s.account_id = $1 AND s.`+column+` = $2 ORDER BY s.at DESC LIMIT $3`, account, value, mostSightings)
}
