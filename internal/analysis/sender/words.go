package sender

import (
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
)

// office holds words by which a display name speaks for an organisation.
//
//nolint:gochecknoglobals // a constant table
var office = []string{
	"support", "service", "services", "security", "team", "helpdesk", "help desk", "admin", "administrator", "bank",
	"banque", "billing", "invoice", "customer", "account", "accounts", "payroll", "hr", "human resources", "director",
	"ceo", "cfo", "president", "notification", "alert", "delivery", "equipe", "securite", "facturation", "comptabilite",
	"direction", "ressources humaines", "livraison", "kundenservice", "sicherheit", "servicio", "soporte", "suporte",
	"servizio", "klantenservice", "department", "departement", "office", "ministere", "police", "gendarmerie", "tresor public",
}

// claims reports whether a folded display name speaks for an organisation.
func claims(folded string) bool {
	for _, word := range office {
		if strings.Contains(folded, " "+word+" ") {
			return true
		}
	}
	return false
}

// disguised reports whether a word of the name is spelled with letters of
// another script that look Latin.
func disguised(name string) bool {
	for word := range strings.FieldsSeq(name) {
		if domain.Disguised(word) || mathematical(word) {
			return true
		}
	}
	return false
}

func mathematical(word string) bool {
	for _, r := range word {
		if r >= 0x1D400 && r <= 0x1D7FF {
			return true
		}
	}
	return false
}

// symbols reports whether the name carries pictures or odd signs that draw the eye.
func symbols(name string) bool {
	for _, r := range name {
		if r > 0x2000 && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Cf, r)) {
			return true
		}
	}
	return strings.ContainsAny(name, "!$%*=_~^{}<>") || strings.Contains(name, "__")
}

func lastField(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" <>()\"'[],;", r) })
	for _, f := range fields {
		if strings.Contains(f, "@") {
			return f
		}
	}
	return ""
}
