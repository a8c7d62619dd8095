package attack

import (
	"slices"
	"strings"
)

// recipe is one way to change a message that a thief has at hand: nothing of it
// needs more than typing.
type recipe struct {
	kind   string // the line of the table it is counted in
	how    string // tells it from others of its kind
	header bool   // changes nothing but the header
	change func(*draft)
}

// recipes lists all ways for a message in a language.
func recipes(lang string) []recipe {
	return slices.Concat(
		[]recipe{{"only written anew", "", false, func(*draft) {}}},
		instructions(), banners(), results(), exercises(), fieldsOfOthers(),
		paddings(lang), newsletters(), surroundings(), names(), goodLinks(), disguises(),
		everything(lang),
	)
}

// way is how words are put into HTML.
type way struct{ name, before, after string }

// ways hides words from people and not from machines.
//
//nolint:gochecknoglobals // a constant table
var ways = []way{
	{"not displayed", `<div style="display:none">`, `</div>`},
	{"white on white", `<div style="color:#ffffff;background-color:#ffffff">`, `</div>`},
	{"no size", `<span style="font-size:0">`, `</span>`},
	{"comment", `<!-- `, ` -->`},
}

func (w way) block(text string) block { return block{html: w.before + text + w.after} }

// instructions tell a machine what to think, hidden from people.
func instructions() (out []recipe) {
	for lang, text := range each(texts("instruction")) {
		for _, w := range ways {
			out = append(out, recipe{"hidden instruction", w.name + " " + lang, false, func(d *draft) { d.after(w.block(text)) }})
		}
		out = append(out, recipe{"hidden instruction", "zero-width " + lang, false, func(d *draft) { d.after(visible(spread(text, "\u200b"))) }})
	}
	return out
}

// spread puts a mark between all letters.
func spread(text, mark string) string { return strings.Join(strings.Split(text, ""), mark) }

// each goes through texts in the order of languages.
func each(all map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for lang := range strings.FieldsSeq(languages) {
			if text, ok := all[lang]; ok && !yield(lang, text) {
				return
			}
		}
	}
}

// banners say to everybody that somebody has looked.
func banners() (out []recipe) {
	for lang, text := range each(texts("banner")) {
		b := block{text, `<table style="background:#e6f4ea;width:100%"><tr><td>` + text + `</td></tr></table>`}
		out = append(
			out,
			recipe{"banner: verified by IT", "above " + lang, false, func(d *draft) { d.before(b) }},
			recipe{"banner: verified by IT", "below " + lang, false, func(d *draft) { d.after(b) }},
		)
	}
	return out
}

// everything does many of these at once.
func everything(lang string) []recipe {
	together := func(d *draft) {
		for _, r := range slices.Concat(results(), fieldsOfOthers()) {
			r.change(d)
		}
		d.before(visible(in(texts("banner"), lang)))
		d.after(visible(prose(lang, 3000) + "\n\n" + in(texts("legal"), lang)))
		d.after(ways[0].block(in(texts("instruction"), lang)))
	}
	lost := func(d *draft) {
		together(d)
		hideWords(d, lookalike)
	}
	return []recipe{
		{"many at once", "headers, banner, padding, instruction", false, together},
		{"many at once", "the same, words disguised", false, lost},
	}
}
