package story

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// tags are words of which the lures of a campaign make their host names.
//
//nolint:gochecknoglobals // a constant table
var tags = []string{
	"relais", "service", "portail", "espace", "suivi", "acces", "client", "info", "centre", "direct",
	"online", "secure", "desk", "point", "hub", "contact", "alerte", "gestion", "support", "depot",
}

// shops are customers who write for the first time.
//
//nolint:gochecknoglobals // a constant table
var shops = []string{
	"atelier-voisin", "maison-arnoux", "boutique-verdier", "willow-finch", "la-verriere", "comptoir-du-port",
	"galerie-saule", "hotel-mirabeau", "cafe-central", "librairie-tresor", "studio-marais", "oak-and-amber",
}

// blanks are the values of a campaign's variables. Whoever received the
// campaign got the same; only what begins with the recipient differs.
type blanks struct {
	campaign map[string]string
}

// newBlanks draws the values of one campaign of a template.
func newBlanks(t template, campaign uint64, at time.Time, colleague string) blanks {
	r := stream(forCampaign, campaign)
	return blanks{map[string]string{
		"shop":      shops[r.IntN(len(shops))],
		"tag":       tags[r.IntN(len(tags))],
		"number":    strconv.Itoa(100_000 + r.IntN(900_000)),
		"ref":       fmt.Sprintf("%c%c%d", 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)), 10_000_000+r.IntN(90_000_000)),
		"byte":      strconv.Itoa(10 + r.IntN(80)),
		"small":     money(r, 190, 900, t.lang),
		"amount":    money(r, 18_000, 480_000, t.lang),
		"day":       day(t.lang, at.AddDate(0, 0, 3+r.IntN(12))),
		"year":      strconv.Itoa(at.Year()),
		"colleague": colleague,
	}}
}

// money writes an amount between so many cents, as each language does.
func money(r *rand.Rand, least, most int, lang string) string {
	text := fmt.Sprintf("%.2f", float64(least+r.IntN(most-least))/100)
	if lang == "fr" {
		return strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// fill puts the values in.
func (b blanks) fill(text string, to member) string {
	pairs := []string{"{first}", to.first(), "{name}", to.Name, "{address}", to.Address}
	for name, value := range b.campaign {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

//nolint:gochecknoglobals // a constant table
var frenchMonths = []string{
	"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
}

// day writes a date as each language does: "12 mars", "12 March".
func day(lang string, at time.Time) string {
	if lang == "fr" {
		return fmt.Sprintf("%d %s", at.Day(), frenchMonths[at.Month()-1])
	}
	return at.Format("2 January")
}
