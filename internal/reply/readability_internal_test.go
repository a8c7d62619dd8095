package reply

import (
	"strings"
	"testing"
)

// wellCounted is the share of words whose syllables we must get right: the
// score is an average, and a few odd words don't move it.
const wellCounted = 0.93

func TestSyllables(t *testing.T) {
	t.Parallel()
	for lang, list := range map[string]string{
		"en": `the 1 a 1 message 2 phishing 2 information 4 money 2 thank 1 report 2 genuine 3 safe 1 delete 2 nothing 2
			colleague 2 colleagues 2 received 2 protected 3 answer 2 question 2 before 2 today 2 tomorrow 3 advertising 4
			dangerous 3 nuisance 2 people 2 person 2 looking 2 something 2 exercise 3 computer 3 network 2 password 2
			device 2 unplug 2 cable 2 table 2 little 2 asked 1 wanted 2 needed 2 closed 1 changes 2 boxes 2 makes 1
			create 2 science 2 video 3 radio 3 special 2 nation 2 quickly 2 safely 2 careful 2 statement 2 business 2
			minute 2 minutes 2 hour 1 quiet 2 idea 3 real 1 attachment 3 suspicious 3 unsubscribe 3 mailbox 2 sender 2
			university 5 organisation 5 possible 3 everything 3 understand 3 yesterday 3 payment 2 invoice 2 delivery 4
			account 2 through 1 strength 1 rhythm 2 apple 2 language 2 average 3 service 2 office 2`,
		"fr": `le 1 message 2 bonjour 2 merci 2 vigilance 3 informations 4 argent 2 authentique 3 utiliser 4 crainte 1
			signalement 3 collègues 2 protéger 3 aujourd 2 hui 1 réponse 2 question 2 supprimer 3 publicité 4 danger 2
			personne 2 examine 3 première 2 encore 2 banque 1 paiement 2 ordinateur 4 réseau 2 téléphone 3 appareil 3
			mot 1 passe 1 changer 2 envoyer 3 créer 2 poésie 3 maïs 2 naïf 2 ouvrez 2 laissez 2 côté 2 fichier 2
			lien 1 bien 1 faire 1 rien 1 autre 1 trahi 2 adresse 2 expéditeur 4 finit 2 mène 1 presse 1 payer 2 avant 2
			soir 1 pouvez 2 voler 2 faux 1 fait 1 exercice 3 organisé 4 équipe 2 douter 2 confiance 3 question 2
			longue 1 guide 1 quelqu 1 avons 2 arrivé 3 parlent 1 moment 2 souvent 2 content 2 comment 2 client 2
			écrivent 2 reçoivent 2 patient 2 travail 2 famille 2 œil 1 yeux 1 pied 1 nuit 1 oui 1 deuxième 2 accueil 2`,
	} {
		fields, right := strings.Fields(list), 0
		for i := 0; i+1 < len(fields); i += 2 {
			got := syllablesIn(lang, token{folded: fold(fields[i]), lower: fields[i]})
			if got == int(fields[i+1][0]-'0') {
				right++
			} else {
				t.Logf("%s %s: %d, not %s", lang, fields[i], got, fields[i+1])
			}
		}
		if share := float64(right) / float64(len(fields)/2); share < wellCounted {
			t.Errorf("%s: %.2f of %d words counted right", lang, share, len(fields)/2)
		}
	}
}

func TestReadabilityTellsPlainFromHeavy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, text string
		plain      bool
	}{
		{"en", "You can delete it. There is nothing else to do. Thank you for telling us.", true},
		{"en", "Organisational remediation procedures necessitate comprehensive administrative verification.", false},
		{"fr", "Vous pouvez le supprimer. Il n'y a rien d'autre à faire. Merci de nous l'avoir dit.", true},
		{"fr", "La régularisation administrative nécessite préalablement une vérification organisationnelle approfondie.", false},
	} {
		d := read(CheckInput{Text: c.text, Lang: c.lang})
		if got := d.readability(); (got >= plainLanguage) != c.plain {
			t.Errorf("%s %.0f: %s", c.lang, got, c.text)
		}
	}
}

func TestBodyLeavesOutSignatureAndLinks(t *testing.T) {
	t.Parallel()
	d := read(CheckInput{
		Lang: "en", Signer: "Camille Roy",
		Text: "One two. Three four.\n\n- five\n- six seven:\n1. eight\n\nLabel here: https://a.example/b\n\nCamille Roy\nTeam\n\n-- \nmore words\n",
	})
	if d.body != 8 || len(d.sentences) != 5 || d.bullets != 2 || len(d.numbered) != 1 {
		t.Errorf("body %d, sentences %v, bullets %d, steps %v", d.body, d.sentences, d.bullets, d.numbered)
	}
}

func TestDefang(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"go to http://evil.example/x":    "go to hxxp://evil[.]example/x",
		"HTTPS://EVIL.COM":               "HXXPS://EVIL[.]COM",
		"see invoice.pdf":                "see invoice.pdf",
		"mail me@evil.co.uk now":         "mail me@evil[.]co[.]uk now",
		"at 10.0.0.1":                    "at 10[.]0[.]0[.]1",
		"It is 3.5 euros. Pay now.":      "It is 3.5 euros. Pay now.",
		"already evil[.]example, thanks": "already evil[.]example, thanks",
		"clés.fr et 例え.jp":               "clés[.]fr et 例え[.]jp",
	} {
		if got := defang(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
