package reply_test

import (
	"testing"

	"github.com/bienvu/bienvu/internal/reply"
)

func TestOnlyThanks(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Merci beaucoup !",
		"Merci",
		"MERCI !!!",
		"OK merci",
		"Parfait, merci à vous",
		"Parfait, merci à vous.\n\nBonne journée,\nIsabelle",
		"Merci Camille !",
		"Bonjour Camille,\n\nMerci pour votre réponse rapide.\n\nCordialement,\nIsabelle Martin",
		"Merci pour votre aide, bonne journée à vous aussi !",
		"Super, merci beaucoup. Bonne soirée.",
		"Je vous remercie pour votre réactivité.",
		"Un grand merci à toute l'équipe !",
		"C'est noté, merci.",
		"Très bien, merci pour ces explications.\n\nEnvoyé de mon iPhone",
		"Merci 👍",
		"Merci !\n-- \nIsabelle Martin\nComptable, Atelier Oriane\n01 99 00 00 00",
		"Thanks a lot, have a nice day",
		"Thanks!",
		"Thank you so much, Camille.",
		"Great, thanks for the quick reply!",
		"Hi Camille,\nThank you for your help.\n\nBest regards,\nEmma Stone\nPhone: 555 0100",
		"Many thanks\nEmma",
		"Got it, thank you!\n\nSent from my iPhone",
		"Perfect, much appreciated :)",
		"Thanks again\n\nOn Mon, 3 Mar 2031 at 10:00, Camille Roy wrote:\n> Well spotted, Emma!\n> Do you need help?",
		"Merci !\n\nLe lun. 3 mars 2031, Camille Roy a écrit :\n> Bien vu !\n> Avez-vous cliqué ?",
		"Cheers all",
		"OK, thank you very much and all the best",
		"Ok super merci",
	} {
		if !reply.OnlyThanks(text) {
			t.Errorf("these are thanks: %q", text)
		}
	}
	for _, text := range []string{
		"",
		"OK",
		"👍",
		"Bonjour",
		"Isabelle",
		"Merci d'avance",
		"Thanks in advance",
		"Merci de me rappeler",
		"Merci de votre réponse ?",
		"Merci, mais j'ai cliqué",
		"Merci\nJ'ai cliqué",
		"Merci\nRappelez-moi",
		"Merci !\nUrgent",
		"Merci !\n\nP.S. : j'ai tapé mon mot de passe",
		"Non merci",
		"Merci pour rien",
		"Merci, et pour la facture ?",
		"Merci, j'ai supprimé le message.",
		"Merci, voir http://colis.example/payer",
		"Merci :(",
		"Merci\n-- \nIsabelle\nPouvez-vous me rappeler ?",
		"Merci\n-- \nIsabelle\nj'ai aussi ouvert la pièce jointe",
		"Merci\n> Avez-vous cliqué ?\nOui",
		"Thanks, but is it safe?",
		"Thanks, I clicked on it",
		"Thanks. Another one came today.",
		"Thanks for nothing",
		"No thanks",
		"Thank you, please call me",
		"Thanks\nCall Me",
		"Thanks!\nHelp",
		"Thank you. I already paid.",
		"Thanks 555 0100",
		"Thanks, the link still works",
		"I have a question, thanks",
	} {
		if reply.OnlyThanks(text) {
			t.Errorf("there is more than thanks in %q", text)
		}
	}
}

// Nothing a stranger writes may stop us, and what asks is never taken for thanks.
func FuzzOnlyThanks(f *testing.F) {
	f.Add("Merci !\n-- \nIsabelle")
	f.Add("On x wrote:\n> y\nThanks")
	f.Fuzz(func(t *testing.T, text string) {
		if reply.OnlyThanks(text) && reply.OnlyThanks("I clicked on it.\n"+text) {
			t.Errorf("%q hides a click", text)
		}
	})
}
