package login

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
)

// A session ends 30 days after it began, or when it was not used for 7.
const (
	SessionLife = 30 * 24 * time.Hour
	SessionIdle = 7 * 24 * time.Hour

	// touchAfter is how old the last use must be before it is written again:
	// not every page view should be a write.
	touchAfter = 5 * time.Minute
)

// Session is a browser that is signed in.
type Session struct {
	Who     Who
	Since   time.Time
	Used    time.Time
	Expires time.Time
}

// Stale reports whether TouchSession is due.
func (s Session) Stale(now time.Time) bool { return now.Sub(s.Used) >= touchAfter }

// NewSession signs the person in and gives the secret for the cookie.
func NewSession(ctx context.Context, tx *db.Tx, random io.Reader, person people.ID, now time.Time) (string, error) {
	token, err := secret(random)
	if err != nil {
		return "", err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO login_sessions (token_hash, person_id, created_at, used_at, expires_at)
		VALUES ($1, $2, $3, $3, $4)`, digest(token), person, db.Micros(now), db.Micros(now.Add(SessionLife)))
	if err != nil {
		return "", fmt.Errorf("login: new session: %w", err)
	}
	return token, nil
}

// SessionOf is the session behind the cookie; fault.Unauthenticated when there
// is none, or it is over.
func SessionOf(ctx context.Context, tx *db.Tx, token string, now time.Time) (Session, error) {
	var s Session
	var person people.ID
	var since, used, expires int64
	err := tx.QueryRowContext(ctx, `SELECT person_id, created_at, used_at, expires_at FROM login_sessions
		WHERE token_hash = $1 AND expires_at > $2 AND used_at > $3`,
		digest(token), db.Micros(now), db.Micros(now.Add(-SessionIdle))).Scan(&person, &since, &used, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fault.New(fault.Unauthenticated, "fault.sign-in-first", nil)
	}
	if err != nil {
		return s, fmt.Errorf("login: session: %w", err)
	}
	s = Session{Since: db.Time(since), Used: db.Time(used), Expires: db.Time(expires)}
	s.Who, err = Of(ctx, tx, person)
	return s, err
}

// TouchSession notes that the session is in use.
func TouchSession(ctx context.Context, tx *db.Tx, token string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `UPDATE login_sessions SET used_at = $1 WHERE token_hash = $2`,
		db.Micros(now), digest(token))
	return err
}

// EndSession signs out this browser.
func EndSession(ctx context.Context, tx *db.Tx, token string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM login_sessions WHERE token_hash = $1`, digest(token))
	return err
}

// EndSessions signs the person out everywhere.
func EndSessions(ctx context.Context, tx *db.Tx, person people.ID) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM login_sessions WHERE person_id = $1`, person)
	return err
}
