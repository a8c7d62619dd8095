// Package sentences says each finding twice, in every language: once for the
// expert, once for the person who reported the message, in words of every day
// and pointing at something that they can see for themselves.
//
// The sentences live in JSON catalogues beside this file, under
// finding.ID.expert and finding.ID.reporter. Their placeholders are filled from
// the finding's Args, in which addresses are already defanged.
package sentences

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

//go:embed *.json
var locale embed.FS

// Locale gives the catalogues.
func Locale() fs.FS { return locale }

// Expert says a finding to someone who knows mail.
func Expert(c *i18n.Catalogue, lang string, f verdict.Finding) string {
	return c.T(lang, Key(f.ID, "expert"), args(f))
}

// Reporter says a finding to the person who reported the message.
func Reporter(c *i18n.Catalogue, lang string, f verdict.Finding) string {
	return c.T(lang, Key(f.ID, "reporter"), args(f))
}

// Key gives the catalogue key of a finding's sentence, for "expert" or "reporter".
func Key(id, reader string) string { return "finding." + id + "." + reader }

// Aims says what the words of a message want, what they ask a person to do and
// whether they push, as far as the model can tell; "" where it can't.
func Aims(c *i18n.Catalogue, lang string, j verdict.Judgement) string {
	keys := []string{"intent." + j.Intent, "asks." + j.Asks}
	if j.Presses {
		keys = append(keys, "words.presses")
	}
	var out []string
	for _, key := range keys {
		if c.Has(lang, key) {
			out = append(out, c.T(lang, key, nil))
		}
	}
	return strings.Join(out, " ")
}

func args(f verdict.Finding) i18n.Args {
	out := make(i18n.Args, len(f.Args))
	for k, v := range f.Args {
		out[k] = v
	}
	return out
}
