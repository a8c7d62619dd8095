package trait

import (
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// sender describes who the message says it is from.
func (d *describer) sender() {
	v := d.v
	label := strings.ToLower(domain.Unicode(domain.Label(v.Host)))
	slug := strings.ReplaceAll(strings.TrimSpace(v.Name), " ", "")
	d.set("sender.name-words", float64(wordsIn(v.Name)))
	inDomain, inName := Affinity(v.Name, label)
	d.set("sender.name-in-domain", inDomain)
	d.set("sender.domain-in-name", inName)
	d.set("sender.label-length", float64(len(label)))
	d.set("sender.label-digits", float64(digits(label)))
	d.set("sender.depth", float64(strings.Count(v.Host, ".")-strings.Count(v.Org, ".")))
	d.flag("sender.free", domain.FreeMail(v.Host))
	d.flag("sender.name-missing", slug == "")
	d.flag("sender.name-is-address", strings.Contains(v.From.Name, "@"))
	_, brand := domain.NamedBrand(v.Name)
	d.flag("sender.name-has-brand", brand)
	d.local()
	d.ending("sender.tld-", v.Host)
	d.displayName()
	d.flag("sender.name-in-subject", len(slug) > 3 && strings.Contains(v.Title, v.Name))
	body := v.Words[min(v.Text.Body(), len(v.Words)):]
	d.flag("sender.name-in-text", len(slug) > 3 && strings.Contains(body, v.Name))
	d.flag("sender.domain-in-text", len(label) > 3 && strings.Contains(body, " "+view.Fold(label)[1:]))
}

func (d *describer) local() {
	local, _, _ := strings.Cut(strings.ToLower(d.v.From.Addr), "@")
	d.set("sender.local-length", float64(len(local)))
	d.set("sender.local-digits", float64(digits(local)))
	plain := unsigned.Replace(local)
	for _, word := range []string{"noreply", "donotreply", "nereply", "nepasrepondre", "nepasreply", "noresponder", "naoresponda", "nichtantworten", "nonrispondere"} {
		d.flag("sender.noreply", strings.Contains(plain, word))
	}
	d.flag("sender.role", roles[plain])
}

//nolint:gochecknoglobals // constant tables
var (
	unsigned = strings.NewReplacer("-", "", "_", "", ".", "")
	joined   = strings.NewReplacer("-", "", "_", "")
)

// roles are the local parts by which organisations write.
//
//nolint:gochecknoglobals // a constant table
var roles = words(`info contact hello support help helpdesk service services team notification notifications notify alert alerts news newsletter
 mail mailer admin administrator postmaster billing invoice invoices facturation compta comptabilite accounts account sales orders order
 shop security hr rh jobs recruitment office secretariat reservation booking marketing events welcome root`)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// ending says what kind of ending a host has.
func (d *describer) ending(prefix, host string) {
	tld := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case tld == "com" || tld == "net":
		d.set(prefix+"com", 1)
	case tld == "org":
		d.set(prefix+"org", 1)
	case tld == "edu" || tld == "gov" || tld == "mil" || tld == "int" || strings.Contains(host, ".gov.") || strings.Contains(host, ".gouv.") || strings.Contains(host, ".edu.") || strings.Contains(host, ".ac."):
		d.set(prefix+"official", 1)
	case len(tld) == 2:
		d.set(prefix+"country", 1)
	default:
		d.set(prefix+"other", 1)
	}
}

func (d *describer) displayName() {
	letters, upper, signs := 0, 0, 0
	for _, r := range d.v.From.Name {
		switch {
		case unicode.IsUpper(r):
			upper++
			letters++
		case unicode.IsLetter(r):
			letters++
		case r > 0x2000 || strings.ContainsRune("!#$%*+=<>|~^[]{}", r):
			signs++
		}
	}
	if letters > 0 {
		d.set("sender.name-capitals", float64(upper)/float64(letters))
	}
	d.set("sender.name-signs", float64(signs))
}

// replies describes where an answer would go.
func (d *describer) replies() {
	for _, to := range d.v.Message.ReplyTo {
		host := domain.Of(to.Addr)
		if host == "" {
			continue
		}
		d.set("reply.there", 1)
		d.flag("reply.same", domain.Same(host, d.v.Host))
		d.flag("reply.free", domain.FreeMail(host) && !domain.Same(host, d.v.Host))
		return
	}
}

// Affinity says how much of a folded name stands in a domain's label, and how
// much of the label is words of the name: (1, 1) for "Summit Bridge" at
// summit-bridge, (1, under 1) at secure-summit-bridge, (0, 0) for strangers.
func Affinity(folded, label string) (nameInLabel, labelInName float64) {
	rest := joined.Replace(label)
	all, letters, in := len(rest), 0, 0
	if initials := initialsOf(folded); len(initials) >= 3 && rest == initials {
		return 1, 1
	}
	for w := range strings.FieldsSeq(folded) {
		if len(w) < 3 && len(folded) > 6 {
			continue
		}
		letters += len(w)
		if i := strings.Index(rest, w); i >= 0 {
			in += len(w)
			rest = rest[:i] + rest[i+len(w):]
		}
	}
	if letters == 0 || all == 0 {
		return 0, 0
	}
	return float64(in) / float64(letters), float64(all-len(rest)) / float64(all)
}

func initialsOf(folded string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(folded) {
		b.WriteByte(w[0])
	}
	return b.String()
}

func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
