package unwrap

import (
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/forward"
)

// mostComment is how many words somebody may add who merely passes a mail on.
const mostComment = 30

// Forwarded gives the mail that another only passes on: forwarded inline, with a
// few words before it at most and no address to click among them. It is false
// for everything else.
func Forwarded(m *mail.Message) (*mail.Message, bool) {
	if m == nil || !forward.IsForward(forward.StripTags(m.Subject)) {
		return nil, false
	}
	subject := forward.StripTags(m.Subject)
	f, ok := forward.Parse(subject, m.Text)
	if !ok {
		f, ok = forward.Parse(subject, head(m.Shown))
	}
	if !ok || f.From.Addr == "" || len(strings.Fields(f.Comment)) > mostComment || strings.Contains(f.Comment, "://") {
		return nil, false
	}
	return mail.Read(rebuild(m, f).bytes(), mail.DefaultBudget()), true
}
