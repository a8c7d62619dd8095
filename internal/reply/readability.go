package reply

import "strings"

// plainLanguage is the score from which a text is easy to read for anyone of
// about thirteen: Flesch's "plain English", and the same point on Kandel and
// Moles's scale for French.
const plainLanguage = 60

// readability scores the body: Flesch reading ease (Flesch 1948) in English,
// its adaptation by Kandel and Moles (1958) in French. Higher is easier.
func (d *document) readability() float64 {
	if d.body == 0 || len(d.sentences) == 0 {
		return 0
	}
	syllables := 0
	for _, w := range d.words[:d.body] {
		syllables += syllablesIn(d.lang, w)
	}
	perSentence := float64(d.body) / float64(len(d.sentences))
	perWord := float64(syllables) / float64(d.body)
	if d.lang == "fr" {
		return 207 - 1.015*perSentence - 73.6*perWord
	}
	return 206.835 - 1.015*perSentence - 84.6*perWord
}

// syllablesIn counts a number, or an address, as two: readers glance at them.
func syllablesIn(lang string, w token) int {
	if strings.ContainsAny(w.folded, "0123456789.@[") {
		return 2
	}
	if lang == "fr" {
		return syllablesFR(w.lower)
	}
	return syllablesEN(w.folded)
}

// syllablesEN counts the runs of vowels, less the silent e, by the common
// rules of English spelling; irregular words are in a table.
func syllablesEN(word string) int {
	if n, ok := irregularEN[word]; ok {
		return n
	}
	stem := silentEN(word)
	n, before := 0, false
	for i, r := range stem {
		vowel := strings.ContainsRune("aeiouy", r) && (r != 'y' || i > 0)
		if vowel && (!before || hiatusEN(stem, i)) {
			n++
		}
		before = vowel
	}
	return max(1, n)
}

// silentEN takes off an ending that is written and not said.
func silentEN(word string) string {
	var body string
	switch {
	case len(word) < 4 && !strings.HasSuffix(word, "e"), len(word) < 3:
		return word
	case strings.HasSuffix(word, "ely"), strings.HasSuffix(word, "eful"), strings.HasSuffix(word, "ement"),
		strings.HasSuffix(word, "eless"), strings.HasSuffix(word, "eness"):
		i := strings.LastIndexAny(strings.TrimSuffix(word, "e"), "e")
		if strings.HasSuffix(word, "eless") || strings.HasSuffix(word, "eness") || strings.HasSuffix(word, "ement") {
			i = len(word) - 5
		}
		return word[:i] + word[i+1:]
	case strings.HasSuffix(word, "es"):
		body = strings.TrimSuffix(word, "es")
		if endsIn(body, "s", "x", "z", "ch", "sh", "c", "g") {
			return word
		}
	case strings.HasSuffix(word, "ed"):
		body = strings.TrimSuffix(word, "ed")
		if endsIn(body, "t", "d") {
			return word
		}
	case strings.HasSuffix(word, "e"):
		body = strings.TrimSuffix(word, "e")
		if strings.HasSuffix(body, "l") && len(body) > 1 && !strings.ContainsRune("aeiouyl", rune(body[len(body)-2])) {
			return word
		}
	default:
		return word
	}
	if !strings.ContainsAny(body, "aeiouy") {
		return word
	}
	return body
}

// hiatusEN reports whether the vowel at i is said apart from the one before:
// "cre-ate", "sci-ence", "vide-o", but "na-tion" and "spe-cial".
func hiatusEN(word string, i int) bool {
	pair := word[i-1 : i+1]
	before := byte(0)
	if i >= 2 {
		before = word[i-2]
	}
	switch pair {
	case "ia", "io", "iu":
		return before != 't' && before != 'c' && before != 's' && before != 'g' || strings.HasPrefix(word[i-1:], "iat")
	case "eo", "ua", "yi", "uo":
		return before != 'q' && before != 'g'
	case "ea":
		return strings.HasPrefix(word[i-1:], "eat") && strings.HasSuffix(word[:i-1], "cr")
	case "ie":
		return strings.HasPrefix(word[i-1:], "ienc") || strings.HasPrefix(word[i-1:], "iet")
	}
	return false
}

