package similar

import (
	"embed"
	"io/fs"

	"github.com/bienvu/bienvu/internal/i18n"
)

//go:embed *.json
var locale embed.FS

// Locale gives the catalogues.
func Locale() fs.FS { return locale }

// Say says a reason to somebody of the team.
func Say(c *i18n.Catalogue, lang string, r Reason) string {
	args := make(i18n.Args, len(r.Args))
	for k, v := range r.Args {
		args[k] = v
	}
	return c.T(lang, "similar."+r.ID, args)
}
