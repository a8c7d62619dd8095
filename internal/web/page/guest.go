package page

import "regexp"

// GuestPolicy is the content policy under which a guest's HTML may be shown:
// nothing is fetched, nothing runs, and only our own pages may frame it. The
// route that serves it sends this very text.
const GuestPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"

// guestLimit is how many bytes of a guest's text are shown; the rest stays in
// the raw message.
const guestLimit = 12000

// segments cuts a guest's text at its pins.
func (g Guest) segments() []Segment {
	limit := g.Limit
	if limit == 0 {
		limit = guestLimit
	}
	out, _ := Segments(g.Text, g.Marks, limit)
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
		return out
	}
	return tame(scheme.ReplaceAllString(url, "${1}xx${2}"))
}
