package similar

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

const (
	fewest   = 12       // words below which nothing sure can be said
	mostRuns = 4000     // words that are read
	mostText = 12 << 10 // bytes of text that are folded
	earliest = 8        // words that a letter has before its small print may begin
	smallest = 25       // the same, where the mark is a common word
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
	out := make([]string, 0, len(folded)/6)
	for w := range strings.SplitSeq(folded, " ") {
		if len(out) >= mostRuns {
			break
		}
		if len(w) < 25 && len(w) > 1 && digits(w) == 0 && !own[w] {
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

// read is what somebody wrote themselves in a text, no longer than we fold:
// without quoted lines, and only down to the line under which a signature or
// the words of a mailing list stand.
func read(s string) string {
	var b strings.Builder
	words := 0
	s = cut(s, mostText)
	b.Grow(len(s))
	for line := range strings.Lines(s) {
		bare := strings.TrimSpace(line)
		if words >= earliest && ruled(bare) {
			break
		}
		if !strings.HasPrefix(bare, ">") {
			b.WriteString(line)
			words += strings.Count(bare, " ") + min(len(bare), 1)
		}
	}
	return b.String()
}

// ruled reports whether a line is nothing but a rule, or two dashes.
func ruled(line string) bool {
	const shortest = 20
	return line == "--" || len(line) >= shortest && strings.Trim(line, "-_=~*") == ""
}

// footer is where the small print begins: the first phrase of small print after
// the letter's own words, else the end. Some words stand in letters, too: they
// count only later.
func footer(words []string) int {
	for i := earliest; i < len(words); i++ {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if begins(plain, words[i], next) || i >= smallest && begins(common, words[i], next) {
			return i
		}
	}
	return len(words)
}

func begins(marks map[string][]string, word, next string) bool {
	after, ok := marks[word]
	return ok && (len(after) == 0 || slices.Contains(after, next))
}

// plain and common are words that begin the small print, each with those that
// may follow; none stands for any.
//
//nolint:gochecknoglobals // constant tables
var (
	plain = map[string][]string{
		"unsubscribe": nil, "desinscrire": nil, "desabonner": nil, "desinscription": nil, "desabonnement": nil,
		"abmelden": nil, "abbestellen": nil, "uitschrijven": nil, "afmelden": nil, "impressum": nil, "descadastrar": nil, "disiscriviti": nil,
		"copyright": nil, "disclaimer": nil, "datenschutz": nil, "mailing": {"list"}, "darse": {"de"}, "annulla": {"iscrizione"},
		"cancelar": {"suscripcion", "inscricao", "subscricao"}, "all": {"rights"}, "tous": {"droits"}, "alle": {"rechte", "rechten"},
		"todos": {"os", "los"}, "tutti": {"diritti"}, "privacy": {"policy", "statement", "notice"},
	}
	common = map[string][]string{
		"this": {"message", "email", "mail", "notification"}, "ce": {"message", "mail", "courriel", "email"}, "cet": {"email", "mail", "courriel"},
		"diese": {"nachricht", "mail", "email"}, "you": {"received", "are", "receive", "have"}, "vous": {"recevez"}, "sie": {"erhalten"},
		"please": {"do"}, "merci": {"de"}, "powered": {"by"}, "politique": {"de"}, "conditions": {"generales"}, "terms": {"of", "and"},
	}
)
