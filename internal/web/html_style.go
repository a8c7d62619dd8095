package web

import (
	"io"
	"strings"

	"golang.org/x/net/html"
)

// What is drawn of a foreign message: more is no mail that anybody wrote, and
// cleaning it would keep a processor busy for whoever sent it.
const (
	mostHTML  = 2 << 20 // bytes; what stands beyond is not drawn
	mostStyle = 2 << 10 // bytes of one style attribute; the time to read one grows with its square
)

// drawable makes foreign HTML cheap to clean: its end is cut off where it is
// too long, and a style that is too long is left out.
func drawable(source string) string {
	source = cut(source, mostHTML)
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF { //nolint:errorlint // never wrapped, by its documentation
				return ""
			}
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			if len(raw) <= mostStyle {
				b.WriteString(raw)
				continue
			}
			b.WriteString(withoutLongStyle(z.Token()))
		case html.TextToken, html.EndTagToken, html.CommentToken, html.DoctypeToken:
			b.Write(z.Raw())
		}
	}
}

func withoutLongStyle(tag html.Token) string {
	kept := tag.Attr[:0]
	for _, a := range tag.Attr {
		if a.Key != "style" || len(a.Val) <= mostStyle {
			kept = append(kept, a)
		}
	}
	tag.Attr = kept
	return tag.String()
}
