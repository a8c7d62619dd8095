package desk_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/desk"
	"github.com/bienvu/bienvu/internal/desk/desktest"
)

// A team without a name is called what it is, in the language of who reads.
func TestATeamWithoutANameSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, dbtest.SQLite(t), desk.Locale())
	d.Org.Team.Name = ""
	for lang, want := range map[string]string{"en": "The security team", "fr": "L’équipe sécurité"} {
		if got := d.Team(lang).Name; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	d.Org.Team.Name = "CERT Atelier"
	if got := d.Team("fr").Name; got != "CERT Atelier" {
		t.Errorf("the name that was set became %q", got)
	}
}
