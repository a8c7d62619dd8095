// Package page draws the pages: typed components, one function a page.
//
// A page is a function of a Frame (who looks, in which language, when) and of
// a view struct that holds what it shows, ready to be said. Pages decide
// nothing, read no clock and reach no database. Every sentence stands in the
// catalogues of locale/; a page works without script, without style of its own
// and by keyboard, and script and style come only from package asset, so that
// the strictest content policy can stand.
//
// Edit the *.templ files, then run templ generate; the generated *_templ.go
// files are committed because the first command must need only Go.
package page

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/web/asset"
)

//go:embed locale/*.json
var locale embed.FS

// Locale is the pages' sentences in every language, for i18n.Load.
func Locale() fs.FS { return locale }

// Frame is what every page knows besides its view.
type Frame struct {
	Catalogue *i18n.Catalogue
	Assets    *asset.Set
	Lang      string // language of the page, such as "fr"
	Org       string // the organisation's name
	Team      string // how the team calls itself, such as "the security team"
	Person    Person // the zero Person is a visitor
	Path      string // path and query of this page, such as "/reports"
	Live      string // path of the event stream that tells of changes, "" for none
	Now       time.Time
	Location  *time.Location // of the organisation; nil is UTC
	Demo      bool           // the demo is running: its outbox and its doors are shown
	Notice    string         // one sentence about what was just done, "" for none

	watch func(key string, known bool) // tests listen to which sentences are said
}

// Person is who looks at the page.
type Person struct {
	Name  string // as people call them, "" for a visitor
	First string // first name, "" when we can't tell it
	Team  bool   // may see the desk
	Lead  bool   // may see the numbers
	Mails bool   // may see the outbox
}

// T says key in the page's language. Pairs are name, value, name, value…; the
// value of "n" chooses the plural.
func (f Frame) T(key string, pairs ...any) string {
	if f.watch != nil {
		f.watch(key, f.Catalogue.Has(f.Lang, key))
	}
	args := make(i18n.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			args[name] = pairs[i+1]
		}
	}
	return f.Catalogue.T(f.Lang, key, args)
}

// Hello says key to the person by first name, or key.plain when we don't know it.
func (f Frame) Hello(key, first string, pairs ...any) string {
	if first == "" {
		return f.T(key+".plain", pairs...)
	}
	return f.T(key, append(pairs, "first", first)...)
}

// Asset is the path of a style sheet, script or icon.
func (f Frame) Asset(name string) string { return f.Assets.Path(name) }

// In reports whether the page lies at or below path.
func (f Frame) In(path string) bool {
	at, _, _ := strings.Cut(f.Path, "?")
	return at == path || strings.HasPrefix(at, path+"/")
}

// current is the aria-current value of a link to path.
func (f Frame) current(path string) string {
	if f.In(path) {
		return "page"
	}
	return "false"
}

// Number writes n with the thousands separated as the language does.
func (f Frame) Number(n int) string {
	digits := strconv.Itoa(max(n, -n))
	sep := ","
	if f.Lang == "fr" {
		sep = "\u202f"
	}
	var b strings.Builder
	if n < 0 {
		b.WriteString("−")
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Share writes a share from 0 to 1 as a whole percentage.
func (f Frame) Share(x float64) string {
	return f.T("share", "percent", strconv.Itoa(int(x*100+0.5)))
}

// Size writes a number of bytes for people.
func (f Frame) Size(bytes int) string {
	const kB, mB = 1000, 1000 * 1000
	switch {
	case bytes < kB:
		return f.T("size.bytes", "n", bytes)
	case bytes < mB:
		return f.T("size.kb", "size", strconv.Itoa((bytes+kB/2)/kB))
	}
	if bytes >= 10*mB { // rounded down: it may be a limit
		return f.T("size.mb", "size", strconv.Itoa(bytes/mB))
	}
	size := strings.TrimSuffix(strconv.FormatFloat(float64(bytes)/mB, 'f', 1, 64), ".0")
	if f.Lang == "fr" {
		size = strings.Replace(size, ".", ",", 1)
	}
	return f.T("size.mb", "size", size)
}

// others lists the languages the page could be read in instead.
func (f Frame) others() []string {
	var out []string
	for _, lang := range f.Catalogue.Languages() {
		if lang != f.Lang {
			out = append(out, lang)
		}
	}
	return out
}

// languageName is how a language calls itself.
func (f Frame) languageName(lang string) string { return f.Catalogue.T(lang, "language.own", nil) }

// initials are the one or two letters shown where there is no portrait.
func initials(name string) string {
	var out []rune
	for word := range strings.FieldsSeq(name) {
		out = append(out, []rune(strings.ToUpper(word))[0])
		if len(out) == 2 {
			break
		}
	}
	return string(out)
}
