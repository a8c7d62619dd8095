package reply

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/i18n"
)

// Editing nothing changes nothing: the body of a composed letter, put through
// Edited, is that letter again, in every situation and language.
func TestEditedUnchanged(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(Locale)
	if err != nil {
		t.Fatal(err)
	}
	for _, situation := range Situations() {
		for _, lang := range []string{"en", "fr"} {
			in := Input{
				Situation: situation, Lang: lang, FirstName: "Emma", Organisation: "Atelier",
				Team: Team{Name: "Team", Signer: "Camille", Phone: "01 23 45 67 89"}, Subject: "Facture",
				Reasons: []string{"The link leads elsewhere."}, Acted: []Act{Password, Clicked},
				Links: Links{Helped: "https://b.example/1", NotHelped: "https://b.example/2", Clicked: "https://b.example/3", SignIn: "https://b.example/4"},
			}
			letter, err := Compose(c, in)
			if err != nil {
				t.Fatal(err)
			}
			if situation == SignIn {
				continue // holds a link in its body, and nobody edits it
			}
			again, err := Edited(c, in, Body(c, in, letter))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(letter, again); diff != "" {
				t.Errorf("%s in %s (-composed +edited):\n%s", situation, lang, diff)
			}
		}
	}
}
