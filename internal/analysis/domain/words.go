package domain

import (
	"strings"
	"sync"
)

// wordLists are the embedded words about names (see the files in data).
type wordLists struct {
	bait, kinds, little, endings, offices map[string]bool
	trackers, companions                  hosts
}

//nolint:gochecknoglobals // a constant table, read once
var words = sync.OnceValue(func() *wordLists {
	return &wordLists{
		bait: wordFile("bait"), kinds: wordFile("kinds"), trackers: hostsOf(wordFile("trackers")), companions: hostsOf(wordFile("companions")),
		little: wordSet(littleWords), endings: wordSet(gluedEndings), offices: wordSet(officeWords),
	}
})

// littleWords stand in names and tell nobody from anybody.
const littleWords = "the a an of and for by from at in on to de du des la le les l d et un une el los las y do da dos das e o os as " +
	"i il lo gli di del della der die und von im am het een en van uw ihr ihre dein deine your our votre notre su sus seu sua vostro " +
	"mr mrs ms dr m mme re via www"

// gluedEndings are endings of domains that are glued into a label, as in
// name-com.example or nameeu.example.
const gluedEndings = "com net org info io co uk fr de eu es it pt nl be ch us ca at id app br lu gov gouv int biz site tv me ai"

// officeWords say in a display name that an office speaks, not a person.
const officeWords = "team equipe equipo equipa squadra support service services notification notifications security securite " +
	"sicherheit seguridad sicurezza seguranca admin administrator administration helpdesk billing accounts account accounting " +
	"payroll comptabilite facturation newsletter noreply reply info contact alert alerts customer kundenservice klantenservice " +
	"soporte suporte supporto assistance direction department departement office desk center centre portal portail mailer " +
	"delivery livraison webmaster postmaster marketing sales vertrieb recruiting careers hr rh updates news community it dsi informatique"

func wordSet(list string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

func wordFile(name string) map[string]bool {
	raw, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil // the tests make sure that every list is there
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[line] = true
		}
	}
	return out
}

// Tracker reports whether the host belongs to a service that sends mail, counts
// clicks or keeps pages for others.
func Tracker(host string) bool { return words().trackers.within(host) }

// Companion reports whether the host is one that honest mail of anybody links
// to, such as a social network or a shop of apps.
func Companion(host string) bool { return words().companions.within(host) }
