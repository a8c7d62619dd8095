package link_test

import (
	"slices"
	"strings"
	"testing"
)

func TestPagesInABorrowedEnvelope(t *testing.T) {
	t.Parallel()
	const (
		from     = "Jeu des fidèles <info@atelier-mirabel.example>"
		person   = "Emma Petit <contact@marbrerie.example>"
		picture  = `<img src="https://images-libres.example/a.png">`
		stranger = `<a href="https://chemin-court.example/a">Ouvrir</a>`
	)
	for name, c := range map[string]struct{ from, html, want string }{
		"all of strangers":              {from, picture + stranger, "link.all-strangers link.foreign-page"},
		"no picture":                    {from, stranger, "link.all-strangers"},
		"the name fits":                 {"Atelier Mirabel <info@atelier-mirabel.example>", picture + stranger, "link.foreign-page"},
		"a picture of its own":          {"Atelier Mirabel <info@atelier-mirabel.example>", `<img src="https://www.atelier-mirabel.example/l.png">` + picture + stranger, ""},
		"one link of its own":           {from, picture + stranger + `<a href="https://www.atelier-mirabel.example/">Site</a>`, ""},
		"through a counter of clicks":   {from, picture + stranger + `<a href="https://click.pstmrk.it/a">Lire</a>`, ""},
		"the link says where it leads":  {from, picture + `<a href="https://chemin-court.example/a">https://chemin-court.example/a</a>`, ""},
		"a person's hint at a site":     {person, stranger, ""},
		"a person who sends a page":     {person, picture + stranger, "link.all-strangers link.foreign-page"},
		"a mass mailing":                {from + "\r\nList-Id: <jeu.example>", picture + stranger, "link.all-strangers link.foreign-page"},
		"people on a list":              {from + "\r\nList-Id: <jeu.example>\r\nList-Post: <mailto:jeu@roc.example>", picture + stranger, ""},
		"a free mailbox":                {"Jeu des fidèles <mirabel7@gmail.com>", picture + stranger, ""},
		"plain words to social network": {from, picture + `<a href="https://www.facebook.com/a">Suivre</a>`, ""},
	} {
		got := slices.DeleteFunc(ids(check(c.from, c.html)), func(id string) bool { return id != "link.all-strangers" && id != "link.foreign-page" })
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
	}
}

func TestHiredMachines(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"198.51.100.7.host.bervane.example":        "link.machine",
		"ec2-198-51-100-7.compute.bervane.example": "link.machine",
		"vps53027.bervane.example":                 "link.machine",
		"env-3685766.bervane.example":              "link.machine",
		"server1.bervane.example":                  "",
		"2031-03-04.bervane.example":               "",
		"www.bervane.example":                      "",
		"198.51.100.7":                             "link.ip",
		"192.168.10.3":                             "",
		"127.0.0.1":                                "",
		"vps53027.atelier-mirabel.example":         "",
	} {
		got := ""
		for _, id := range ids(check("Atelier <info@atelier-mirabel.example>", `<a href="https://`+host+`/a">Ouvrir</a>`)) {
			if id == "link.machine" || id == "link.ip" {
				got = id
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}
