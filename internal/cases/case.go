// Package cases holds the matters between a person and the team: the case, the
// messages reported in it, the conversation, the verdicts and who gave them.
//
// A report is one person's report of one message; a case is the matter and its
// conversation. One delivery (one mail that reached us) opens one case, or goes
// on with one; it may carry several reported messages.
package cases

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ID names a case.
type ID string

// Kind is what a case is about.
type Kind string

// The kinds of case.
const (
	Report   Kind = "report"   // somebody showed us a message
	Question Kind = "question" // somebody asks, or needs help
	Rescue   Kind = "rescue"   // somebody clicked, typed or paid
)

// State is where a case stands.
type State string

// The states of a case.
const (
	New      State = "new"      // accepted, not judged yet
	Waiting  State = "waiting"  // a person has to look; Hold says why
	Answered State = "answered" // the answer is on its way or there
	Closed   State = "closed"   // nothing more to do
)

// Hold is why a case waits for a person.
type Hold string

// The reasons to wait for a person. Each has a sentence in the catalogue,
// under "hold.<reason>".
const (
	HoldNone          Hold = ""
	HoldUnsure        Hold = "unsure"         // the product is not sure enough
	HoldMixed         Hold = "mixed"          // several messages with different verdicts
	HoldActed         Hold = "acted"          // the reporter clicked, typed, opened or paid
	HoldQuestion      Hold = "question"       // somebody asks something
	HoldUnknownSender Hold = "unknown-sender" // not one of the organisation's people
	HoldUnproved      Hold = "unproved"       // the mail does not prove who sent it
	HoldAutomatic     Hold = "automatic"      // a bounce, an auto-reply or a list: never answered
	HoldCap           Hold = "cap"            // too many answers to one person or thread
	HoldTone          Hold = "tone"           // our own text failed the tone check
	HoldUnreadable    Hold = "unreadable"     // the original could not be opened
	HoldDoubtful      Hold = "doubtful"       // it can't be told whether the answer left
	HoldFailed        Hold = "failed"         // the answer was refused by the other side
	HoldSwitch        Hold = "switched-off"   // answering alone is switched off
	HoldFeedback      Hold = "feedback"       // the person says the answer did not help
	HoldReply         Hold = "reply"          // the person wrote back
	HoldUnsent        Hold = "unsent"         // the answer could not be handed over for an hour
	HoldStuck         Hold = "stuck"          // the assessment does not end
)

// Holds lists every reason, for tests that walk them.
func Holds() []Hold {
	return []Hold{HoldUnsure, HoldMixed, HoldActed, HoldQuestion, HoldUnknownSender, HoldUnproved, HoldAutomatic,
		HoldCap, HoldTone, HoldUnreadable, HoldDoubtful, HoldFailed, HoldSwitch, HoldFeedback, HoldReply, HoldUnsent, HoldStuck}
}

// Case is one matter.
type Case struct {
	ID              ID
	Number          int // what people see
	Account         people.AccountID
	Reporter        people.ID // "" for somebody we don't know
	ReporterAddress string    // as claimed
	Subject         string
	Kind            Kind
	State           State
	Hold            Hold
	Urgent          bool
	Acted           []string // "clicked", "password", "opened", "paid", "replied"
	Language        string
	Verdict         verdict.Verdict // "" while new
	Score           float64         // probability that it is malicious
	DecidedBy       people.ID       // "" for the product
	Opened          time.Time
	Promised        time.Time // the time we named; zero when we named none
	Answered        time.Time
	Updated         time.Time
}

const columns = `id, number, account_id, COALESCE(reporter_id, ''), reporter_address, subject, kind, state, hold, urgent,
	acted, language, verdict, score, COALESCE(decided_by, ''), opened_at, promised_at, answered_at, updated_at`

