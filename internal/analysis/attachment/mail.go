package attachment

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// mail looks at a mail inside the mail. Whoever reads it clicks its links as
// those of the outer one, so they are looked at; but not where a server returns
// what could not be delivered, which is nobody's doing.
func (l *look) mail(at place, m *mail.Message, depth int) {
	l.find("attachment.mail", at, nil)
	if m == nil {
		return
	}
	if depth > l.budget.Depth {
		l.unread = append(l.unread, at)
		return
	}
	if slices.ContainsFunc(m.Defects, overBudget) || !l.returned() && !l.linksOf(at, m) {
		l.unread = append(l.unread, at)
	}
	l.keep(m.Subject)
	l.keep(m.Text)
	for _, p := range m.Parts {
		l.attachedPart(at, p, depth)
	}
}

// linksOf takes the links of a mail inside, and reports whether there was room
// for all.
func (l *look) linksOf(at place, m *mail.Message) bool {
	for _, link := range m.Links {
		if link.Source == mail.LinkHeader {
			continue
		}
		if !l.budget.Link() {
			return false
		}
		l.v.AddLink(sourceInside(link.Source), at.index, link.URL, link.Text)
	}
	return true
}

// overBudget reports whether a defect says that not all was read.
func overBudget(d mail.Defect) bool { return strings.HasPrefix(d.ID, "budget.") }

// sourceInside keeps pictures apart from what a person can click.
func sourceInside(s mail.LinkSource) mail.LinkSource {
	if s == mail.LinkImage || s == mail.LinkOther {
		return s
	}
	return mail.LinkFile
}

// attachedPart looks at a part of the mail inside.
func (l *look) attachedPart(at place, p *mail.Part, depth int) {
	switch {
	case p == nil:
	case p.Message != nil:
		l.mail(at, p.Message, depth+1)
	case p.Attachment || p.Name != "":
		at.file = orElse(p.Name, at.file)
		l.name(at, p)
		l.file(at, p, depth)
	}
}

// returned reports whether the message is a server's report (RFC 6522).
func (l *look) returned() bool {
	return strings.HasPrefix(strings.ToLower(l.v.Header("Content-Type")), "multipart/report")
}
