package web

import (
	"net/http"
	"regexp"

	"github.com/microcosm-cc/bluemonday"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/web/page"
)

// Foreign HTML is held three times over: it is cut down to what draws a mail
// and does nothing; it is served under a policy by which the browser fetches
// nothing, runs nothing and gives it an origin of its own; and it stands in a
// sandboxed frame.

// drawn keeps what draws a mail: its boxes, its type and its colours. No
// address survives but images that are inside the message itself (data:).
func drawn() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("html", "body", "div", "span", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em",
		"u", "s", "small", "big", "sup", "sub", "center", "font", "blockquote", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "a", "img", "address", "section", "article", "header", "footer")
	p.AllowNoAttrs().OnElements("a", "span", "font", "div")
	p.AllowAttrs("align", "valign", "bgcolor", "width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "dir", "lang").
		Matching(regexp.MustCompile(`^[#\w%.-]{1,40}$`)).Globally()
	p.AllowAttrs("color", "size", "face").Matching(regexp.MustCompile(`^[#\w ,'-]{1,80}$`)).OnElements("font")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("src").OnElements("img")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.AllowDataURIImages() // of all schemes this one alone is allowed
	p.AllowStyles("color", "background-color", "font-size", "font-weight", "font-style", "font-family", "text-align", "text-decoration",
		"line-height", "letter-spacing", "padding", "padding-top", "padding-right", "padding-bottom", "padding-left",
		"margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "border", "border-radius", "border-collapse",
		"width", "max-width", "height", "display", "vertical-align").Globally()
	return p
}

// frameHTML serves foreign HTML behind glass.
func (v *visit) frameHTML(html string) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", page.GuestPolicy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write([]byte("<!DOCTYPE html><meta charset=utf-8><meta name=color-scheme content=light><title>.</title>" + drawn().Sanitize(drawable(html))))
	return nil
}

// showHTML shows the HTML of a reported message to the team.
func (s *site) showHTML(v *visit) error {
	return v.reportHTML(func(tx *db.Tx) (cases.Case, error) { return v.seen(tx, login.CaseRead) })
}

// showOwnHTML shows it to the person who reported it.
func (s *site) showOwnHTML(v *visit) error { return v.reportHTML(v.own) }

// reportHTML shows one report of a case that this person may see.
func (v *visit) reportHTML(find func(*db.Tx) (cases.Case, error)) error {
	var wanted *cases.Reported
	err := v.read(func(tx *db.Tx) error {
		c, err := find(tx)
		if err != nil {
			return err
		}
		all, err := cases.Reports(v.ctx, tx, c.ID)
		for i := range all {
			if string(all[i].ID) == v.r.PathValue("report") {
				wanted = &all[i]
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if wanted == nil {
		return missing()
	}
	m, err := v.message(*wanted)
	if err != nil {
		return err
	}
	return v.frameHTML(m.HTML)
}
