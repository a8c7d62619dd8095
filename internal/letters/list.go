package letters

import (
	"context"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
)

// About reads the letters about cases in sight, the newest first. Sign-in
// links are about no case, so nobody sees them here.
func About(ctx context.Context, tx *db.Tx, sight cases.Sight, limit, offset int) ([]Letter, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM letters
		WHERE case_id IN (SELECT id FROM cases WHERE `+cases.InSight("$1")+`)
		ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`, sight, limit, offset)
}
