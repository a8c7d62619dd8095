package attack

import (
	"strings"
	"unicode"
)

// disguises change the letters of the words that give a thief away, so that a
// person reads them and a machine does not.
func disguises() (out []recipe) {
	for _, w := range []struct {
		how    string
		change func(string) string
		html   bool
	}{
		{"look-alike letters", lookalike, false},
		{"zero-width inside", between("\u200b"), false},
		{"soft hyphens inside", between("\u00ad"), false},
		{"letters apart", between(" "), false},
		{"comment inside", middle("<!-- x -->"), true},
		{"hidden letters inside", middle(`<span style="display:none">qz</span>`), true},
	} {
		out = append(out, recipe{"disguised danger words", w.how, false, func(d *draft) {
			if w.html {
				d.dress(block{html: "-"})
				d.html = inWords(d.html, true, w.change)
				return
			}
			hideWords(d, w.change)
		}})
	}
	return out
}

// hideWords changes the danger words of both texts.
func hideWords(d *draft, change func(string) string) {
	d.plain = inWords(d.plain, false, change)
	d.html = inWords(d.html, true, change)
}

// lookalike writes Latin letters as Cyrillic ones of the same shape.
func lookalike(word string) string {
	return strings.NewReplacer("a", "\u0430", "e", "\u0435", "o", "\u043e", "p", "\u0440", "c", "\u0441", "x", "\u0445", "i", "\u0456").Replace(word)
}

func between(mark string) func(string) string {
	return func(word string) string { return spread(word, mark) }
}

func middle(mark string) func(string) string {
	return func(word string) string {
		r := []rune(word)
		return string(r[:len(r)/2]) + mark + string(r[len(r)/2:])
	}
}

// inWords changes the danger words of a text; in HTML only what is read, never
// a tag, and nowhere an address.
func inWords(text string, tags bool, change func(string) string) string {
	danger := map[string]bool{}
	for w := range strings.FieldsSeq(file("danger")) {
		danger[w] = true
	}
	var out strings.Builder
	for text != "" {
		n := token(text, tags)
		core := strings.TrimFunc(text[:n], func(r rune) bool { return !unicode.IsLetter(r) })
		if danger[strings.ToLower(core)] {
			before, after, _ := strings.Cut(text[:n], core)
			out.WriteString(before + change(core) + after)
		} else {
			out.WriteString(text[:n])
		}
		text = text[n:]
	}
	return out.String()
}

// token gives the length of what a text begins with: a tag, a space, or a word
// with the signs around it. An address is one word, and so never a danger word.
func token(text string, tags bool) int {
	switch {
	case tags && text[0] == '<':
		return tag(text)
	case strings.ContainsRune(gaps, rune(text[0])):
		return 1
	}
	return 1 + until(text[1:], strings.IndexAny(text[1:], gaps+"<"))
}

const gaps = " \t\r\n>"

// tag is the length of a tag; a script or style is skipped whole.
func tag(text string) int {
	for _, name := range []string{"script", "style"} {
		if len(text) > len(name) && strings.EqualFold(text[1:1+len(name)], name) {
			return until(text, strings.Index(text, "</"))
		}
	}
	return until(text, strings.IndexByte(text, '>'))
}

// until is a place that was found, or the end.
func until(text string, at int) int {
	if at < 0 {
		return len(text)
	}
	return at
}
