package mail

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// attributes are those of one tag that we look at; the first of a name counts,
// as in a browser.
type attributes struct {
	href, src, action, background, content, alt string
	style, class, id, bgcolor, color, kind      string
	hidden, refresh                             bool
}

// field gives the place where an attribute is kept, nil for one of no interest.
func (a *attributes) field(key string) *string {
	switch key {
	case "href", "xlink:href":
		return &a.href
	case "src", "data":
		return &a.src
	case "action", "formaction":
		return &a.action
	case "background":
		return &a.background
	case "content":
		return &a.content
	case "alt", "value", "placeholder":
		return &a.alt
	case "style":
		return &a.style
	case "class":
		return &a.class
	case "id":
		return &a.id
	case "bgcolor":
		return &a.bgcolor
	case "color":
		return &a.color
	case "type":
		return &a.kind
	}
	return nil
}

func (a *attributes) take(key, value []byte) {
	switch string(key) {
	case "hidden":
		a.hidden = true
	case "http-equiv":
		a.refresh = strings.EqualFold(strings.TrimSpace(string(value)), "refresh")
	}
	if at := a.field(string(key)); at != nil && *at == "" {
		*at = strings.ToValidUTF8(string(value), "\ufffd")
	}
}

// link takes what a tag links to.
func (p *page) link(tag atom.Atom, a *attributes) {
	switch tag {
	case atom.A:
		p.closeAnchor()
		p.anchorStart(a.href)
	case atom.Area:
		p.add(a.href, a.alt, LinkAnchor)
	case atom.Form:
		p.add(a.action, "", LinkForm)
	case atom.Button, atom.Input:
		p.add(a.action, a.alt, LinkForm)
	case atom.Img, atom.Image:
		p.image(a)
	case atom.Meta:
		if a.refresh {
			p.add(refreshURL(a.content), "", LinkOther)
		}
	case atom.Base, atom.Link:
		p.add(a.href, "", LinkOther)
	case atom.Iframe, atom.Frame, atom.Embed, atom.Object, atom.Script, atom.Video, atom.Audio, atom.Source, atom.Track:
		p.add(a.src, "", LinkOther)
	default:
		p.add(a.href, "", LinkOther) // such as v:roundrect, which Outlook makes clickable
	}
	if a.background != "" {
		p.add(remote(a.background), "", LinkImage)
		p.r.showsID(a.background)
	}
	if strings.Contains(a.style, "(") {
		url := styleURL(a.style)
		p.add(remote(url), "", LinkImage)
		p.r.showsID(url)
	}
}

// showsID notes an image that travels in the mail and is shown (RFC 2392).
func (r *reading) showsID(url string) {
	if url = strings.TrimSpace(url); !hasFold(url, "cid:") {
		return
	}
	if r.shownIDs == nil {
		r.shownIDs = map[string]bool{}
	}
	r.shownIDs[percentDecode(url[len("cid:"):])] = true
}

func (p *page) anchorStart(href string) {
	before := len(p.r.m.Links)
	p.add(href, "", LinkAnchor)
	if len(p.r.m.Links) > before {
		p.anchor = before
	}
}

func (p *page) image(a *attributes) {
	p.add(remote(a.src), a.alt, LinkImage)
	p.r.showsID(a.src)
	if top := p.top(); p.anchor >= 0 && a.alt != "" && !top.unseen() {
		p.see(" " + a.alt + " ")
	}
}

// add keeps one link; an empty one and one to a place in the same page are none.
func (p *page) add(url, text string, source LinkSource) {
	url = strings.TrimSpace(withoutZeros(url))
	if url == "" || url[0] == '#' {
		return
	}
	p.r.link(Link{URL: url, Text: cutText(strings.TrimSpace(text)), Source: source, Part: p.part})
}

func cutText(s string) string {
	if len(s) <= maxLinkText {
		return s
	}
	return strings.ToValidUTF8(s[:maxLinkText], "")
}

// remote gives url when it is fetched over a network, "" for an image that
// travels inside the mail.
func remote(url string) string {
	url = strings.TrimSpace(url)
	if hasFold(url, "http:") || hasFold(url, "https:") || strings.HasPrefix(url, "//") || strings.HasPrefix(url, `\\`) ||
		hasFold(url, "file:") || hasFold(url, "ftp:") {
		return url
	}
	return ""
}

// refreshURL reads the address of <meta http-equiv=refresh content="0; url=…">.
func refreshURL(content string) string {
	_, rest, found := strings.Cut(content, ";")
	if !found {
		_, rest, _ = strings.Cut(content, ",")
	}
	rest = strings.TrimSpace(rest)
	if hasFold(rest, "url") {
		if after, ok := strings.CutPrefix(strings.TrimSpace(rest[3:]), "="); ok {
			rest = after
		}
	}
	return strings.Trim(strings.TrimSpace(rest), `"'`)
}

// styleURL reads the first url(…) of a style.
func styleURL(style string) string {
	at := strings.Index(strings.ToLower(style), "url(")
	if at < 0 || at+4 > len(style) {
		return ""
	}
	url, _, _ := strings.Cut(style[at+4:], ")")
	return strings.Trim(strings.TrimSpace(url), `"'`)
}
