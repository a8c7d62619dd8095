// Package letters keeps what we send and whether it left.
//
// A letter walks ready → claimed → handing → sent. "Claimed" means a process
// holds it and nothing has been handed over; "handing" means that from here on
// the other side may have taken it. A process that dies while claimed left
// nothing behind: the letter is simply claimed again. One that dies while
// handing leaves a question, which is asked of the sender (post.Sender.Sent);
// if it can't answer, the letter is doubtful and a person decides. So nothing
// is ever sent twice by hoping.
//
// A letter whose text fails the tone check is held: only a named person can
// let it go. The schema itself refuses anything else.
package letters

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ID names a letter.
type ID string

// State is where a letter stands.
type State string

// The states of a letter.
const (
	Held     State = "held"     // failed the tone check: waits for a person
	Ready    State = "ready"    // may leave
	Claimed  State = "claimed"  // a process holds it, nothing has left
	Handing  State = "handing"  // being handed over: may have left
	Sent     State = "sent"     // the other side has taken it
	Failed   State = "failed"   // the other side refused it for good
	Doubtful State = "doubtful" // it can't be told whether it left
)

// Letter is one mail of ours.
type Letter struct {
	ID         ID
	Case       cases.ID  // "" for sign-in links
	Person     people.ID // "" for somebody we don't know
	Once       string    // equal for the same occasion
	To         string
	Situation  string
	Language   string
	Verdict    verdict.Verdict // what it tells, "" when it tells none
	Subject    string
	Text       string
	HTML       string
	MessageID  string // stable, without angle brackets
	InReplyTo  string
	References []string
	ReplyTo    string
	Tone       json.RawMessage // what the tone check said of this very text
	TonePass   bool
	ApprovedBy people.ID // who let it go, or wrote it; "" for the product
	State      State
	ClaimedBy  string
	ClaimedAt  time.Time
	Attempts   int
	Note       string
	Created    time.Time
	SentAt     time.Time
}

const columns = `id, COALESCE(case_id, ''), COALESCE(person_id, ''), once, to_address, situation, language, verdict, subject,
	body_text, body_html, message_id, in_reply_to, refs, reply_to, tone, tone_pass, COALESCE(approved_by, ''), state,
	claimed_by, claimed_at, attempts, note, created_at, sent_at`

func scan(row db.Scanner) (Letter, error) {
	var l Letter
	var refs, tone string
	var claimed, created, sent int64
	err := row.Scan(&l.ID, &l.Case, &l.Person, &l.Once, &l.To, &l.Situation, &l.Language, &l.Verdict, &l.Subject, &l.Text,
		&l.HTML, &l.MessageID, &l.InReplyTo, &refs, &l.ReplyTo, &tone, &l.TonePass, &l.ApprovedBy, &l.State,
		&l.ClaimedBy, &claimed, &l.Attempts, &l.Note, &created, &sent)
	l.References, l.Tone = strings.Fields(refs), json.RawMessage(tone)
	l.ClaimedAt, l.Created, l.SentAt = db.Time(claimed), db.Time(created), db.Time(sent)
	return l, err
}

// Add keeps a letter. It reports false, and keeps nothing, when a letter for
// the same occasion is already there.
func Add(ctx context.Context, tx *db.Tx, l Letter) (bool, error) {
	n, err := db.Exec(ctx, tx, `INSERT INTO letters (id, case_id, person_id, once, to_address, situation, language, verdict,
			subject, body_text, body_html, message_id, in_reply_to, refs, reply_to, tone, tone_pass, approved_by, state, created_at)
		VALUES ($1, NULLIF($2, ''), NULLIF($3, ''), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
			NULLIF($18, ''), $19, $20)
		ON CONFLICT (once) DO NOTHING`,
		l.ID, l.Case, l.Person, l.Once, l.To, l.Situation, l.Language, l.Verdict, l.Subject, l.Text, l.HTML, l.MessageID,
		l.InReplyTo, strings.Join(l.References, " "), l.ReplyTo, string(l.Tone), l.TonePass, l.ApprovedBy, l.State, db.Micros(l.Created))
	return n == 1, err
}

// Get reads one letter; none is a fault.NotFound.
func Get(ctx context.Context, tx *db.Tx, id ID) (Letter, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM letters WHERE id = $1`, id)
}

// ByMessageID reads the letter with that Message-ID; none is a fault.NotFound.
func ByMessageID(ctx context.Context, tx *db.Tx, messageID string) (Letter, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM letters WHERE message_id = $1`, messageID)
}

// Of reads the letters of one case, oldest first.
func Of(ctx context.Context, tx *db.Tx, id cases.ID) ([]Letter, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM letters WHERE case_id = $1 ORDER BY created_at, id`, id)
}

// Unfinished lists the letters that still have to leave, oldest first: what a
// starting process picks up again.
func Unfinished(ctx context.Context, tx *db.Tx) ([]ID, error) {
	return db.All(ctx, tx, db.Scan[ID],
		`SELECT id FROM letters WHERE state IN ('ready', 'claimed', 'handing') ORDER BY created_at, id`)
}

// Late reads the letters written before a moment that still have to leave.
func Late(ctx context.Context, tx *db.Tx, before time.Time) ([]Letter, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM letters
		WHERE state IN ('ready', 'claimed', 'handing') AND created_at < $1 ORDER BY created_at, id`, db.Micros(before))
}

// Told reads the last verdict that a case's reporter was told, and "" when
// none left or is about to.
func Told(ctx context.Context, tx *db.Tx, id cases.ID) (verdict.Verdict, error) {
	all, err := db.All(ctx, tx, db.Scan[verdict.Verdict], `SELECT verdict FROM letters
		WHERE case_id = $1 AND verdict <> '' AND state NOT IN ('held', 'failed')
		ORDER BY created_at DESC, id DESC LIMIT 1`, id)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// CountSince counts the letters about cases written to a person since a moment:
// for the cap per person, and, with a case, the cap per thread. Sign-in links
// have a cap of their own (package login): anyone may ask for them in anyone's
// name, and must not use up somebody's answers with them.
func CountSince(ctx context.Context, tx *db.Tx, to string, id cases.ID, since time.Time) (int, error) {
	return db.One(ctx, tx, db.Scan[int], `SELECT COUNT(*) FROM letters
		WHERE to_address = $1 AND created_at >= $2 AND case_id IS NOT NULL AND ($3 = '' OR case_id = $3)`, to, db.Micros(since), id)
}
