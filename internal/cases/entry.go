package cases

import (
	"context"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// EntryKind is what one line of the conversation is.
type EntryKind string

// The kinds of entry.
const (
	EntryReport   EntryKind = "report"   // a message was shown to us; Body is the reporter's own words
	EntryComment  EntryKind = "comment"  // the person wrote; Body is what
	EntryLetter   EntryKind = "letter"   // we wrote; Letter says what
	EntryDecision EntryKind = "decision" // Body is the verdict
	EntryFeedback EntryKind = "feedback" // Body is "helped" or "not-helped", and a sentence after a line break
	EntryRescue   EntryKind = "rescue"   // Body is what the person did
	EntryNotice   EntryKind = "notice"   // Body is a catalogue key
)

// Entry is one line of the conversation.
type Entry struct {
	ID     string
	Case   ID
	Kind   EntryKind
	Author people.ID // "" for the product, or somebody we don't know
	Body   string
	Letter string
	At     time.Time
}

func scanEntry(row db.Scanner) (Entry, error) {
	var e Entry
	var at int64
	err := row.Scan(&e.ID, &e.Case, &e.Kind, &e.Author, &e.Body, &e.Letter, &at)
	e.At = db.Time(at)
	return e, err
}

// Say adds a line to the conversation.
func Say(ctx context.Context, tx *db.Tx, e Entry) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO entries (id, case_id, kind, author_id, body, letter_id, at)
		VALUES ($1, $2, $3, NULLIF($4, ''), $5, $6, $7)`, e.ID, e.Case, e.Kind, e.Author, e.Body, e.Letter, db.Micros(e.At))
	return err
}

// Conversation reads all lines of a case, oldest first.
func Conversation(ctx context.Context, tx *db.Tx, id ID) ([]Entry, error) {
	return db.All(ctx, tx, scanEntry, `SELECT id, case_id, kind, COALESCE(author_id, ''), body, letter_id, at
		FROM entries WHERE case_id = $1 ORDER BY at, id`, id)
}

// Decision is a verdict given to a case, and by whom.
type Decision struct {
	ID       string
	Case     ID
	Verdict  verdict.Verdict
	Previous verdict.Verdict
	By       people.ID // "" for the product
	At       time.Time
}

// Decide records a decision.
func Decide(ctx context.Context, tx *db.Tx, d Decision) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO decisions (id, case_id, verdict, previous, by_id, at)
		VALUES ($1, $2, $3, $4, NULLIF($5, ''), $6)`, d.ID, d.Case, d.Verdict, d.Previous, d.By, db.Micros(d.At))
	return err
}

// Decisions reads those of a case, oldest first.
func Decisions(ctx context.Context, tx *db.Tx, id ID) ([]Decision, error) {
	return db.All(ctx, tx, func(row db.Scanner) (Decision, error) {
		var d Decision
		var at int64
		err := row.Scan(&d.ID, &d.Case, &d.Verdict, &d.Previous, &d.By, &at)
		d.At = db.Time(at)
		return d, err
	}, `SELECT id, case_id, verdict, previous, COALESCE(by_id, ''), at FROM decisions WHERE case_id = $1 ORDER BY at, id`, id)
}

// Feedback is a person's word on our answer.
type Feedback struct {
	ID       string
	Case     ID
	Person   people.ID
	Helped   bool
	Sentence string
	At       time.Time
}

// Rate keeps a person's word on a case; a later one replaces it.
func Rate(ctx context.Context, tx *db.Tx, f Feedback) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO feedback (id, case_id, person_id, helped, sentence, at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (case_id, person_id) DO UPDATE SET helped = excluded.helped, at = excluded.at,
			sentence = CASE WHEN excluded.sentence = '' THEN feedback.sentence ELSE excluded.sentence END`,
		f.ID, f.Case, f.Person, f.Helped, f.Sentence, db.Micros(f.At))
	return err
}
