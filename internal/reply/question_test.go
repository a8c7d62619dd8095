package reply_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

func TestAsksMore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Is this real?":         false,
		"is this a scam":        false,
		"C'est un vrai mail ?":  false,
		"Puis-je l'ouvrir ?":    false,
		"Looks odd to me.":      false,
		"FYI":                   false,
		"Reçu ce matin, merci.": false,
		"":                      false,
		"Strange?":              false,
		"Et celui-ci ?":         false,
		"Bonjour, pouvez-vous regarder ce message ? Merci !":                               false,
		"Bonjour, je trouve ce message bizarre, est-il vraiment de la banque ?":            false,
		"Est-ce vraiment notre banque ? Dois-je répondre ?":                                false,
		"I don't know this sender, what should I do?":                                      false,
		"Hello, I did not order anything, is this real? Let me know":                       false,
		"Bonjour. Je pense que c'est faux. Comment mettre le bouton sur mon téléphone ?":   true,
		"Can you delete it? And when will the new laptops arrive in our building, please?": true,
		"How do I add the button to my phone?":                                             true,
		"Comment installer le bouton sur mobile":                                           true,
		"Could you call me this afternoon":                                                 true,
		"J'ai cliqué sur le lien, est-ce grave ?":                                          false,
		"J'ai ouvert la pièce jointe, est-ce que je dois m'inquiéter ?":                    false,
		"I clicked on it, is that bad?":                                                    false,
		"I typed my password. Can you help me please?":                                     false,
		"Can you help me with the new printer please?":                                     true,
		"Is it fake? And who pays the invoice?":                                            true,
		"Pouvez-vous prévenir mon équipe ?":                                                true,
	} {
		if got := reply.AsksMore(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
