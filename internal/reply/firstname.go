package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FirstName guesses what to call somebody, from the display name of their
// mail and their address: "DUPONT Marie", "Dupont, Marie", "Mme Marie Dupont"
// and marie.dupont@ all give "Marie". It gives "" rather than a wrong name:
// for services ("Accueil"), initials, and names it cannot tell apart.
func FirstName(displayName, address string) string {
	display := strings.Trim(clean(displayName), `"'() `)
	if before, _, cut := strings.Cut(display, "("); cut && strings.TrimSpace(before) != "" {
		display = strings.TrimSpace(before)
	}
	if display != "" && !strings.Contains(display, "@") {
		return fromDisplay(display)
	}
	if strings.Contains(display, "@") && address == "" {
		address = display
	}
	return fromAddress(address)
}

func fromDisplay(display string) string {
	if isService(display) {
		return ""
	}
	if last, first, comma := strings.Cut(display, ","); comma && strings.TrimSpace(last) != "" {
		return firstGiven(strings.Fields(first))
	}
	words := strings.Fields(display)
	if len(words) == 2 && isTitle(words[0]) || slices.Contains(words, "-") {
		return "" // "M. Dupont" is a family name; "Oriane - Marie" could be anything
	}
	if given := afterCapitals(words); given != nil {
		words = given
	}
	return firstGiven(words)
}

// afterCapitals reads "DUPONT Marie" and "LE GOFF Anne": the family name is
// the run of capitals where the rest is not all capitals.
func afterCapitals(words []string) []string {
	n := 0
	for n < len(words) && allCapitals(words[n]) && utf8.RuneCountInString(strings.Trim(words[n], ".")) > 1 {
		n++
	}
	if n == 0 || n == len(words) {
		return nil
	}
	return words[n:]
}

// firstGiven is the first word that can be a first name; it skips titles and
// gives up at an initial.
func firstGiven(words []string) string {
	for i, word := range words {
		if isTitle(word) {
			continue
		}
		if len(words) > 1 && allCapitals(word) && i+1 < len(words) && allCapitals(words[i+1]) {
			return "" // "MARIE DUPONT" or "DUPONT MARIE": it can't be told
		}
		return asName(word)
	}
	return ""
}

// fromAddress reads marie.dupont@ and jean-paul_martin@; a single word might
// be a family name, so it gives none.
func fromAddress(address string) string {
	local, _, ok := strings.Cut(strings.Trim(clean(address), "<> "), "@")
	if !ok {
		return ""
	}
	local, _, _ = strings.Cut(local, "+")
	words := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' })
	if len(words) < 2 || isService(strings.Join(words, " ")) {
		return ""
	}
	return asName(words[0])
}

// asName writes a name as one does, or gives "" for what can't be one.
func asName(word string) string {
	word = strings.Trim(word, ".,;'\"")
	if utf8.RuneCountInString(word) < 2 || utf8.RuneCountInString(word) > 20 {
		return ""
	}
	for _, r := range word {
		if !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' {
			return ""
		}
	}
	if mixed := !allCapitals(word) && word != strings.ToLower(word); mixed {
		return word
	}
	start := true
	return strings.Map(func(r rune) rune {
		defer func() { start = r == '-' || r == '\'' || r == '’' }()
		if start {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, word)
}

func allCapitals(word string) bool {
	return strings.ToUpper(word) == word && strings.ToLower(word) != word
}

func isTitle(word string) bool { return titles[strings.Trim(fold(word), ".")] }

func isService(name string) bool {
	for _, word := range strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if services[word] {
			return true
		}
	}
	return false
}

//nolint:gochecknoglobals // constant tables
var (
	titles = set(`m mm mme mlle mr mrs ms miss mx dr pr prof me maitre monsieur madame docteur professeur
		doctor professor sir dame`)
	services = set(`accueil achats achat accounting accounts admin administration administrateur alerte alertes
		agence assistance atelier boutique bureau cabinet caisse centre client clients commercial commerciale
		communication comptabilite compta contact contacts customer customers dept departement department desk
		direction dpo dsi equipe facturation factures finance finances formation groupe group hello help helpdesk
		hotline hr info infos information informatique invoice invoices it juridique legal livraison logistique
		magasin mairie maintenance marketing noreply no-reply no office paie payroll personnel postmaster presse
		qualite reception recrutement reply rh root sales sav scan scanner secretariat secretary securite security
		service services shop social standard stock support team technique training ventes webmaster`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
