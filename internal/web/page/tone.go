package page

import "strings"

// toneSegments cuts a draft where the tone check found something.
func toneSegments(d Draft) []Segment {
	marks := make([]Mark, 0, len(d.Problems))
	for i, p := range d.Problems {
		marks = append(marks, Mark{Pin: i + 1, Quote: p.Quote})
	}
	out, _ := Segments(d.Text, marks, len(d.Text))
	return out
}

// toldWhat says what one person was told.
func toldWhat(f Frame, t Told) string {
	if t.What.Valid() {
		return f.T("verdict." + string(t.What))
	}
	return f.T("told.ack")
}

// OwnWords is what stands for a verdict where an answer tells none.
const OwnWords = "words"

// draftVerdict is the verdict of a draft as its form sends it back.
func draftVerdict(d Draft) string {
	if d.Own {
		return OwnWords
	}
	return string(d.Verdict)
}

// tabCurrent is the aria-current value of a tab.
func tabCurrent(t, open Tab) string {
	if t == open {
		return "page"
	}
	return "false"
}

// subjectOr is a foreign name made harmless, or what to say in its place.
func subjectOr(name, otherwise string) string {
	if name = strings.TrimSpace(brief(name)); name != "" {
		return name
	}
	return otherwise
}
