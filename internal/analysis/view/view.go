// Package view prepares a message once for all analyzers: its sender, its
// links taken apart, its words folded, what its HTML shows and hides.
package view

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// View is a message as the analyzers look at it.
type View struct {
	subject.Subject
	From   mail.Address      // the first author, zero when there is none
	Host   string            // host of the author's address
	Org    string            // registrable domain of the author
	Name   string            // the author's display name, folded
	Title  string            // the subject, folded
	Words  string            // subject, plain text and visible HTML, folded
	Text   Folded            // the same, knowing where the words stand
	Page   mail.Page         // what the HTML shows and hides
	Links  []Link            // links that lead to a host, or somewhere worse
	Auth   []verdict.Finding // what the authentication check found, run before
	Signed []string          // domains whose DKIM signature was proved
	Files  string            // text of the attached files, at most 32 KiB; filled by package attachment

	Clipped bool // there was more text than is read

	orgs orgs
}

// textBudget limits how much text is read for words, in bytes; of longer texts
// the beginning and the end are read, so that padding hides nothing at the end.
const textBudget = 64 << 10

// New prepares the message of a subject.
func New(s subject.Subject) *View {
	v := &View{Subject: s}
	if s.Message == nil {
		v.Message = &mail.Message{}
	}
	m := v.Message
	if len(m.From) > 0 {
		v.From = m.From[0]
	}
	v.Host = domain.Of(v.From.Addr)
	v.Org = v.orgs.of(v.Host)
	v.Name, v.Title = Fold(v.From.Name), Fold(m.Subject)
	if m.HTML != "" {
		v.Page = m.Paper()
	}
	shown, plain := v.shown(), v.plainText()
	v.Clipped = len(shown) > textBudget || len(plain) > textBudget
	v.Text = FoldKeeping(m.Subject, clip(shown), clip(plain))
	v.Words = v.Text.Words
	v.Links = make([]Link, 0, len(m.Links))
	for i, l := range m.Links {
		v.Links = append(v.Links, v.orgs.parseLink(i, l))
	}
	return v
}

// shown is what a person sees of the HTML: without what is in the colour of its
// ground, without size, or otherwise out of sight.
func (v *View) shown() string {
	if v.Message.HTML == "" || v.Message.Shown == "" {
		return v.Page.Visible
	}
	return v.Message.Shown
}

// plainText is the text that is not merely the HTML again.
func (v *View) plainText() string {
	if v.Message.HTML == "" {
		return v.Message.Text
	}
	for _, p := range v.Message.Parts {
		if p != nil && p.Type == "text/plain" && !p.Attachment {
			return v.Message.Text
		}
	}
	if v.Page.Visible == "" {
		return v.Message.Text
	}
	return ""
}

func clip(s string) string {
	if len(s) <= textBudget {
		return s
	}
	return strings.ToValidUTF8(s[:textBudget*3/4]+" "+s[len(s)-textBudget/4:], "")
}

// Header gives the first value of a field, "" when it is absent.
func (v *View) Header(name string) string {
	for _, f := range v.Message.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// HasHeader reports whether a field of that name is there.
func (v *View) HasHeader(name string) bool {
	for _, f := range v.Message.Header {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// Ours reports whether a host belongs to the house.
func (v *View) Ours(host string) bool { return domain.In(host, v.House.Domains) }

// Known reports whether the house does business with the host's owner.
func (v *View) Known(host string) bool { return domain.In(host, v.House.Known) }

// Quote shortens what stands in the message to what a place may hold.
func Quote(s string) string {
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
