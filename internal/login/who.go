package login

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/people"
)

// Who is whoever asks: a person, or a service with a token.
type Who struct {
	Person people.ID // "" for a service
	Token  string    // name of the API token, "" in a browser
	Grants []Grant   // of the person, their own reporter role included
	Only   []Right   // the rights of the token; nil for a browser: no limit

	account people.AccountID // of a service
}

// Grant is a role, for one account or for all.
type Grant struct {
	Role    Role
	Account people.AccountID // "" for every account
}

// May reports whether they may do it somewhere. Then ask Sees about the account
// of the thing itself.
func (w Who) May(right Right) bool {
	all, some := w.Accounts(right)
	return all || len(some) > 0 || w.Person != "" && w.allowed(right) && Can(Reporter, right)
}

// Sees reports whether they may do it in that account.
func (w Who) Sees(right Right, account people.AccountID) bool {
	all, some := w.Accounts(right)
	return all || slices.Contains(some, account)
}

// Accounts lists the accounts where they may do it, or says that it is all.
// What a person may do with their own reports is not a matter of accounts.
func (w Who) Accounts(right Right) (all bool, some []people.AccountID) {
	if !w.allowed(right) {
		return false, nil
	}
	if w.Person == "" {
		return w.account == "", oneOrNone(w.account)
	}
	for _, g := range w.Grants {
		if !Can(g.Role, right) || g.Role == Reporter {
			continue
		}
		if g.Account == "" {
			return true, nil
		}
		some = append(some, g.Account)
	}
	return false, some
}

// allowed asks the token: a service has its rights alone, a person's token
// never more than these.
func (w Who) allowed(right Right) bool {
	if w.Person == "" || w.Only != nil {
		return slices.Contains(w.Only, right)
	}
	return true
}

func oneOrNone(account people.AccountID) []people.AccountID {
	if account == "" {
		return nil
	}
	return []people.AccountID{account}
}

// Need is nil when they may, else the fault that the door shows.
func (w Who) Need(right Right) error {
	if w.May(right) {
		return nil
	}
	return fault.New(fault.Forbidden, "fault.not-allowed", nil)
}

// Is reports whether they hold the role somewhere.
func (w Who) Is(role Role) bool {
	return slices.ContainsFunc(w.Grants, func(g Grant) bool { return g.Role == role })
}

// GrantRole gives a person a role, in one account or ("") in all. Again is harmless.
func GrantRole(ctx context.Context, tx *db.Tx, person people.ID, g Grant, now time.Time) error {
	if !slices.Contains(Roles(), g.Role) {
		return fault.New(fault.Invalid, "fault.no-such-role", fault.Args{"role": string(g.Role)})
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO login_roles (person_id, role, account_id, granted_at)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, person, g.Role, g.Account, db.Micros(now))
	if err != nil {
		return fmt.Errorf("login: grant: %w", err)
	}
	return nil
}

// RevokeRole takes the role back.
func RevokeRole(ctx context.Context, tx *db.Tx, person people.ID, g Grant) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM login_roles WHERE person_id = $1 AND role = $2 AND account_id = $3`,
		person, g.Role, g.Account)
	if err != nil {
		return fmt.Errorf("login: revoke: %w", err)
	}
	return nil
}

// Of is the person as they are in a browser: all their roles, and reporter.
func Of(ctx context.Context, tx *db.Tx, person people.ID) (Who, error) {
	grants, err := db.All(ctx, tx, scanGrant,
		`SELECT role, account_id FROM login_roles WHERE person_id = $1 ORDER BY role, account_id`, person)
	if err != nil {
		return Who{}, fmt.Errorf("login: roles: %w", err)
	}
	own := Grant{Role: Reporter}
	if !slices.Contains(grants, own) {
		grants = append([]Grant{own}, grants...)
	}
	return Who{Person: person, Grants: grants}, nil
}

func scanGrant(row db.Scanner) (g Grant, err error) {
	err = row.Scan(&g.Role, &g.Account)
	return g, err
}

// Team is every role that was granted, by person.
func Team(ctx context.Context, tx *db.Tx) (map[people.ID][]Grant, error) {
	type held struct {
		person people.ID
		Grant
	}
	all, err := db.All(ctx, tx, func(row db.Scanner) (h held, err error) {
		err = row.Scan(&h.person, &h.Role, &h.Account)
		return h, err
	}, `SELECT person_id, role, account_id FROM login_roles ORDER BY person_id, role, account_id`)
	team := map[people.ID][]Grant{}
	for _, h := range all {
		team[h.person] = append(team[h.person], h.Grant)
	}
	return team, err
}

// Holders lists the people who hold a role, in any account.
func Holders(ctx context.Context, tx *db.Tx, role Role) ([]people.ID, error) {
	return db.All(ctx, tx, db.Scan[people.ID],
		`SELECT DISTINCT person_id FROM login_roles WHERE role = $1 ORDER BY person_id`, role)
}