func endsIn(word string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

//nolint:gochecknoglobals // a constant table
var irregularEN = map[string]int{
	"people": 2, "business": 2, "every": 2, "everything": 3, "everyone": 3, "everybody": 4, "something": 2,
	"sometimes": 2, "someone": 2, "somebody": 3, "somewhere": 2, "anyone": 3, "colleague": 2, "colleagues": 2,
	"genuine": 3, "minute": 2, "minutes": 2, "reply": 2, "being": 2, "doing": 2, "going": 2, "seeing": 2,
	"usual": 3, "area": 3, "idea": 3, "ideas": 3, "real": 1, "really": 2, "use": 1, "used": 1, "useful": 2,
	"safe": 1, "safely": 2, "safety": 2, "file": 1, "files": 1, "whole": 1, "one": 1, "once": 1, "are": 1,
	"there": 1, "where": 1, "were": 1, "here": 1, "please": 1, "quiet": 2, "hour": 1, "our": 1, "your": 1,
	"fire": 1, "wire": 1, "answered": 2, "opened": 2, "received": 2, "poem": 2, "naive": 2, "the": 1, "me": 1,
	"whatever": 3, "wherever": 3, "password": 2, "passwords": 2, "evening": 2, "chocolate": 2, "different": 3,
	"therefore": 2, "somehow": 2, "eye": 1, "eyes": 1, "create": 2, "created": 3, "quite": 1, "guide": 1,
	"guess": 1, "league": 1, "unique": 2, "issue": 2, "issues": 2, "value": 2, "values": 2, "continue": 3,
	"reopen": 3, "cooperate": 4, "homepage": 2, "website": 2, "online": 2, "update": 2, "therein": 2,
}

// syllablesFR counts the syllables one says: the final e is mute, u is silent
// after q and g, y between vowels is a consonant, an accent or a diaeresis
// parts two vowels.
func syllablesFR(word string) int {
	runes := []rune(muteFR(silentU.Replace(word)))
	n := 0
	for i, r := range runes {
		if isVowelFR(runes, i) && (i == 0 || !isVowelFR(runes, i-1) || hiatusFR(runes[i-1], r)) {
			n++
		}
	}
	return max(1, n)
}

func isVowelFR(runes []rune, i int) bool {
	r := runes[i]
	if r == 'y' {
		between := i > 0 && i+1 < len(runes) && strings.ContainsRune(vowelsFR, runes[i-1]) && strings.ContainsRune(vowelsFR, runes[i+1])
		return !between
	}
	return strings.ContainsRune(vowelsFR, r)
}

// silentU drops the u that only hardens q and g.
//
//nolint:gochecknoglobals // a constant table
var silentU = strings.NewReplacer("qu", "k", "gue", "ge", "gué", "gé", "guê", "gê", "gui", "gi", "œ", "e")

const vowelsFR = "aeiouàâäéèêëîïôöùûü"

// muteFR takes off what is written and not said at the end.
func muteFR(word string) string {
	for _, ending := range []string{"ent", "es", "e"} {
		body, ok := strings.CutSuffix(word, ending)
		if !ok || !strings.ContainsAny(body, vowelsFR+"y") {
			continue
		}
		if ending == "ent" && (saidEnt(body) || len(body) < 3) {
			return word
		}
		return body
	}
	return word
}

// saidEnt tells nouns, adjectives and adverbs in -ent, which is said, from the
// third person plural, where it is mute.
func saidEnt(body string) bool {
	return endsIn(body, "m", "ci", "ti", "v", "c", "d", "cli", "pati", "qu", "rg", "lig", "urg", "sci", "par") &&
		!endsIn(body, "iv", "oiv", "euv", "uv", "oc", "aîm", "aim", "ferm", "form", "nomm", "rend", "tend", "pond", "perd", "v ")
}

// hiatusFR reports whether two vowels in a row are two syllables.
func hiatusFR(a, b rune) bool {
	switch {
	case strings.ContainsRune("ïëüö", b):
		return true
	case a == 'é':
		return true
	case b == 'é' || b == 'è':
		return strings.ContainsRune("aoe", a)
	case a == 'a' && b == 'o', a == 'o' && b == 'a', a == 'o' && b == 'e':
		return true
	}
	return false
}
