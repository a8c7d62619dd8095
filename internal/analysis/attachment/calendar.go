package attachment

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

// mostCalendar limits how much of an invitation is read.
const mostCalendar = 256 << 10

// calendar looks at an invitation (RFC 5545). Many calendars enter it without
// being asked, so its text reaches people who never open the mail. Its links are
// among the message's own already.
func (l *look) calendar(at place, body []byte) {
	if len(body) > mostCalendar || !l.budget.Take(len(body)) {
		body = body[:min(len(body), mostCalendar)]
		l.unread = append(l.unread, at)
	}
	text := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(body))
	for line := range strings.Lines(text) {
		l.property(at, strings.TrimSpace(line))
	}
}

// property reads one line: a name, parameters, a value.
func (l *look) property(at place, line string) {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	name, _, _ = strings.Cut(name, ";")
	switch strings.ToUpper(name) {
	case "ORGANIZER":
		l.organiser(at, line)
	case "DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT":
		value = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		l.keep(value)
	}
}

// organiser compares who invites with who sends. A calendar service sends for
// others, and then says so in Reply-To or Sender.
func (l *look) organiser(at place, line string) {
	i := strings.Index(strings.ToLower(line), "mailto:")
	if i < 0 {
		return
	}
	org := domain.Clean(domain.Of(strings.TrimSpace(line[i+len("mailto:"):])))
	if org == "" || l.v.Host == "" || domain.Same(org, l.v.Host) || l.v.Ours(org) {
		return
	}
	for _, a := range l.v.Message.ReplyTo {
		if domain.Same(org, domain.Of(a.Addr)) {
			return
		}
	}
	l.find("attachment.calendar-organiser", at, map[string]string{"organiser": domain.Defang(org), "sender": domain.Defang(l.v.Host)})
}
