package analysis

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/verdict"
)

// authentication reads what is proved of the sender: what the authentication
// check finds, and the domains whose signature was verified.
func authentication(_ context.Context, s subject.Subject) (found []verdict.Finding, signed []string) {
	return nil, signedDomains(s)
}

// signedDomains reads the verified signatures from the fields of servers that
// the house trusts.
func signedDomains(s subject.Subject) (out []string) {
	for _, field := range s.Message.Auth {
		if !slices.ContainsFunc(s.House.TrustedServers, func(t string) bool { return strings.EqualFold(t, field.Server) }) {
			continue
		}
		for _, r := range field.Results {
			if r.Method == "dkim" && r.Value == "pass" {
				out = append(out, domain.Clean(strings.TrimPrefix(r.Props["header.d"], "@")))
			}
		}
		break // only the topmost field of a trusted server: those below may be forged
	}
	return out
}
