// Package i18n says things in a person's language.
//
// A catalogue is made of JSON files named NAME.LANG.json (such as
// "findings.fr.json"): flat objects from a key to a sentence, or to an object
// of CLDR plural forms ("one", "other", …) chosen by the argument "n".
// Placeholders are {name}. Packages embed their own files; the house loads them
// all into one Catalogue. A new language is more files, no code.
package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Args fills placeholders; "n" also chooses the plural form.
type Args = map[string]any

// Catalogue holds every sentence of every language. It is safe for concurrent use.
type Catalogue struct {
	langs map[string]map[string]entry
}

// entry is one sentence: its plural forms, or one text under "other".
type entry map[string]string

// Load reads all NAME.LANG.json files of the given trees. A key that stands
// twice in one language is an error.
func Load(trees ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{langs: map[string]map[string]entry{}}
	for _, tree := range trees {
		err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(name) != ".json" {
				return err
			}
			return c.add(tree, name)
		})
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Catalogue) add(tree fs.FS, name string) error {
	lang := strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".json")), ".")
	if _, err := language.Parse(lang); lang == "" || err != nil {
		return fmt.Errorf("i18n: %s: the name must end in .LANG.json", name)
	}
	raw, err := fs.ReadFile(tree, name)
	if err != nil {
		return fmt.Errorf("i18n: %w", err)
	}
	var sentences map[string]json.RawMessage
	if err := json.Unmarshal(raw, &sentences); err != nil {
		return fmt.Errorf("i18n: %s: %w", name, err)
	}
	if c.langs[lang] == nil {
		c.langs[lang] = map[string]entry{}
	}
	for key, value := range sentences {
		if _, twice := c.langs[lang][key]; twice {
			return fmt.Errorf("i18n: %s: %q stands twice in %q", name, key, lang)
		}
		e, err := parse(lang, value)
		if err != nil {
			return fmt.Errorf("i18n: %s: %q: %w", name, key, err)
		}
		c.langs[lang][key] = e
	}
	return nil
}

func parse(lang string, raw json.RawMessage) (entry, error) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return entry{"other": typeset(lang, one)}, nil
	}
	var forms entry
	if err := json.Unmarshal(raw, &forms); err != nil {
		return nil, err
	}
	for form, text := range forms {
		forms[form] = typeset(lang, text)
	}
	if forms["other"] == "" {
		return nil, fmt.Errorf("a plural needs the form %q", "other")
	}
	return forms, nil
}

// typeset puts what typography asks for, so that authors of catalogues can type
// plain characters: curved apostrophes, and in French narrow no-break spaces
// before ; : ! ? and inside « ».
func typeset(lang, text string) string {
	text = curved(text)
	if lang != "fr" {
		return text
	}
	return frenchSpaces.Replace(text)
}

// curved makes an apostrophe between two letters a typographic one.
func curved(text string) string {
	if !strings.Contains(text, "'") {
		return text
	}
	runes := []rune(text)
	for i := 1; i+1 < len(runes); i++ {
		if runes[i] == '\'' && unicode.IsLetter(runes[i-1]) && (unicode.IsLetter(runes[i+1]) || runes[i+1] == '{') {
			runes[i] = '’'
		}
	}
	return string(runes)
}

//nolint:gochecknoglobals // a constant table
var frenchSpaces = strings.NewReplacer(
	" ;", "\u202f;", " :", "\u202f:", " !", "\u202f!", " ?", "\u202f?",
	"« ", "«\u202f", " »", "\u202f»", " %", "\u202f%", " €", "\u00a0€",
	"\u00a0;", "\u202f;", "\u00a0:", "\u202f:", "\u00a0!", "\u202f!", "\u00a0?", "\u202f?",
)

// T says key in lang, with English as fallback. A key that exists in neither
// comes back as itself; the catalogue tests make sure that none does.
func (c *Catalogue) T(lang, key string, args Args) string {
	e, ok := c.langs[lang][key]
	if !ok {
		lang = "en"
		if e, ok = c.langs[lang][key]; !ok {
			return key
		}
	}
	return fill(e.form(lang, args["n"]), args)
}

func (e entry) form(lang string, n any) string {
	count, ok := n.(int)
	if !ok || len(e) == 1 {
		return e["other"]
	}
	digits := min(max(count, -count), 10_000_000)
	if text, ok := e[forms[plural.Cardinal.MatchPlural(language.Make(lang), digits, 0, 0, 0, 0)]]; ok {
		return text
	}
	return e["other"]
}

//nolint:gochecknoglobals // a constant table
var forms = map[plural.Form]string{
	plural.Other: "other", plural.Zero: "zero", plural.One: "one",
	plural.Two: "two", plural.Few: "few", plural.Many: "many",
}

func fill(text string, args Args) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		name, rest, closed := strings.Cut(text[open+1:], "}")
		value, ok := args[name]
		if !ok || !closed {
			b.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		b.WriteString(text[:open])
		_, _ = fmt.Fprint(&b, value)
		text = rest
	}
	b.WriteString(text)
	return b.String()
}

// Has reports whether lang itself holds key.
func (c *Catalogue) Has(lang, key string) bool { _, ok := c.langs[lang][key]; return ok }

// Languages lists the languages, sorted.
func (c *Catalogue) Languages() []string { return slices.Sorted(maps.Keys(c.langs)) }

// Keys lists the keys of one language, sorted.
func (c *Catalogue) Keys(lang string) []string { return slices.Sorted(maps.Keys(c.langs[lang])) }

// Match picks the best of our languages for an Accept-Language header or a
// Content-Language tag (RFC 9110 12.5.4), or fallback when none fits.
func (c *Catalogue) Match(wanted, fallback string) string {
	tags, _, err := language.ParseAcceptLanguage(wanted)
	if err != nil || len(tags) == 0 {
		return fallback
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		if _, ok := c.langs[base.String()]; ok {
			return base.String()
		}
	}
	return fallback
}
