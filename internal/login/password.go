package login

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
)

// A password has 12 characters at least: length is what counts (NIST SP
// 800-63B). After a few failures an address has to wait; the link by mail works
// all the while.
const (
	minPassword = 12
	maxPassword = 256
	maxFailures = 10

	// FailureInterval is how long failures count, and so the longest wait.
	FailureInterval = 15 * time.Minute
	longestAddress  = 254 // RFC 3696, erratum 1690
)

// Hasher does the slow work of argon2id, a few at a time: each takes 64 MB of
// memory and a fifth of a second, by design.
type Hasher struct {
	params *argon2id.Params
	slots  chan struct{}
	decoy  string // compared with when there is no password, to take the same time
}

// NewHasher makes one that works on at most so many passwords at once.
func NewHasher(atOnce int) (*Hasher, error) {
	h := &Hasher{params: argon2id.DefaultParams, slots: make(chan struct{}, max(atOnce, 1))}
	var err error
	if h.decoy, err = argon2id.CreateHash("nobody has this password", h.params); err != nil {
		return nil, fmt.Errorf("login: %w", err)
	}
	return h, nil
}

// composed writes a letter and its accent as one character: terminals and
// browsers differ in how they send an é, and both must open (RFC 8265, 4.2).
func composed(password string) string { return norm.NFC.String(password) }

// Hash checks a new password and gives the form that is kept.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	password = composed(password)
	if utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword {
		return "", fault.New(fault.Invalid, "fault.password-length", fault.Args{"n": minPassword})
	}
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return argon2id.CreateHash(password, h.params)
}

func (h *Hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	if password = composed(password); len(password) > maxPassword {
		return false, nil
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	return argon2id.ComparePasswordAndHash(password, hash)
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.TooMuch, "fault.too-many-tries", ctx.Err())
	}
}

func (h *Hasher) leave() { <-h.slots }

// SetPassword keeps a hash made by Hash, and signs the person out everywhere.
func SetPassword(ctx context.Context, tx *db.Tx, person people.ID, hash string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO login_passwords (person_id, hash, changed_at) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`,
		person, hash, db.Micros(now))
	if err != nil {
		return fmt.Errorf("login: set password: %w", err)
	}
	return EndSessions(ctx, tx, person)
}

// Passworded lists the people who have a password.
func Passworded(ctx context.Context, tx *db.Tx) ([]people.ID, error) {
	return db.All(ctx, tx, db.Scan[people.ID], `SELECT person_id FROM login_passwords ORDER BY person_id`)
}

// CheckPassword says who it is. An unknown address, one without a password and
// a wrong password are the same fault.Unauthenticated and take the same time;
// after too many failures it is fault.TooMuch for a while. The slow comparison
// happens outside any transaction.
func CheckPassword(ctx context.Context, d *db.DB, h *Hasher, address, password string, now time.Time) (people.ID, error) {
	wrong := fault.New(fault.Unauthenticated, "fault.wrong-password", nil)
	address = people.Normal(address)
	if len(address) > longestAddress {
		return "", wrong // it is nobody's, and is not worth writing down
	}
	person, hash, err := lookUp(ctx, d, address, now)
	if err != nil {
		return "", err
	}
	if hash == "" {
		hash = h.decoy
	}
	ok, err := h.matches(ctx, password, hash)
	if err != nil {
		return "", err
	}
	if !ok || person == "" {
		return "", wrong
	}
	return person, forgetFailures(ctx, d, address)
}

// lookUp finds the password's hash; a person or hash that is not there is "".
// The try is noted as a failure before anybody knows: a hundred tries at once
// would else all be allowed before the first has failed.
func lookUp(ctx context.Context, d *db.DB, address string, now time.Time) (person people.ID, hash string, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		person, hash = "", ""
		failures, err := db.Scan[int](tx.QueryRowContext(ctx,
			`SELECT count(*) FROM login_failures WHERE address = $1 AND at > $2`,
			address, db.Micros(now.Add(-FailureInterval))))
		if err != nil {
			return fmt.Errorf("login: count failures: %w", err)
		}
		if failures >= maxFailures {
			return fault.New(fault.TooMuch, "fault.too-many-tries", nil)
		}
		if _, err := db.Exec(ctx, tx, `INSERT INTO login_failures (address, at) VALUES ($1, $2)`, address, db.Micros(now)); err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `SELECT people.id, hash FROM login_passwords
			JOIN people ON people.id = person_id WHERE address = $1`, address).Scan(&person, &hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return person, hash, err
}

func forgetFailures(ctx context.Context, d *db.DB, address string) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM login_failures WHERE address = $1`, address)
		return err
	})
}
