package cases

import (
	"context"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// Tab is one list of the queue.
type Tab string

// The lists of the queue. A case stands in one of them: urgent ones first,
// then those not judged yet, those that wait for a person, those answered.
const (
	TabUrgent   Tab = "urgent"
	TabNew      Tab = "new"
	TabUnsure   Tab = "unsure"
	TabAnswered Tab = "answered"
)

// Tabs lists them in the order people see them.
func Tabs() []Tab { return []Tab{TabUrgent, TabNew, TabUnsure, TabAnswered} }

// where is a constant condition for each list; nothing a person types gets in.
func (t Tab) where() string {
	switch t {
	case TabUrgent:
		return `urgent AND state IN ('new', 'waiting')`
	case TabNew:
		return `NOT urgent AND state = 'new'`
	case TabUnsure:
		return `NOT urgent AND state = 'waiting'`
	case TabAnswered:
		return `state IN ('answered', 'closed')`
	}
	return `FALSE`
}

// order puts what waits longest first, and what was answered last first.
func (t Tab) order() string {
	if t == TabAnswered {
		return `answered_at DESC, opened_at DESC, id DESC`
	}
	return `CASE WHEN promised_at = 0 THEN 1 ELSE 0 END, promised_at, opened_at, id`
}

// Filter says which cases to list.
type Filter struct {
	Tab    Tab
	Sight  Sight
	Limit  int
	Offset int
}

// List reads the cases of one list of the queue.
func List(ctx context.Context, tx *db.Tx, f Filter) ([]Case, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM cases WHERE `+f.Tab.where()+
		` AND `+InSight("$1")+` ORDER BY `+f.Tab.order()+` LIMIT $2 OFFSET $3`, f.Sight, f.Limit, f.Offset)
}

// Counts says how many cases stand in each list.
func Counts(ctx context.Context, tx *db.Tx, sight Sight) (map[Tab]int, error) {
	counts := map[Tab]int{}
	for _, tab := range Tabs() {
		n, err := db.One(ctx, tx, db.Scan[int],
			`SELECT COUNT(*) FROM cases WHERE `+tab.where()+` AND `+InSight("$1"), sight)
		if err != nil {
			return nil, err
		}
		counts[tab] = n
	}
	return counts, nil
}

// OfPerson reads a person's own cases, newest first.
func OfPerson(ctx context.Context, tx *db.Tx, person people.ID, limit, offset int) ([]Case, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM cases WHERE reporter_id = $1
		ORDER BY opened_at DESC, id DESC LIMIT $2 OFFSET $3`, person, limit, offset)
}

// Pulse tells one state of the cases from another: pages ask it to know
// whether to look again. It is equal as long as nothing changed.
type Pulse struct {
	At    int64 // when anything last changed, in microseconds
	Trace int64 // of what changed shortly before: a write may come late
}

// Changed reads the pulse of the cases in sight; with a person, of their own.
//
// The time of a change is taken before its commit, so of two at once the later
// may be seen first. The trace, over the last ten seconds, tells of the other.
func Changed(ctx context.Context, tx *db.Tx, person people.ID, sight Sight) (Pulse, error) {
	const mine = `($1 = '' OR reporter_id = $1) AND `
	return db.One(ctx, tx, func(row db.Scanner) (Pulse, error) {
		var p Pulse
		err := row.Scan(&p.At, &p.Trace)
		return p, err
	}, `SELECT COALESCE(MAX(cases.updated_at), 0), CAST(COALESCE(SUM(cases.updated_at - last.at + 1), 0) AS BIGINT)
		FROM cases, (SELECT MAX(updated_at) AS at FROM cases WHERE `+mine+InSight("$2")+`) last
		WHERE `+mine+InSight("$2")+` AND cases.updated_at > last.at - 10000000`, person, sight)
}

// FeedbackOf reads what a case's reporter said of our answer; none is a
// fault.NotFound.
func FeedbackOf(ctx context.Context, tx *db.Tx, id ID) (Feedback, error) {
	return db.One(ctx, tx, func(row db.Scanner) (Feedback, error) {
		var f Feedback
		var at int64
		err := row.Scan(&f.ID, &f.Case, &f.Person, &f.Helped, &f.Sentence, &at)
		f.At = db.Time(at)
		return f, err
	}, `SELECT id, case_id, person_id, helped, sentence, at FROM feedback WHERE case_id = $1 ORDER BY at DESC LIMIT 1`, id)
}

// TotalOf counts a person's own cases, and those in which they were told that
// they had shown us phishing.
func TotalOf(ctx context.Context, tx *db.Tx, person people.ID) (all, threats int, err error) {
	type pair struct{ all, threats int }
	p, err := db.One(ctx, tx, func(row db.Scanner) (pair, error) {
		var p pair
		err := row.Scan(&p.all, &p.threats)
		return p, err
	}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN verdict = 'phishing' AND answered_at > 0 THEN 1 ELSE 0 END), 0)
		FROM cases WHERE reporter_id = $1`, person)
	return p.all, p.threats, err
}
