package attachment

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// secrets are words for "password", folded.
//
//nolint:gochecknoglobals // a constant table
var secrets = []string{
	"password", "mot de passe", "passwort", "kennwort", "wachtwoord", "senha", "contrasena", "passcode", "mdp", "codigo", "clave",
}

// doubtful is how many of them, the last, mean other things as well.
const doubtful = 2

// Limits of guessing.
const (
	mostGuesses = 12
	nearby      = 5 // words after "password" that may be it
)

// givesPassword reports whether the message speaks of a password.
func (l *look) givesPassword() bool {
	return speaks(l.v, secrets[:len(secrets)-doubtful])
}

func speaks(v *view.View, of []string) bool {
	for _, word := range of {
		if strings.Contains(v.Words, " "+word+" ") {
			return true
		}
	}
	return false
}

// passwords gathers the words that follow "password" in the message. A locked
// file whose key travels with it is locked for filters, not for people.
func passwords(v *view.View) []string {
	if !speaks(v, secrets) {
		return nil
	}
	var out []string
	words := strings.Fields(v.Message.Subject + "\n" + v.Message.Text + "\n" + v.Page.Visible)
	for i := 0; i < len(words) && len(out) < mostGuesses; i++ {
		folded := view.Fold(words[i])
		for _, secret := range secrets {
			if strings.HasSuffix(folded, " "+secret[strings.LastIndexByte(secret, ' ')+1:]+" ") {
				out = append(out, after(words[i+1:])...)
				break
			}
		}
	}
	return out[:min(len(out), mostGuesses)]
}

// after gives the words that may be the password.
func after(words []string) []string {
	var out []string
	for _, word := range words[:min(len(words), nearby)] {
		word = strings.Trim(word, " .,;:\"'()[]<>«»“”|*_=-")
		if len(word) >= 3 && len(word) <= 32 {
			out = append(out, word)
		}
	}
	return out
}

// isMail reports whether a file inside another is a mail.
func isMail(f paper.File) bool {
	last := ending(f.Name)
	return last == "eml" || last == "msg"
}

// readMail reads a mail that was in an archive, nil when it could only be listed.
// What Outlook's format unpacks to is spent from the budget of all files.
func (l *look) readMail(at place, b []byte) *mail.Message {
	if len(b) == 0 {
		return nil
	}
	budget := mail.DefaultBudget()
	budget.TotalBytes = min(budget.TotalBytes, len(b)+l.budget.Bytes)
	m := mail.Read(b, budget)
	if !l.budget.Take(max(0, unpacked(m)-len(b))) {
		l.unread = append(l.unread, at)
	}
	return m
}

// unpacked is how many bytes the parts of a mail have, those of attached mails too.
func unpacked(m *mail.Message) (n int) {
	for _, p := range m.Parts {
		if n += len(p.Body); p.Message != nil {
			n += unpacked(p.Message)
		}
	}
	return n
}
