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

// A sign-in link works once, for a quarter of an hour. Nobody gets more than a
// few an hour, so that no one can fill another's mailbox with them.
const (
	LinkLife      = 15 * time.Minute
	linksPerHour  = 5
	linksInterval = time.Hour
)

// NewLink makes a sign-in link for the person and gives its secret; too many of
// them are fault.TooMuch. The page that asks says the same thing whether or not
// the address is known, so that it gives nobody away.
func NewLink(ctx context.Context, tx *db.Tx, random io.Reader, person people.ID, now time.Time) (string, error) {
	recent, err := db.Scan[int](tx.QueryRowContext(ctx,
		`SELECT count(*) FROM login_links WHERE person_id = $1 AND created_at > $2`,
		person, db.Micros(now.Add(-linksInterval))))
	if err != nil {
		return "", fmt.Errorf("login: count links: %w", err)
	}
	if recent >= linksPerHour {
		return "", fault.New(fault.TooMuch, "fault.too-many-links", nil)
	}
	token, err := secret(random)
	if err != nil {
		return "", err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO login_links (token_hash, person_id, created_at, expires_at)
		VALUES ($1, $2, $3, $4)`, digest(token), person, db.Micros(now), db.Micros(now.Add(LinkLife)))
	if err != nil {
		return "", fmt.Errorf("login: new link: %w", err)
	}
	return token, nil
}

// newcomersPerHour is how many people whom nobody knew before may be sent a
// link in an hour. Anyone can ask, for any address of our domains that they
// make up: without an end, that many mails would leave and that many people be
// added. Those who are known already are not counted, and never wait for it.
const newcomersPerHour = 100

// Newcomer is nil while another person may become known by asking for a link,
// else fault.TooMuch.
func Newcomer(ctx context.Context, tx *db.Tx, now time.Time) error {
	hour := db.Micros(now.Add(-linksInterval))
	recent, err := db.Scan[int](tx.QueryRowContext(ctx, `SELECT count(DISTINCT person_id) FROM login_links
		JOIN people ON people.id = person_id WHERE login_links.created_at > $1 AND people.created_at > $1`, hour))
	if err != nil {
		return fmt.Errorf("login: count newcomers: %w", err)
	}
	if recent >= newcomersPerHour {
		return fault.New(fault.TooMuch, "fault.too-many-links", nil)
	}
	return nil
}

// PeekLink says whose link it is without using it up, for the page with the
// button. A link that was used, is too old or never was is fault.Unauthenticated.
func PeekLink(ctx context.Context, tx *db.Tx, token string, now time.Time) (people.ID, error) {
	person, err := db.Scan[people.ID](tx.QueryRowContext(ctx, `SELECT person_id FROM login_links
		WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2`, digest(token), db.Micros(now)))
	return person, linkFault(err)
}

// UseLink uses the link up, and every other open link of the same person. Only
// a POST may call it. Of two that use it at once, one succeeds.
func UseLink(ctx context.Context, tx *db.Tx, token string, now time.Time) (people.ID, error) {
	person, err := db.Scan[people.ID](tx.QueryRowContext(ctx, `UPDATE login_links SET used_at = $2
		WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2 RETURNING person_id`, digest(token), db.Micros(now)))
	if err != nil {
		return "", linkFault(err)
	}
	_, err = db.Exec(ctx, tx, `UPDATE login_links SET used_at = $2 WHERE person_id = $1 AND used_at = 0`,
		person, db.Micros(now))
	return person, err
}

func linkFault(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Unauthenticated, "fault.link-over", nil)
	}
	return err
}
