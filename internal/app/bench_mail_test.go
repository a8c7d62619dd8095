package app

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/mailtest"
)

// made gives n messages of about 20 kB, the same for each seed: a quarter each
// of conversations, mailings in HTML, mails with a file, and thefts. No two are
// alike, so nothing is quick because it was seen before.
func made(n int, seed uint64) [][]byte {
	r := rand.New(rand.NewPCG(seed, 20_000))
	kinds := []func(*rand.Rand, int) *mailtest.Builder{conversation, mailing, withFile, theft}
	all := make([][]byte, n)
	for i := range all {
		all[i] = kinds[i%len(kinds)](r, i).
			Header("Message-ID", fmt.Sprintf("<%d.%d@post.example>", seed, i)).
			Top("Received", "from mx.post.example (mx.post.example [192.0.2.9]) by in.atelier.example with ESMTPS; Mon, 2 Mar 2026 09:00:00 +0100").
			Top("Authentication-Results", "in.atelier.example; spf=pass smtp.mailfrom=post.example; dkim=none; dmarc=none").
			Bytes()
	}
	return all
}

const about = 20_000 // bytes

func conversation(r *rand.Rand, i int) *mailtest.Builder {
	text := prose(r, about/3) + "\n\n> " + strings.ReplaceAll(prose(r, about/2), "\n", "\n> ")
	return mailtest.New(fmt.Sprintf("Re: chantier %d", i), "Paul Roux <paul.roux@post.example>", "emma@atelier.example").
		Header("In-Reply-To", "<earlier@atelier.example>").Text(text)
}

func mailing(r *rand.Rand, i int) *mailtest.Builder {
	return mailtest.New(fmt.Sprintf("La lettre n° %d", i), "La lettre <lettre@post.example>", "emma@atelier.example").
		Header("List-Unsubscribe", "<https://post.example/leave>").
		Text(prose(r, about/6)).HTML(table(r, "https://post.example/lire", about*2/3))
}

func withFile(r *rand.Rand, i int) *mailtest.Builder {
	file := make([]byte, about/2)
	for i := range file {
		file[i] = byte(r.Uint32())
	}
	return mailtest.New(fmt.Sprintf("Facture %d", i), "Fournitures Plume <compta@plume.example>", "emma@atelier.example").
		Text(prose(r, about/4)).Attach("facture.pdf", "application/pdf", append([]byte("%PDF-1.4\n"), file...))
}

func theft(r *rand.Rand, i int) *mailtest.Builder {
	text := fmt.Sprintf("Votre compte %d est suspendu. Confirmez votre mot de passe dans les 24 heures, cliquez ici : http://192.0.2.7/connexion?id=%d\n\n", i, i)
	return mailtest.New("Compte suspendu", "Votre banque <alerte@banque-secours.example>", "emma@atelier.example").
		Text(text + prose(r, about/6)).HTML("<p>" + text + "</p>" + table(r, "http://192.0.2.7/connexion", about*2/3))
}

// words are drawn to make prose.
var words = strings.Fields(`le chantier avance bien et la livraison des plaques aura lieu jeudi matin avant neuf heures
	the meeting moved to room four because of the painters please bring your plans and the list of open points
	nous avons reçu votre dossier merci de relire la page deux et de nous dire si le tableau vous convient
	our team visited the harbour last week and wrote down what people there told us about their work`)

// prose gives about size bytes of words in lines.
func prose(r *rand.Rand, size int) string {
	var b strings.Builder
	for line := 0; b.Len() < size; {
		word := words[r.IntN(len(words))]
		b.WriteString(word)
		if line += len(word) + 1; line > 70 {
			b.WriteString(".\n")
			line = 0
			continue
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// table gives about size bytes of the HTML that mailings are made of.
func table(r *rand.Rand, url string, size int) string {
	var b strings.Builder
	b.WriteString(`<html><body><table width="600">`)
	for row := 0; b.Len() < size; row++ {
		fmt.Fprintf(&b, `<tr><td style="color:#333;font-size:14px;padding:4px 8px"><p>%s <a href="%s?r=%d">%s</a></p><img src="%s/i%d.png" alt=""></td></tr>`+"\n",
			prose(r, 150), url, row, words[r.IntN(len(words))], url, row)
	}
	b.WriteString("</table></body></html>")
	return b.String()
}
