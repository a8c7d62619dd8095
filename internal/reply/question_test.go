package reply_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

func TestAsksMore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Is this real?":                          false,
		"is this a scam":                         false,
		"C'est un vrai mail ?":                   false,
		"Puis-je l'ouvrir ?":                     false,
		"Looks odd to me.":                       false,
		"FYI":                                    false,
		"Reçu ce matin, merci.":                  false,
		"":                                       false,
		"How do I add the button to my phone?":   true,
		"Comment installer le bouton sur mobile": true,
		"Could you call me this afternoon":       true,
		"Is it fake? And who pays the invoice?":  true,
		"Pouvez-vous prévenir mon équipe ?":      true,
	} {
		if got := reply.AsksMore(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
