package page

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// marked writes segments with their pins. It is written by hand because in
// text whose white space counts, a template's own white space would show.
// Prefix keeps the pins of one text apart from those of another on the page.
func marked(f Frame, segments []Segment, prefix string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for i, s := range segments {
			var next []int
			if i+1 < len(segments) {
				next = segments[i+1].Pins
			}
			if err := markOne(ctx, w, f, s, ending(s.Pins, next), prefix); err != nil {
				return err
			}
		}
		return nil
	})
}

// ending are the pins whose run doesn't go on: there the figure stands, once.
func ending(pins, next []int) []int {
	var out []int
	for _, p := range pins {
		if !slices.Contains(next, p) {
			out = append(out, p)
		}
	}
	return out
}

func markOne(ctx context.Context, w io.Writer, f Frame, s Segment, ends []int, prefix string) error {
	text := templ.EscapeString(s.Text)
	if len(s.Pins) == 0 {
		_, err := io.WriteString(w, text)
		return err
	}
	if _, err := io.WriteString(w, `<mark data-pin="`+templ.EscapeString(pinned(prefix, s.Pins))+`">`+text+`</mark>`); err != nil {
		return err
	}
	if prefix != "" { // the list beside it is numbered: a small figure is enough
		if len(ends) == 0 {
			return nil
		}
		_, err := io.WriteString(w, "<sup>"+pinned("", ends)+"</sup>")
		return err
	}
	return pins(f, ends).Render(ctx, w) //nolint:contextcheck // a component takes its context when it is rendered
}

// linked writes a text of ours in which only our own links may be followed.
func linked(text, own string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, r := range runs(text, own) {
			t := templ.EscapeString(r.Text)
			if r.Link {
				t = `<a href="` + templ.EscapeString(string(templ.URL(r.Text))) + `">` + t + `</a>`
			}
			b.WriteString(t)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// pinned is the data-pin value of a run: its pins, with spaces between.
func pinned(prefix string, pins []int) string {
	var b strings.Builder
	for i, p := range pins {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(prefix + strconv.Itoa(p))
	}
	return b.String()
}
