package link_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/link"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// check looks at the links of a message with this author and this HTML.
func check(from, html string) []verdict.Finding {
	raw := "From: " + from + "\r\nTo: Emma Petit <emma.petit@roc.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
	v := view.New(subject.Subject{Message: mail.Read([]byte(raw), mail.DefaultBudget())})
	return link.Check(context.Background(), v)
}

func ids(found []verdict.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.ID)
	}
	return out
}

func TestLinksAgainstTheSender(t *testing.T) {
	t.Parallel()
	const from = "Atelier Mirabel <info@atelier-mirabel.example>"
	kinds := []string{"link.name-plus-bait", "link.near-sender", "link.name-rented", "link.unlike-name", "link.images-elsewhere", "link.odd-one"}
	for name, c := range map[string]struct{ from, html, want string }{
		"its own":                {from, `<a href="https://my.atelier-mirabel.example/a">Ouvrir</a>`, ""},
		"its name elsewhere":     {from, `<a href="https://mirabel.example/a">Ouvrir</a>`, ""},
		"a counter of clicks":    {from, `<a href="https://click.pstmrk.it/a">Ouvrir</a>`, ""},
		"a social network":       {from, `<a href="https://www.facebook.com/a">Ouvrir</a>`, ""},
		"bait":                   {from, `<a href="https://atelier-mirabel-secure.example/a">Ouvrir</a>`, "link.name-plus-bait link.unlike-name"},
		"almost":                 {from, `<a href="https://atelier-rnirabel.example/a">Ouvrir</a>`, "link.near-sender link.unlike-name"},
		"rented":                 {from, `<a href="https://atelier-mirab-x7.web.app/a">Ouvrir</a>`, "link.name-rented link.unlike-name"},
		"a stranger":             {from, `<a href="https://marbrerie.example/a">Ouvrir</a>`, "link.unlike-name"},
		"a stranger who is told": {from, `<a href="https://marbrerie.example/a">Marbrerie</a>`, ""},
		"a person's link":        {"Emma Petit <emma@roc.example>", `<a href="https://marbrerie.example/a">Ouvrir</a>`, ""},
		"pictures of its own": {from, `<img src="https://www.atelier-mirabel.example/l.png"><a href="https://marbrerie.example/a">Ouvrir</a>`,
			"link.images-elsewhere link.unlike-name"},
		"one that does not fit": {from, `<a href="https://www.atelier-mirabel.example/">Site</a> <a href="https://marbrerie.example/a">Ouvrir</a>`, "link.odd-one"},
		"a tool that is named":  {from, `<a href="https://www.atelier-mirabel.example/">Site</a> <a href="https://marbrerie.example/">Marbrerie</a>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := slices.DeleteFunc(ids(check(c.from, c.html)), func(id string) bool { return !slices.Contains(kinds, id) })
			slices.Sort(got)
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q, want %q", s, c.want)
			}
		})
	}
}