func scan(row db.Scanner) (Case, error) {
	var c Case
	var acted string
	var opened, promised, answered, updated int64
	err := row.Scan(&c.ID, &c.Number, &c.Account, &c.Reporter, &c.ReporterAddress, &c.Subject, &c.Kind, &c.State, &c.Hold,
		&c.Urgent, &acted, &c.Language, &c.Verdict, &c.Score, &c.DecidedBy, &opened, &promised, &answered, &updated)
	c.Acted = split(acted)
	c.Opened, c.Promised, c.Answered, c.Updated = db.Time(opened), db.Time(promised), db.Time(answered), db.Time(updated)
	return c, err
}

// Get reads one case; none is a fault.NotFound.
func Get(ctx context.Context, tx *db.Tx, id ID) (Case, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM cases WHERE id = $1`, id)
}

// Open adds c and gives it its number.
func Open(ctx context.Context, tx *db.Tx, c Case) (Case, error) {
	number, err := db.One(ctx, tx, db.Scan[int],
		`UPDATE counters SET value = value + 1 WHERE name = 'case' RETURNING value`)
	if err != nil {
		return c, err
	}
	c.Number, c.Updated = number, c.Opened
	_, err = db.Exec(ctx, tx, `INSERT INTO cases (id, number, account_id, reporter_id, reporter_address, subject, kind,
			state, hold, urgent, acted, language, opened_at, promised_at, updated_at)
		VALUES ($1, $2, $3, NULLIF($4, ''), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13)`,
		c.ID, c.Number, c.Account, c.Reporter, c.ReporterAddress, c.Subject, c.Kind, c.State, c.Hold, c.Urgent,
		join(c.Acted), c.Language, db.Micros(c.Opened), db.Micros(c.Promised))
	return c, err
}

// Save writes what may change of a case.
func Save(ctx context.Context, tx *db.Tx, c Case, now time.Time) error {
	_, err := db.Exec(ctx, tx, `UPDATE cases SET kind = $2, state = $3, hold = $4, urgent = $5, acted = $6, verdict = $7,
			score = $8, decided_by = NULLIF($9, ''), promised_at = $10, answered_at = $11, updated_at = $12, language = $13
		WHERE id = $1`, c.ID, c.Kind, c.State, c.Hold, c.Urgent, join(c.Acted), c.Verdict, c.Score, c.DecidedBy,
		db.Micros(c.Promised), db.Micros(c.Answered), db.Micros(now), c.Language)
	return err
}

// Act notes what the reporter did (each once) and makes the case urgent.
func (c *Case) Act(kinds ...string) {
	for _, kind := range kinds {
		if kind != "" && !c.Has(kind) {
			c.Acted = append(c.Acted, kind)
		}
	}
	if len(c.Acted) > 0 {
		c.Urgent = true
	}
}

// Has reports whether the reporter did that.
func (c *Case) Has(kind string) bool {
	return slices.Contains(c.Acted, kind)
}

// Wait puts the case before a person and says why. Urgent reasons are not
// covered by lesser ones.
func (c *Case) Wait(why Hold) {
	c.State = Waiting
	if c.Hold != HoldActed || why == HoldDoubtful || why == HoldFailed {
		c.Hold = why
	}
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func join(list []string) string { return strings.Join(list, ",") }

// ByNumber reads the case people know by that number; none is a fault.NotFound.
func ByNumber(ctx context.Context, tx *db.Tx, number int) (Case, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM cases WHERE number = $1`, number)
}

// Adopt gives a case, its deliveries and its reports to the person who turned
// out to have sent them.
func Adopt(ctx context.Context, tx *db.Tx, id ID, person people.ID, account people.AccountID) error {
	if _, err := db.Exec(ctx, tx, `UPDATE cases SET reporter_id = $2, account_id = $3
		WHERE id = $1 AND reporter_id IS NULL`, id, person, account); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `UPDATE reports SET person_id = $2 WHERE case_id = $1 AND person_id IS NULL`, id, person); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE entries SET author_id = $2
		WHERE case_id = $1 AND author_id IS NULL AND kind IN ('report', 'comment')`, id, person)
	return err
}
