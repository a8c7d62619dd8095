package page

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// marked writes segments with their pins. It is written by hand because in
// text whose white space counts, a template's own white space would show.
// Prefix keeps the pins of one text apart from those of another on the page.
func marked(f Frame, segments []Segment, prefix string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, s := range segments {
			if err := markOne(ctx, w, f, s, prefix); err != nil {
				return err
			}
		}
		return nil
	})
}

func markOne(ctx context.Context, w io.Writer, f Frame, s Segment, prefix string) error {
	text := templ.EscapeString(s.Text)
	if len(s.Pins) == 0 {
		_, err := io.WriteString(w, text)
		return err
	}
	if _, err := io.WriteString(w, `<mark data-pin="`+templ.EscapeString(prefix)+pinned(s.Pins)+`">`+text+`</mark>`); err != nil {
		return err
	}
	if prefix != "" { // the list beside it is numbered: a small figure is enough
		_, err := io.WriteString(w, "<sup>"+pinned(s.Pins)+"</sup>")
		return err
	}
	return pins(f, s.Pins).Render(ctx, w) //nolint:contextcheck // a component takes its context when it is rendered
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

// pinned is the data-pin value of a run: its first pin.
func pinned(pins []int) string {
	if len(pins) == 0 {
		return ""
	}
	return strconv.Itoa(pins[0])
}
