package reply

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	anyScheme = regexp.MustCompile(`(?i)(?:\b(?:https?|ftps?|mailto|tel|javascript|data|file):(?://)?|\bwww\.)[^\s<>"]+`)
	remoteCSS = regexp.MustCompile(`(?i)url\s*\(|@import|expression\s*\(`)
)

// links: no live link but ours, and none of what was reported, even as a bare
// domain (mail programs turn those into links).
func links(c *checker) {
	text := string(c.text)
	for _, m := range anyScheme.FindAllStringIndex(text, -1) {
		link := strings.TrimRight(text[m[0]:m[1]], ".,;:!?)»”")
		if !c.ours(link) {
			start := len([]rune(text[:m[0]]))
			c.at(c.linkRule(link), start, start+len([]rune(link)))
		}
	}
	masked := c.masked()
	for _, danger := range c.in.Reported {
		for _, at := range bare(masked, hostOf(danger)) {
			c.at("danger-link", at, at+len([]rune(hostOf(danger))))
		}
	}
}

func (c *checker) linkRule(link string) string {
	host := hostOf(link)
	if slices.ContainsFunc(c.in.Reported, func(s string) bool {
		r := hostOf(s)
		return r != "" && (host == r || strings.HasSuffix(host, "."+r))
	}) {
		return "danger-link"
	}
	return "extra-click"
}

func (c *checker) ours(link string) bool { return slices.Contains(c.in.Ours, link) }

// isOurs reports whether one of our links covers that character.
func (c *checker) isOurs(at int) bool {
	masked := []rune(c.masked())
	return at < len(masked) && masked[at] == '\x00'
}

// masked is the text in lower case with our links and the contact blanked
// out, character for character. Nothing longer than a rune changes length.
func (c *checker) masked() string {
	text := string(c.text)
	for _, own := range append(slices.Clone(c.in.Ours), c.in.Contact) {
		if own != "" {
			text = strings.ReplaceAll(text, own, strings.Repeat("\x00", len([]rune(own))))
		}
	}
	return strings.Map(lowerASCII, text)
}

func lowerASCII(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// hostOf is the host of a link, or the domain of an address, in lower case.
func hostOf(link string) string {
	s := strings.Map(lowerASCII, strings.TrimSpace(link))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	if host, _, ok := strings.Cut(s, ":"); ok {
		s = host
	}
	return strings.Trim(s, ".")
}

// bare finds where a host stands by itself, in characters.
func bare(text, host string) []int {
	if !strings.Contains(host, ".") {
		return nil
	}
	var found []int
	for from := 0; ; {
		i := strings.Index(text[from:], host)
		if i < 0 {
			return found
		}
		at := from + i
		if !joined(text[:at], true) && !joined(text[at+len(host):], false) {
			found = append(found, len([]rune(text[:at])))
		}
		from = at + len(host)
	}
}

// joined reports whether the text goes on into the host: with a letter, a
// digit or a hyphen.
func joined(side string, before bool) bool {
	runes := []rune(side)
	if len(runes) == 0 {
		return false
	}
	next := runes[0]
	if before {
		next = runes[len(runes)-1]
	}
	return wordRune(next) || next == '-'
}

// inHTML: the HTML part loads nothing, links to nothing but ours, and says the
// same words as the text.
func inHTML(c *checker) {
	if c.in.HTML == "" {
		return
	}
	var words strings.Builder
	z := html.NewTokenizer(strings.NewReader(c.in.HTML))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !sameWords(words.String(), string(c.text)) {
				c.whole("html-differs")
			}
			return
		case html.TextToken:
			if skip == "" {
				words.WriteString(" " + string(z.Text()))
			} else if remoteCSS.Match(z.Raw()) {
				c.whole("tracking")
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if name := c.tag(z.Token()); name == "style" || name == "title" || name == "script" {
				skip = name
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// tag checks one tag and gives its name.
func (c *checker) tag(t html.Token) string {
	switch t.Data {
	case "img", "script", "iframe", "object", "embed", "form", "link", "base", "video", "audio", "source", "svg", "input", "frame":
		c.whole("tracking")
	}
	for _, a := range t.Attr {
		value := strings.TrimSpace(a.Val)
		switch key := strings.ToLower(a.Key); {
		case key == "href" && !c.ours(value):
			c.whole(c.linkRule(value))
		case key == "src", key == "srcset", key == "background", key == "poster", strings.HasPrefix(key, "on"):
			c.whole("tracking")
		case key == "style" && remoteCSS.MatchString(value), key == "http-equiv" && strings.EqualFold(value, "refresh"):
			c.whole("tracking")
		}
	}
	return t.Data
}

// sameWords compares what both parts say: addresses of links and the marks of
// lists stand in the text alone.
func sameWords(a, b string) bool { return slices.Equal(plainWords(a), plainWords(b)) }

func plainWords(s string) []string {
	var lines []string
	for line := range strings.Lines(anyScheme.ReplaceAllString(s, " ")) {
		lines = append(lines, stripMarker(line))
	}
	return strings.FieldsFunc(strings.Join(lines, " "), func(r rune) bool { return !wordRune(r) })
}
