package page

import (
	"regexp"
	"strings"
)

// GuestPolicy is the content policy under which a guest's HTML may be shown:
// nothing is fetched, nothing runs, and only our own pages may frame it. The
// route that serves it sends this very text.
const GuestPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"

// guestLimit is how many bytes of a guest's text are shown; the rest stays in
// the raw message.
const guestLimit = 12000

// guestRows is how many links, and how many attachments, are listed; runs of
// more than guestRun bytes in them are shortened. A message may hold thousands,
// and the page must stay light.
const (
	guestRows = 30
	guestRun  = 240
)

// hiddenLimit is how many bytes of hidden text are shown.
const hiddenLimit = 700

// some is the beginning of a list, at most guestRows long.
func some[T any](all []T) []T { return all[:min(len(all), guestRows)] }

// brief is foreign text made harmless, in one run short enough to read.
func brief(text string) string { return shorten(Defang(text)) }

func shorten(text string) string {
	if len(text) <= guestRun {
		return text
	}
	return strings.ToValidUTF8(text[:guestRun], "") + "…"
}

// segments cuts a guest's text at its pins.
func (g Guest) segments() []Segment {
	limit := g.Limit
	if limit == 0 {
		limit = guestLimit
	}
	out, _ := Segments(g.Text, g.Marks, limit)
	return out
}

// veiled cuts the hidden text at its pins; its beginning tells enough.
func (g Guest) veiled() []Segment {
	out, cut := Segments(strings.Join(strings.Fields(g.Hidden), " "), g.Veiled, hiddenLimit)
	if cut {
		out = append(out, Segment{Text: "…"})
	}
	return out
}

// cut reports whether some of the text is left out.
func (g Guest) cut() bool {
	if g.Limit > 0 {
		return len(g.Text) > g.Limit
	}
	return len(g.Text) > guestLimit
}

var scheme = regexp.MustCompile(`(?i)^(h)tt(ps?:)`)

// defangLink makes a whole link unfollowable, whatever it looks like.
func defangLink(url string) string {
	if out := Defang(url); out != url {
		return shorten(out)
	}
	return shorten(tame(scheme.ReplaceAllString(url, "${1}xx${2}")))
}
