package known

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// Kind is what a partner is to the organisation.
type Kind string

// The kinds of partner.
const (
	Supplier   Kind = "supplier"   // sends us bills
	Customer   Kind = "customer"   // buys from us
	Service    Kind = "service"    // we use it
	Newsletter Kind = "newsletter" // writes to us regularly, because we asked it to
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Supplier, Customer, Service, Newsletter} }

// Partner is a domain whose mail the organisation expects.
type Partner struct {
	Account people.AccountID // "" for all of them
	Domain  string           // and all below it
	Kind    Kind
	Note    string
	Added   time.Time
}

// Enter adds a partner, or changes what it is.
func Enter(ctx context.Context, tx *db.Tx, p Partner) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO known_partners (account_id, domain, kind, note, added_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (domain, account_id) DO UPDATE SET kind = excluded.kind, note = excluded.note`,
		p.Account, p.Domain, p.Kind, p.Note, db.Micros(p.Added))
	return err
}

// Remove takes a partner out, and says whether it was there.
func Remove(ctx context.Context, tx *db.Tx, account people.AccountID, domain string) (bool, error) {
	n, err := db.Exec(ctx, tx, `DELETE FROM known_partners WHERE domain = $1 AND account_id = $2`, domain, account)
	return n > 0, err
}

const partnerColumns = `account_id, domain, kind, note, added_at`

func scanPartner(row db.Scanner) (Partner, error) {
	var p Partner
	var added int64
	err := row.Scan(&p.Account, &p.Domain, &p.Kind, &p.Note, &added)
	p.Added = db.Time(added)
	return p, err
}

// Partners lists all of them, by domain.
func Partners(ctx context.Context, tx *db.Tx) ([]Partner, error) {
	return db.All(ctx, tx, scanPartner, `SELECT `+partnerColumns+` FROM known_partners ORDER BY domain, account_id`)
}

// PartnersOf lists what an account knows of a host: of itself and of each domain
// it stands below.
func PartnersOf(ctx context.Context, tx *db.Tx, account people.AccountID, host string) ([]Partner, error) {
	names := above(host)
	args, marks := []any{account}, make([]string, 0, len(names))
	for _, n := range names {
		args = append(args, n)
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	if len(names) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, scanPartner, `SELECT `+partnerColumns+` FROM known_partners
		WHERE domain IN (`+strings.Join(marks, ", ")+`) AND account_id IN ('', $1) ORDER BY domain, account_id`, args...)
}

// SuppliersOf lists the suppliers of an account, for finding who imitates them:
// the ones that were entered first, no more than most.
func SuppliersOf(ctx context.Context, tx *db.Tx, account people.AccountID, most int) ([]string, error) {
	return db.All(ctx, tx, db.Scan[string], `SELECT domain FROM known_partners WHERE kind = $1 AND account_id IN ('', $2)
		ORDER BY added_at, domain LIMIT $3`, Supplier, account, most)
}

const (
	mostAbove   = 8   // names that a host is looked up under
	longestHost = 253 // bytes (RFC 1035, section 2.3.4)
)

// above lists a host and the domains it stands below, up to the registrable one:
// the last ones, when there are many.
func above(host string) []string {
	org := domain.Org(host)
	if org == "" || !strings.HasSuffix(host, org) || len(host) > longestHost {
		return nil
	}
	var out []string
	for name := host; ; {
		out = append(out, name)
		if name == org || len(name) <= len(org) {
			break
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return out[max(0, len(out)-mostAbove):]
}

// Valid reports whether k is one of Kinds.
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }
