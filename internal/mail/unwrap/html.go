package unwrap

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/bienvu/bienvu/internal/mail/forward"
)

// originalHTML cuts a forwarded mail's HTML below the forwarded header, so
// that the person's own words and signature don't count as the original's.
// Where the place is not certain the whole is given: better a link too many
// than one missed.
func originalHTML(doc string, f forward.Forward) string {
	if doc == "" || f.From.Addr == "" {
		return doc
	}
	z := html.NewTokenizer(strings.NewReader(doc))
	c := cutter{want: headerValues(f)}
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return doc
		}
		raw := len(z.Raw())
		if c.done(kind, z) {
			return doc[at:]
		}
		at += raw
	}
}

// headerValues are texts that stand in the forwarded header, each to be seen
// once: the address, and the subject.
func headerValues(f forward.Forward) []string {
	out := []string{strings.ToLower(f.From.Addr)}
	if s := squeeze(f.Subject); s != "" {
		out = append(out, s)
	}
	for _, m := range append(f.To, f.Cc...) {
		if m.Addr != "" {
			out = append(out, strings.ToLower(m.Addr))
		}
	}
	return out
}

// cutter waits until every value of the header was seen, the From address
// first, and then for the end of that block.
type cutter struct {
	want    []string
	from    bool
	pending string // text of the block being read
}

// blocks are the elements between which lines break.
//
//nolint:gochecknoglobals // a constant table
var blocks = map[string]bool{"p": true, "div": true, "br": true, "tr": true, "table": true, "blockquote": true, "hr": true, "td": true, "li": true}

const longLine = 4000

func (c *cutter) done(kind html.TokenType, z *html.Tokenizer) bool {
	switch kind {
	case html.TextToken:
		if len(c.pending) < longLine {
			c.pending += string(z.Text())
		}
	case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		name, _ := z.TagName()
		if blocks[string(name)] {
			c.line(squeeze(c.pending))
			c.pending = ""
		}
	}
	return len(c.want) == 0
}

// line ticks off the values that a line shows. Nothing counts before the
// From address, which could stand in the person's own words otherwise.
func (c *cutter) line(text string) {
	if text == "" {
		return
	}
	if !c.from && !strings.Contains(text, c.want[0]) && !strings.Contains(text, c.want[min(1, len(c.want)-1)]) {
		return
	}
	c.from = true
	rest := c.want[:0:0]
	for _, w := range c.want {
		if !strings.Contains(text, w) {
			rest = append(rest, w)
		}
	}
	c.want = rest
}

func squeeze(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
