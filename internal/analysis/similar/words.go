package similar

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

const (
	fewest   = 12       // words below which nothing sure can be said
	mostRuns = 4000     // words that are read
	mostText = 32 << 10 // bytes of text that are folded
	smallest = 25       // words that a letter has before its small print may begin
)

// own lists the words that are the recipient's: their names and their house.
func own(v *view.View) map[string]bool {
	out := map[string]bool{}
	for _, to := range v.Message.To {
		local, host, _ := strings.Cut(to.Addr, "@")
		for w := range strings.FieldsSeq(view.Fold(local, to.Name, domain.Label(host), host)) {
			out[w] = true
		}
	}
	return out
}

// steady gives the words of a folded text that are the same for every
// recipient: no numbers, no codes, none of the recipient's own.
func steady(folded string, own map[string]bool) []string {
	var out []string
	for w := range strings.FieldsSeq(folded) {
		if len(out) >= mostRuns {
			break
		}
		if !own[w] && !strings.ContainsAny(w, "0123456789") && len(w) < 25 && len(w) > 1 {
			out = append(out, w)
		}
	}
	return out
}

// letter gives the steady words of what a person reads, without what they
// answer to and without the small print, which one house puts under everything
// it sends.
func letter(v *view.View) []string {
	mine := own(v)
	words := steady(view.Fold(read(v.Page.Visible)), mine)
	if len(words) < fewest {
		words = steady(view.Fold(read(v.Message.Text)), mine)
	}
	return words[:footer(words)]
}

// read is a text without its quoted lines, no longer than we fold.
func read(s string) string {
	if len(s) > mostText {
		s = s[:mostText]
	}
	if !strings.Contains(s, "\n>") {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		if !strings.HasPrefix(strings.TrimSpace(line), ">") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// footer is where the small print begins: the first phrase of small print after
// the letter's own words, else the end.
func footer(words []string) int {
	for i := smallest; i+1 < len(words); i++ {
		for _, next := range marks[words[i]] {
			if next == "" || words[i+1] == next {
				return i
			}
		}
	}
	return len(words)
}

// marks are words that begin the small print, each with those that may follow;
// "" is any.
//
//nolint:gochecknoglobals // a constant table
var marks = map[string][]string{
	"unsubscribe": {""}, "desinscrire": {""}, "desabonner": {""}, "desinscription": {""}, "desabonnement": {""},
	"abmelden": {""}, "abbestellen": {""}, "uitschrijven": {""}, "afmelden": {""}, "impressum": {""},
	"descadastrar": {""}, "disiscriviti": {""}, "datenschutz": {""},
	"darse": {"de"}, "cancelar": {"suscripcion", "inscricao", "subscricao"}, "annulla": {"iscrizione"},
	"copyright": {""}, "all": {"rights"}, "tous": {"droits"}, "alle": {"rechte", "rechten"}, "todos": {"os", "los"}, "tutti": {"diritti"},
	"privacy": {"policy", "statement", "notice"}, "politique": {"de"}, "terms": {"of", "and"}, "conditions": {"generales"},
	"this":       {"message", "email", "mail"},
	"ce":         {"message", "mail", "courriel", "email"},
	"cet":        {"email", "mail", "courriel"},
	"diese":      {"nachricht", "mail", "email"},
	"you":        {"received", "are", "receive"},
	"vous":       {"recevez"},
	"mailing":    {"list"},
	"please":     {"do"},
	"merci":      {"de"},
	"powered":    {"by"},
	"disclaimer": {""},
}
