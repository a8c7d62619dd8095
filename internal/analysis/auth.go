package analysis

import (
	"context"

	"github.com/bienvu/bienvu/internal/analysis/authcheck"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/verdict"
)

// authentication says what is proved of the sender: the findings of the
// authentication check, and the domains whose signature was verified. It runs
// before the other analyzers, because some build on it.
func authentication(ctx context.Context, s subject.Subject) (found []verdict.Finding, signed []string) {
	evidence := authcheck.Gather(ctx, s)
	return evidence.Findings(s.House), evidence.Signed()
}
