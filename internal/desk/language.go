package desk

import (
	"cmp"
	"slices"

	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
)

// languageOf picks the language to answer in: what the person chose, else the
// page they used, else the one they wrote in, else the organisation's.
func (d *Desk) languageOf(a *arrival, who people.Person) string {
	return d.shipped(cmp.Or(who.Language, a.Language, reply.LanguageOf(a.words())))
}

// shipped is lang where we speak it, else the organisation's language.
func (d *Desk) shipped(lang string) string {
	if slices.Contains(d.Words.Languages(), lang) {
		return lang
	}
	return d.Org.Language
}
