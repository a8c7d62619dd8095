package unwrap

import (
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
)

// clients are marks that mail programs leave: in a field that names them, or
// in the domain of the Message-ID.
//
//nolint:gochecknoglobals // a constant table
var clients = []struct{ field, mark, name string }{
	{"Message-ID", "@mail.gmail.com", "gmail"},
	{"X-Mailer", "apple mail", "apple-mail"}, {"X-Mailer", "iphone mail", "apple-mail"}, {"X-Mailer", "ipad mail", "apple-mail"},
	{"User-Agent", "thunderbird", "thunderbird"}, {"User-Agent", "k-9", "k-9"}, {"User-Agent", "roundcube", "roundcube"},
	{"X-Mailer", "zimbra", "zimbra"}, {"X-Mailer", "yahoomail", "yahoo"}, {"X-Mailer", "yahoo", "yahoo"}, {"Message-ID", "@mail.yahoo.com", "yahoo"},
	{"Message-ID", "@protonmail.com", "proton"}, {"Message-ID", "@proton.me", "proton"}, {"X-Mailer", "lotus notes", "notes"}, {"X-Mailer", "hcl notes", "notes"},
	{"X-Mailer", "gmx", "gmx"}, {"User-Agent", "microsoft-macoutlook", "outlook"}, {"X-Mailer", "outlook", "outlook"},
	{"Message-ID", ".outlook.com", "outlook"}, {"Thread-Index", "", "outlook"},
}

// client names the program that sent a mail, "" when it left no mark.
func client(m *mail.Message) string {
	for _, c := range clients {
		if m.Header.Has(c.field) && strings.Contains(strings.ToLower(m.Get(c.field)), c.mark) {
			return c.name
		}
	}
	return ""
}
