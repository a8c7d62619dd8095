package sender_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/sender"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
)

// found gives the kinds of findings about a message with these header lines and
// this HTML.
func found(html string, header ...string) []string {
	raw := strings.Join(header, "\r\n") + "\r\nTo: emma@roc.example\r\nMessage-ID: <1@x.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
	v := view.New(subject.Subject{Message: mail.Read([]byte(raw), mail.DefaultBudget())})
	var out []string
	for _, f := range sender.Check(context.Background(), v) {
		out = append(out, f.ID)
	}
	return out
}

func TestNameAgainstDomain(t *testing.T) {
	t.Parallel()
	page := `<p>Bonjour</p><a href="https://www.atelier-mirabel.example/a">Ouvrir</a>`
	for _, c := range []struct {
		from, html, want string
	}{
		{`Atelier Mirabel <info@atelier-mirabel.example>`, page, ""},
		{`Atelier Mirabel <info@news.atelier-mirabel.example>`, page, ""},
		{`Atelier Mirabel <info@secure-atelier-mirabel.example>`, "", "sender.name-plus-bait"},
		{`Atelier Mirabel <info@atelier-mirabel-fr.example>`, "", "sender.name-plus-bait"},
		{`Atelier Mirabel <info@atelier-mirabe1.example>`, "", "sender.name-misspelt"},
		{`Atelier Mirabel <info@marbrerie.example>`, "", "sender.name-unrelated"},
		{`Atelier Mirabel <info@marbrerie.example>`, page, "sender.name-linked"},
		{`Atelier Mirabel <atelier.mirabel@marbrerie.example>`, "", ""},
		{`Atelier Mirabel <x@mailjet.com>`, "", ""},
		{`Emma Petit <ep@marbrerie.example>`, page, ""},
		{`Service informatique <support@marbrerie.example>`, "", ""},
		{`mirabelle-post.fr <a@marbrerie.example>`, "", "sender.name-domain"},
		{`Craig R.Hughes <craig@marbrerie.example>`, "", ""},
		{`Mirabel <mirabel7@gmail.com>`, `<a href="https://mirabel.example">x</a>`, "sender.free-linked"},
		{`Atelier Mirabel <mirabel7@gmail.com>`, "", "sender.free-organisation"},
		{`Emma Petit <petit7@gmail.com>`, page, ""},
		{`Mirabel <x@marbrerie.example>`, "Questions: support@mirabel.example.", "sender.signs-elsewhere"},
		{`Mirabel <x@mirabel.example>`, "Questions: support@marbrerie.example.", ""},
	} {
		var names []string
		for _, id := range found(c.html, "From: "+c.from) {
			if strings.HasPrefix(id, "sender.name-") || strings.HasPrefix(id, "sender.free-") || id == "sender.signs-elsewhere" {
				names = append(names, id)
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.from, got, c.want)
		}
	}
}

func TestReplyThatLooksLikeTheSender(t *testing.T) {
	t.Parallel()
	from := "From: Atelier Mirabel <info@atelier-mirabel.example>"
	for reply, want := range map[string]bool{
		"atelier-mirab.service@gmail.com": true, "emma.petit@gmail.com": false, "contact@atelier-mirabel.example": false,
	} {
		if got := slices.Contains(found("x", from, "Reply-To: "+reply), "sender.reply-as-name"); got != want {
			t.Errorf("%s: %t", reply, got)
		}
	}
}
