package exhibit

import (
	"strconv"
	"strings"
)

// Words are the few words of the picture that are ours, in its reader's
// language.
type Words struct {
	Title string          // above the message
	Kinds map[Kind]string // what each row is
}

// Alt says the whole picture in words, for who can't see it.
func (c Card) Alt(w Words) string {
	parts := []string{w.Title}
	for _, r := range c.Rows {
		part := []string{w.Kinds[r.Kind] + ": " + r.Text}
		for _, n := range r.Pins {
			part = append(part, "("+strconv.Itoa(n)+")")
		}
		parts = append(parts, strings.Join(part, " "))
	}
	for i, reason := range c.Reasons {
		parts = append(parts, strconv.Itoa(i+1)+": "+strings.TrimSuffix(reason, "."))
	}
	return strings.Join(parts, ". ") + "."
}
