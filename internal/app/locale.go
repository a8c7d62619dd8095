package app

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/sentences"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/api"
	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/fetch"
	"github.com/bienvu/bienvu/internal/i18n"
	partners "github.com/bienvu/bienvu/internal/known"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/post"
	"github.com/bienvu/bienvu/internal/queue"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/web"
	"github.com/bienvu/bienvu/internal/web/page"
)

//go:embed locale/*.json
var locale embed.FS

// Locales lists the sentences of every package: the one list that a package
// with sentences of its own joins.
func Locales() []fs.FS {
	return []fs.FS{
		locale, config.Locale(), db.Locale, queue.Locale, blob.Locale, fetch.Locale, post.Locale(),
		sentences.Locale(), similar.Locale(), reply.Locale, login.Locale, api.Locale(), page.Locale(), web.Locale(), desk.Locale(), partners.Locale,
	}
}

// language is the language of the person at the terminal: the first of LC_ALL,
// LC_MESSAGES and LANG that is set (POSIX 8.2), where we speak it, else English.
func language(say *i18n.Catalogue, env []string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(env, name); value != "" {
			tag, _, _ := strings.Cut(value, ".")
			return say.Match(strings.ReplaceAll(tag, "_", "-"), "en")
		}
	}
	return "en"
}
