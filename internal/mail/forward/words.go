package forward

import "strings"

// OwnWords keeps what the person wrote themselves: no quoted mail, no
// signature, no line that a phone or a gateway added.
func OwnWords(text string) string {
	var out []string
	lines := splitLines(text)
	for i, l := range lines {
		t := strings.TrimSpace(l)
		if endsWords(t, l) || endsBySignOff(out, t) {
			break
		}
		if _, n, _ := attributionAt(lines, i); n > 0 && i+n < len(lines) && quotedNext(lines[i+n:]) {
			break
		}
		if !strings.HasPrefix(t, ">") && !isBanner(t) && !isMobile(t) {
			out = append(out, strings.TrimRight(l, " \t"))
		}
	}
	return collapse(out)
}

// endsWords knows the lines after which nothing is the person's own.
func endsWords(t, raw string) bool {
	return raw == "--" || raw == "-- " || t == "--" || len(t) >= 10 && strings.Trim(t, "_-=") == ""
}

func quotedNext(lines []string) bool {
	for _, l := range lines {
		if t := strings.TrimSpace(l); t != "" {
			return strings.HasPrefix(t, ">")
		}
	}
	return false
}

// endsBySignOff sees the closing phrase of a letter on a line of its own,
// once something was said before it.
func endsBySignOff(before []string, t string) bool {
	return signOffIndex[fold(strings.TrimRight(t, " ,.!"))] && strings.TrimSpace(strings.Join(before, "")) != ""
}

// isMobile knows the lines that phones and webmail add.
func isMobile(t string) bool {
	f := fold(t)
	for _, m := range mobileLines {
		if strings.HasPrefix(f, m) && len(f) < len(m)+80 {
			return true
		}
	}
	return false
}

// isBanner knows the warnings that gateways put above mail from outside.
func isBanner(t string) bool {
	f := strings.Trim(fold(t), "[]*!-⚠️ ")
	for _, b := range banners {
		if strings.HasPrefix(f, b) {
			return true
		}
	}
	return false
}

// collapse joins lines, at most one blank one in a row, none at the ends.
func collapse(lines []string) string {
	var out []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, strings.TrimSpace(l))
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

//nolint:gochecknoglobals // a constant table, indexed
var signOffIndex = indexSignOffs()

func indexSignOffs() map[string]bool {
	out := map[string]bool{}
	for _, s := range signOffs {
		out[fold(s)] = true
	}
	return out
}

// signOffs close a letter; a name and a job follow.
//
//nolint:gochecknoglobals // a constant table
var signOffs = []string{
	"Best regards", "Kind regards", "Regards", "Warm regards", "Best", "Cheers", "Sincerely", "Yours sincerely", "Best wishes", "Many thanks and best regards", "Br", "Kr",
	"Cordialement", "Bien cordialement", "Bien à vous", "Bien à toi", "Sincères salutations", "Salutations", "Cdt", "Cdlt", "Bonne journée", "Bonne réception", "Belle journée", "Respectueusement", "Très cordialement",
	"Mit freundlichen Grüßen", "Mit freundlichen Grüssen", "Freundliche Grüße", "Viele Grüße", "Liebe Grüße", "Beste Grüße", "Freundliche Grüsse", "MfG", "VG", "LG", "Schöne Grüße",
	"Met vriendelijke groet", "Met vriendelijke groeten", "Vriendelijke groet", "Groeten", "Groet", "Mvg",
	"Saludos", "Un saludo", "Saludos cordiales", "Atentamente", "Cordialmente", "Cordiali saluti", "Distinti saluti", "Saluti", "Un cordiale saluto",
	"Atenciosamente", "Cumprimentos", "Melhores cumprimentos", "Com os melhores cumprimentos", "Abraços", "Att",
	"Pozdrawiam", "Z poważaniem", "Med vänlig hälsning", "Vänliga hälsningar", "Mvh", "Med venlig hilsen", "Venlig hilsen", "Med vennlig hilsen", "Vennlig hilsen", "Hilsen",
	"Ystävällisin terveisin", "Terveisin", "S pozdravem", "Saygılarımla", "İyi çalışmalar", "С уважением", "З повагою", "よろしくお願いいたします", "よろしくお願いします", "此致", "谢谢",
}

// mobileLines are added by phones and webmail, folded.
//
//nolint:gochecknoglobals // a constant table
var mobileLines = []string{
	"sent from my ", "sent from outlook", "sent from mail for windows", "sent from yahoo", "sent from proton", "sent from gmail", "sent with proton", "sent using ", "get outlook for ",
	"envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "envoyé avec ", "télécharger outlook pour ", "obtenez outlook pour ", "obtenir outlook pour ", "provenance : courrier",
	"von meinem ", "gesendet von ", "gesendet mit ", "outlook für ", "holen sie sich outlook", "diese nachricht wurde von meinem",
	"verzonden vanaf ", "verstuurd vanaf ", "verzonden met ", "outlook voor ", "enviado desde ", "enviado do ", "enviado a partir ", "enviado de ", "obtener outlook para ", "obter o outlook para ",
	"inviato da ", "ottieni outlook per ", "wysłane z ", "pobierz aplikację outlook", "skickat från ", "hämta outlook för ", "sendt fra ", "hent outlook til ", "lähetetty ", "hanki outlook ",
	"odesláno z ", "iphone'umdan gönderildi", "отправлено с ", "iphoneから送信", "发自我的", "從我的", "나의 iphone에서",
}

// banners are the warnings of mail gateways, folded.
//
//nolint:gochecknoglobals // a constant table
var banners = []string{
	"caution: this email", "caution: external", "caution: this message", "external email", "external sender", "warning: this email", "warning: external",
	"this email originated from outside", "this message originated from outside", "this message came from outside", "you don't often get email from",
	"attention : ce message", "attention : cet e-mail", "attention : courriel externe", "attention: ce message", "ce message provient de l'extérieur", "courriel externe", "message externe",
	"vous n'obtenez pas souvent d'e-mail", "expéditeur externe", "achtung: externe", "externe e-mail", "diese e-mail stammt von außerhalb", "sie erhalten nicht oft e-mails von",
	"let op: deze e-mail", "u ontvangt niet vaak e-mail",
}
