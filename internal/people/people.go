// Package people knows who belongs to the organisation: persons, and the
// accounts (departments, sites or customers) they belong to. A reporter is a
// role of a person, not a kind of person.
package people

import (
	"context"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/fault"
)

// ID names a person.
type ID string

// AccountID names a department, site or customer.
type AccountID string

// Person is someone of the organisation.
type Person struct {
	ID       ID
	Account  AccountID
	Address  string // lower case
	Name     string // as they write it; may be empty
	Language string // what they chose; "" when they didn't
	Since    time.Time
}

// Account is a department, site or customer.
type Account struct {
	ID   AccountID
	Name string
}

// Normal is how an address is kept and compared.
func Normal(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

// InDomains reports whether address belongs to one of the domains or to a
// subdomain of one.
func InDomains(address string, domains []string) bool {
	_, domain, ok := strings.Cut(Normal(address), "@")
	if !ok {
		return false
	}
	for _, d := range domains {
		d = strings.ToLower(d)
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

const columns = `id, account_id, address, name, language, created_at`

func scan(row db.Scanner) (Person, error) {
	var p Person
	var since int64
	err := row.Scan(&p.ID, &p.Account, &p.Address, &p.Name, &p.Language, &since)
	p.Since = db.Time(since)
	return p, err
}

// Get reads one person; none is a fault.NotFound.
func Get(ctx context.Context, tx *db.Tx, id ID) (Person, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM people WHERE id = $1`, id)
}

// ByAddress reads one person; none is a fault.NotFound.
func ByAddress(ctx context.Context, tx *db.Tx, address string) (Person, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM people WHERE address = $1`, Normal(address))
}

// All reads everybody, by address.
func All(ctx context.Context, tx *db.Tx) ([]Person, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM people ORDER BY address`)
}

// Ensure finds the person with p's address, or adds p. A name learned later
// fills an empty one; nothing else of a known person changes.
func Ensure(ctx context.Context, tx *db.Tx, p Person) (Person, error) {
	p.Address = Normal(p.Address)
	if p.Address == "" || !strings.Contains(p.Address, "@") {
		return p, fault.New(fault.Invalid, "fault.bad-address", fault.Args{"address": p.Address})
	}
	return db.One(ctx, tx, scan, `INSERT INTO people (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (address) DO UPDATE SET name = CASE WHEN people.name = '' THEN excluded.name ELSE people.name END
		RETURNING `+columns, p.ID, p.Account, p.Address, p.Name, p.Language, db.Micros(p.Since))
}

// SetName keeps what a person is called.
func SetName(ctx context.Context, tx *db.Tx, id ID, name string) error {
	_, err := db.Exec(ctx, tx, `UPDATE people SET name = $1 WHERE id = $2`, name, id)
	return err
}

// SetLanguage keeps the language a person chose.
func SetLanguage(ctx context.Context, tx *db.Tx, id ID, language string) error {
	_, err := db.Exec(ctx, tx, `UPDATE people SET language = $1 WHERE id = $2`, language, id)
	return err
}

// EnsureAccount finds the account of that name, or adds it.
func EnsureAccount(ctx context.Context, tx *db.Tx, a Account, now time.Time) (Account, error) {
	return db.One(ctx, tx, scanAccount, `INSERT INTO accounts (id, name, created_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id, name`, a.ID, a.Name, db.Micros(now))
}

func scanAccount(row db.Scanner) (Account, error) {
	var a Account
	err := row.Scan(&a.ID, &a.Name)
	return a, err
}

// AccountName reads what an account is called; none is a fault.NotFound.
func AccountName(ctx context.Context, tx *db.Tx, id AccountID) (string, error) {
	return db.One(ctx, tx, db.Scan[string], `SELECT name FROM accounts WHERE id = $1`, id)
}

// Accounts reads every account, by name.
func Accounts(ctx context.Context, tx *db.Tx) ([]Account, error) {
	return db.All(ctx, tx, scanAccount, `SELECT id, name FROM accounts ORDER BY name`)
}
