package unwrap

import (
	"strings"
	"testing"
)

func TestActed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"I clicked on the link!": "clicked", "I have already clicked, help": "clicked", "I accidentally clicked it": "clicked",
		"I did not click": "", "I didn't click on anything": "", "I haven't clicked or opened anything": "", "I never clicked": "",
		"I don't know why I clicked": "clicked", "Not sure if it is real, I clicked": "clicked", "I almost clicked": "", "Should I click?": "",
		"Should I have clicked?": "", "clicked the link by mistake": "clicked", "I didn't think and clicked": "clicked", "I clicked on nothing": "",
		"I clicked but never entered my password": "clicked", "I clicked and typed my password": "clicked password",
		"I have not clicked the link and have not entered my password": "", "It asks me to enter my password": "", "What happens if I click?": "",
		"I opened the attachment": "opened", "I opened the email": "", "I paid the invoice": "paid", "I replied to him": "replied",
		"I gave them my card number and sent the money": "paid", "My colleague clicked the link": "clicked", "I’ve clicked": "clicked",
		"I logged in with my account": "password", "Nobody clicked": "", "We have neither clicked nor replied": "", "I scanned the QR code": "clicked",

		"J'ai cliqué sur le lien": "clicked", "je n'ai pas cliqué": "", "Je n’ai pas cliqué": "", "j'ai pas clique": "", "j'ai clique dessus": "clicked",
		"Je n'ai jamais cliqué sur ce lien": "", "Je n'ai ni cliqué ni répondu": "", "Dois-je cliquer ?": "", "si je clique, que se passe-t-il ?": "",
		"J'ai malheureusement déjà cliqué et saisi mon mot de passe": "clicked password", "J'ai cliqué mais je n'ai pas saisi mon mot de passe": "clicked",
		"J'ai ouvert la pièce jointe": "opened", "J'ai ouvert le mail": "", "Je n'ai rien ouvert et rien payé": "", "J'ai failli cliquer": "",
		"j'ai presque cliqué": "", "J'aurais cliqué": "", "Je ne sais pas pourquoi j'ai cliqué": "clicked", "Nous avons payé la facture": "paid",
		"J'ai répondu à ce message": "replied", "Sans avoir cliqué, je vous le transmets": "", "On a cliqué sur le lien hier": "clicked",
		"J'ai donné mon numéro de carte bancaire": "paid", "Je me suis connecté avec mes identifiants": "password", "Je ne me suis pas connecté": "", "ma collègue a cliqué": "clicked",

		"Ich habe auf den Link geklickt": "clicked", "Ich habe nicht geklickt": "", "Ich habe auf nichts geklickt": "", "weil ich geklickt habe": "clicked",
		"Habe leider mein Passwort eingegeben": "password", "Ich habe den Anhang nicht geöffnet": "", "Ich habe den Anhang geöffnet": "opened",
		"Ich habe keinen Link angeklickt": "", "Ich habe die Rechnung überwiesen": "paid", "Soll ich klicken?": "", "Ich hätte fast geklickt": "",

		"Ik heb op de link geklikt": "clicked", "Ik heb niet geklikt": "", "Ik heb mijn wachtwoord ingevuld": "password", "Ik heb de bijlage geopend": "opened",
		"He hecho clic en el enlace": "clicked", "No he hecho clic": "", "Hice clic y puse mi contraseña": "clicked password", "No hice clic": "", "Pagué la factura": "paid",
		"Ho cliccato sul link": "clicked", "Non ho cliccato": "", "Ho inserito la password": "password", "Ho aperto l'allegato": "opened",
		"Cliquei no link": "clicked", "Não cliquei": "", "Digitei a minha senha": "password", "Não abri o anexo": "",

		"Click here": "", "Clique aqui": "", "Clique sur le lien": "", "Haga clic aquí": "", "it answered all my questions": "", "We were paid by a customer": "",
		"They replied to him": "", "use the provided access code": "", "Déjà cliqué, désolée": "clicked", "fai clic qui": "", "Ho fatto clic": "clicked",
		"Sorry, clicked it": "clicked", "I have been asked to click": "", "The parcel was paid": "",

		"": "", "Please open the attachment and reply": "",
	} {
		if got := strings.Join(Acted(in), " "); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
