package page

import (
	"net/http"
	"strings"
)

// run is a piece of text, a link of ours or not.
type run struct {
	Text string
	Link bool
}

// runs cuts a text of ours at the links that begin with own, the only ones
// that may be followed. An empty own follows none.
func runs(text, own string) []run {
	var out []run
	for own != "" {
		at := strings.Index(text, own)
		if at < 0 {
			break
		}
		end := strings.IndexAny(text[at:], " \t\r\n<>\"")
		if end < 0 {
			end = len(text) - at
		}
		link := strings.TrimRight(text[at:at+end], ".,;:!?)")
		if at > 0 {
			out = append(out, run{Text: text[:at]})
		}
		out = append(out, run{Text: link, Link: true})
		text = text[at+len(link):]
	}
	if text != "" {
		out = append(out, run{Text: text})
	}
	return out
}

// errorKey groups statuses into the headings that people read.
func errorKey(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "missing"
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return "closed"
	case status == http.StatusServiceUnavailable, status == http.StatusTooManyRequests:
		return "later"
	case status >= http.StatusInternalServerError:
		return "ours"
	}
	return "input"
}
