package login

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
)

// tokenPrefix lets people and secret scanners recognise our tokens.
const tokenPrefix = "bienvu_"

// Token is an API token, without its secret. One with a Person acts as that
// person, within Rights where they are given; one without is a service, which
// has its Rights and nothing else.
type Token struct {
	ID      string
	Name    string // what it is for, in its owner's words
	Person  people.ID
	Account people.AccountID // of a service; "" for every account
	Rights  []Right
	Created time.Time
	Used    time.Time // zero: never
	Expires time.Time // zero: never
	Revoked time.Time // zero: it works
}

// NewToken keeps t and gives its secret, which is shown once.
func NewToken(ctx context.Context, tx *db.Tx, random io.Reader, t Token, now time.Time) (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	text, err := secret(random)
	if err != nil {
		return "", err
	}
	text = tokenPrefix + text
	_, err = db.Exec(ctx, tx, `INSERT INTO login_tokens
		(id, token_hash, name, person_id, account_id, rights, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.ID, digest(text), t.Name, sql.NullString{String: string(t.Person), Valid: t.Person != ""},
		t.Account, joinRights(t.Rights), db.Micros(now), db.Micros(t.Expires))
	if err != nil {
		return "", fmt.Errorf("login: new token: %w", err)
	}
	return text, nil
}

func (t Token) check() error {
	for _, r := range t.Rights {
		if !slices.Contains(Rights(), r) {
			return fault.New(fault.Invalid, "fault.no-such-right", fault.Args{"right": string(r)})
		}
	}
	switch {
	case strings.TrimSpace(t.Name) == "":
		return fault.New(fault.Invalid, "fault.token-name", nil)
	case t.Person == "" && len(t.Rights) == 0:
		return fault.New(fault.Invalid, "fault.token-rights", nil)
	}
	return nil
}

const tokenColumns = `id, name, person_id, account_id, rights, created_at, used_at, expires_at, revoked_at`

// ByToken says who presents the secret; fault.Unauthenticated when nobody does
// any more. Call TouchToken when its last use should be seen.
func ByToken(ctx context.Context, tx *db.Tx, text string, now time.Time) (Who, Token, error) {
	t, err := scanToken(tx.QueryRowContext(ctx, `SELECT `+tokenColumns+` FROM login_tokens
		WHERE token_hash = $1 AND revoked_at = 0 AND (expires_at = 0 OR expires_at > $2)`, digest(text), db.Micros(now)))
	if errors.Is(err, sql.ErrNoRows) {
		return Who{}, t, fault.New(fault.Unauthenticated, "fault.token-wrong", nil)
	}
	if err != nil {
		return Who{}, t, fmt.Errorf("login: token: %w", err)
	}
	who := Who{}
	if t.Person != "" {
		if who, err = Of(ctx, tx, t.Person); err != nil {
			return Who{}, t, err
		}
	}
	who.Token, who.Only, who.account = t.Name, t.Rights, t.Account
	return who, t, nil
}

// Stale reports whether TouchToken is due.
func (t Token) Stale(now time.Time) bool { return now.Sub(t.Used) >= touchAfter }

// TouchToken notes that the token is in use.
func TouchToken(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `UPDATE login_tokens SET used_at = $1 WHERE id = $2`, db.Micros(now), id)
	return err
}

// RevokeToken ends a token for good; it stays in the list, with its date.
func RevokeToken(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	n, err := db.Exec(ctx, tx, `UPDATE login_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at = 0`,
		db.Micros(now), id)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.no-such-token", nil)
	}
	return err
}

// Tokens lists all tokens, the newest first.
func Tokens(ctx context.Context, tx *db.Tx) ([]Token, error) {
	return db.All(ctx, tx, scanToken, `SELECT `+tokenColumns+` FROM login_tokens ORDER BY created_at DESC, id DESC`)
}

func scanToken(row db.Scanner) (Token, error) {
	var t Token
	var person sql.NullString
	var rights string
	var created, used, expires, revoked int64
	err := row.Scan(&t.ID, &t.Name, &person, &t.Account, &rights, &created, &used, &expires, &revoked)
	t.Person, t.Rights = people.ID(person.String), splitRights(rights)
	t.Created, t.Used, t.Expires, t.Revoked = db.Time(created), db.Time(used), db.Time(expires), db.Time(revoked)
	return t, err
}

func joinRights(rights []Right) string {
	texts := make([]string, len(rights))
	for i, r := range rights {
		texts[i] = string(r)
	}
	return strings.Join(texts, " ")
}

func splitRights(text string) (rights []Right) {
	for r := range strings.FieldsSeq(text) {
		rights = append(rights, Right(r))
	}
	return rights
}
