package shortcut

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
)

// ReadInternet gives where an internet shortcut, a library or a saved search
// leads.
func ReadInternet(b []byte, budget *paper.Budget) *paper.Contents {
	c := &paper.Contents{}
	if len(b) > most {
		b, c.Cut = b[:most], true
	}
	if !budget.Take(len(b)) {
		c.Cut = true
		return c
	}
	text := string(b)
	if strings.HasPrefix(text, "\xff\xfe") {
		text = narrow(b[2:])
	}
	for line := range strings.Lines(text) {
		setting(strings.TrimSpace(line), c)
	}
	for _, mark := range []string{"<simpleLocation>", "<url>"} {
		if _, rest, ok := strings.Cut(text, mark); ok {
			inside, _, _ := strings.Cut(rest, "</")
			_, last, _ := cutLast(inside, ">")
			lead(last, c)
		}
	}
	return c
}

// cutLast cuts around the last separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// setting reads one line: a key and a value.
func setting(line string, c *paper.Contents) {
	key, value, ok := strings.Cut(line, "=")
	if !ok {
		return
	}
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "url", "baseurl", "iconfile":
		lead(strings.TrimSpace(value), c)
	case "exec":
		judge(value, "", c)
	}
}

// lead tells of an address: a web page to open, or something on another
// computer that opens as if it were here.
func lead(address string, c *paper.Contents) {
	low := strings.ToLower(strings.ReplaceAll(address, "/", `\`))
	switch {
	case strings.HasPrefix(low, `http:\\`), strings.HasPrefix(low, `https:\\`):
		c.Link(address, "")
	case strings.HasPrefix(low, "file:"), strings.HasPrefix(low, `\\`):
		if at := share(`\\` + strings.TrimLeft(strings.TrimPrefix(low, "file:"), `\`)); at != "" {
			c.Sign(paper.Elsewhere, at)
		}
	case strings.HasPrefix(low, "javascript:"), strings.HasPrefix(low, "ms-"), strings.HasPrefix(low, "search-ms:"):
		c.Sign(paper.Elsewhere, address[:min(len(address), 100)])
	}
}

// asciiLower folds the letters of addresses, and keeps every byte in its place.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// addresses finds web addresses in a command.
func addresses(s string) []string {
	var out []string
	for low := asciiLower(s); len(out) < 20; {
		i := strings.Index(low[len(low)-len(s):], "http")
		if i < 0 {
			return out
		}
		s = s[i:]
		end := strings.IndexAny(s, " \t\"'()<>|;,`")
		if end < 0 {
			end = len(s)
		}
		if strings.Contains(s[:end], "://") {
			out = append(out, s[:end])
		}
		s = s[min(max(end, 4), len(s)):]
	}
	return out
}
