package desk

import (
	"cmp"

	"github.com/bienvu/bienvu/internal/reply"
)

// Team is who signs, in a language: a team that the organisation gave no name
// is called what it is.
func (d *Desk) Team(lang string) reply.Team {
	team := d.Org.Team
	team.Name = cmp.Or(team.Name, d.Words.T(lang, "team.name", nil))
	return team
}
