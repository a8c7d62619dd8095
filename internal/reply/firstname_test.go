package reply_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

func TestFirstName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ display, address, want string }{
		{"Marie Dupont", "", "Marie"},
		{"DUPONT Marie", "", "Marie"},
		{"Marie DUPONT", "", "Marie"},
		{"Dupont, Marie", "", "Marie"},
		{"DUPONT, MARIE", "", "Marie"},
		{"LE GOFF Anne-Laure", "", "Anne-Laure"},
		{"Mme Marie Dupont", "", "Marie"},
		{"Dr. Élodie Martin", "", "Élodie"},
		{"Dupont, Mme Marie", "", "Marie"},
		{"Marie Dupont (Finance)", "", "Marie"},
		{"\"Marie Dupont\"", "", "Marie"},
		{"Jean-Paul O'Neill", "", "Jean-Paul"},
		{"marie dupont", "", "Marie"},
		{"Marie", "", "Marie"},
		{"D'Arcy Jones", "", "D'Arcy"},
		{"", "marie.dupont@oriane.example", "Marie"},
		{"", "jean-paul_martin@oriane.example", "Jean-Paul"},
		{"", "marie.dupont+news@oriane.example", "Marie"},
		{"marie.dupont@oriane.example", "marie.dupont@oriane.example", "Marie"},
		{"M. Dupont", "", ""},
		{"Mme Dupont", "", ""},
		{"J. Dupont", "", ""},
		{"", "mdupont@oriane.example", ""},
		{"", "m.dupont@oriane.example", ""},
		{"Accueil", "accueil@oriane.example", ""},
		{"Service Comptabilité", "", ""},
		{"", "service.client@oriane.example", ""},
		{"Scanner 2e étage", "", ""},
		{"MARIE DUPONT", "", ""},
		{"", "", ""},
		{"1234", "1234@oriane.example", ""},
		{"Marie\r\nBcc: x@y.example", "", ""},
		{"Oriane - Marie Dupont", "", ""},
	} {
		if got := reply.FirstName(c.display, c.address); got != c.want {
			t.Errorf("%q %q: got %q, want %q", c.display, c.address, got, c.want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Bonjour, j'ai reçu ce message et je ne sais pas s'il est vrai. Merci de me dire.": "fr",
		"Hello, I received this message and I am not sure whether it is real. Thanks.":     "en",
		"Bonjour, arnaque ?": "fr",
		"Is this a scam?":    "en",
		"Merci !":            "fr",
		"":                   "",
		"ok":                 "",
		"12345":              "",
		"FYI":                "",
		"Guten Tag, ich habe diese Nachricht bekommen und weiß nicht, ob sie echt ist. Danke für Ihre Hilfe.":  "",
		"Buenos días, he recibido este mensaje y no sé si es verdadero. Muchas gracias por su ayuda con esto.": "",
	} {
		if got := reply.LanguageOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzFirstName(f *testing.F) {
	f.Add("DUPONT Marie", "marie.dupont@oriane.example")
	f.Fuzz(func(t *testing.T, display, address string) {
		for _, r := range reply.FirstName(display, address) {
			if r < ' ' || r == '<' || r == '@' || r == '.' {
				t.Errorf("%q %q gives %q", display, address, r)
			}
		}
	})
}
