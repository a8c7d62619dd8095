package picture

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	fewWords  = 25      // words of subject and text; a message with fewer says what it says elsewhere
	pixelSide = 3       // pictures of so few pixels count openings, and show nothing
	telling   = 100     // pixels: from this size on an attached picture can carry the message
	pageRead  = 1 << 20 // bytes of HTML
)

// only tells of messages that are pictures with hardly any words. Filters read
// words; a picture of words goes past them, and so does a picture that is one
// large link.
func (l *look) only() {
	if few(l.v.Words) && (l.telling || shows(l.v.Message.HTML)) {
		if link, ok := firstLink(l.v.Links); ok {
			place := verdict.Place{Spot: verdict.InLink, Index: link.Index}
			if link.Index < 0 {
				place = placeOf(link.Part, "")
			}
			l.find("picture.only-link", place, map[string]string{"host": domain.Defang(link.Host)})
			return
		}
		l.find("picture.only", verdict.Place{Spot: verdict.InText}, nil)
	}
}

// few reports whether the folded words are fewer than fewWords.
func few(words string) bool { return strings.Count(strings.TrimSpace(words), " ")+1 < fewWords }

func firstLink(links []view.Link) (view.Link, bool) {
	for _, link := range links {
		if link.Clickable() {
			return link, true
		}
	}
	return view.Link{}, false
}

// shows reports whether a page has a picture that a person sees: no counting
// pixel, and none that its own style hides.
func shows(source string) bool {
	z := html.NewTokenizer(strings.NewReader(source[:min(len(source), pageRead)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			raw, more := z.TagName()
			if seen(z, atom.Lookup(raw), more) {
				return true
			}
		}
	}
}

// seen reports whether a tag shows a picture, as its content or its ground.
func seen(z *html.Tokenizer, tag atom.Atom, more bool) bool {
	source, tiny := false, false
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "src":
			source = source || tag == atom.Img && len(val) > 0
		case "background":
			source = source || len(val) > 0
		case "width", "height":
			tiny = tiny || small(string(val))
		case "style":
			css := strings.ToLower(strings.ReplaceAll(string(val), " ", ""))
			source = source || strings.Contains(css, "background") && strings.Contains(css, "url(")
			tiny = tiny || hidden(css)
		}
	}
	return source && !tiny
}

func small(value string) bool {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), "px"))
	return err == nil && n <= pixelSide
}

// hidden reports whether a style hides its picture or makes it a point.
func hidden(css string) bool {
	if strings.Contains(css, "display:none") || strings.Contains(css, "visibility:hidden") {
		return true
	}
	for part := range strings.SplitSeq(css, ";") {
		name, value, _ := strings.Cut(part, ":")
		if (name == "width" || name == "height") && small(strings.TrimSuffix(value, "!important")) {
			return true
		}
	}
	return false
}
