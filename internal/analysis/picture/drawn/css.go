package drawn

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// look reads colour and size of an element.
func (w *walker) look(z *html.Tokenizer, more bool) (c cell, coloured bool) {
	c.span = 1
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "bgcolor":
			c.dark, coloured = dark(string(val))
		case "style":
			c.style(string(val), &coloured)
		case "class":
			for name := range strings.FieldsSeq(string(val)) {
				if d, ok := w.classes[name]; ok {
					c.dark, coloured = d, true
				}
			}
		case "colspan":
			n, _ := strconv.Atoi(string(val))
			c.span = min(max(n, 1), mostSide)
		case "width":
			c.px = length(string(val))
		}
	}
	return c, coloured
}

// style reads the declarations that matter.
func (c *cell) style(css string, coloured *bool) {
	for part := range strings.SplitSeq(css, ";") {
		name, value, _ := strings.Cut(part, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "background", "background-color":
			if d, ok := dark(value); ok {
				c.dark, *coloured = d, true
			}
		case "width", "min-width":
			c.px = length(value)
		}
	}
}

// sheet reads the colours that a style sheet gives to classes.
func (w *walker) sheet(css string) {
	for rule := range strings.SplitSeq(css, "}") {
		names, body, _ := strings.Cut(rule, "{")
		var c cell
		coloured := false
		c.style(body, &coloured)
		if !coloured || len(w.classes) > 1000 {
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			if _, class, ok := strings.Cut(strings.TrimSpace(name), "."); ok {
				w.classes[class] = c.dark
			}
		}
	}
}

// length reads a width in pixels, points or em: only their ratio matters.
func length(s string) float64 {
	n, _ := strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(strings.ToLower(s)), "pxtem% !iorans"), 64)
	if n > 0 && n < 10_000 {
		return n
	}
	return 0
}
