package cases

import (
	"context"
	"strings"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/people"
)

// Sight is which accounts' cases somebody may see. Every query that lists or
// counts cases for the team takes one, so that no account sees another's.
type Sight string

// Everything sees every account.
const Everything Sight = ""

// Only sees these accounts; without any it sees nothing.
func Only(accounts ...people.AccountID) Sight {
	var b strings.Builder
	b.WriteString(",")
	for _, a := range accounts {
		b.WriteString(string(a) + ",")
	}
	return Sight(b.String())
}

// Sees reports whether the account is in sight.
func (s Sight) Sees(account people.AccountID) bool {
	return s == Everything || strings.Contains(string(s), ","+string(account)+",")
}

// InSight is the condition of a Sight in a parameter ("$1") on the table cases.
// Identifiers hold no % and no _, so LIKE is exact.
func InSight(parameter string) string {
	return `(` + parameter + ` = '' OR ` + parameter + ` LIKE '%,' || cases.account_id || ',%')`
}

// Same counts the cases in sight that hold a report of a case's campaigns, the
// case itself included.
func Same(ctx context.Context, tx *db.Tx, sight Sight, id ID) (int, error) {
	others, err := db.One(ctx, tx, db.Scan[int], `SELECT COUNT(DISTINCT o.case_id) FROM reports r
		JOIN reports o ON o.campaign = r.campaign AND o.case_id <> r.case_id
		JOIN cases ON cases.id = o.case_id
		WHERE r.case_id = $1 AND r.campaign <> '' AND `+InSight("$2"), id, sight)
	return others + 1, err
}
