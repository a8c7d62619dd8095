package reply

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// enoughLetters is how much text the trigrams need before they are worth
// believing.
const enoughLetters = 20

// shipped are the languages we answer in.
//
//nolint:gochecknoglobals // a constant table
var shipped = map[whatlanggo.Lang]string{whatlanggo.Eng: "en", whatlanggo.Fra: "fr"}

// LanguageOf tells which of the languages we answer in a person wrote in, or
// "" when there is too little to tell, or it is another language. Give it the
// person's own words only, never the message they forwarded.
func LanguageOf(text string) string {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < enoughLetters {
		return fromSmallWords(text)
	}
	info := whatlanggo.Detect(text)
	if lang, ok := shipped[info.Lang]; ok && info.Confidence > 0.5 {
		return lang
	}
	if lang := fromSmallWords(text); lang != "" && !info.IsReliable() {
		return lang
	}
	return ""
}

// fromSmallWords decides by words that belong to one language alone, and only
// when all that it finds agree.
func fromSmallWords(text string) string {
	found := ""
	for _, word := range strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		lang, ok := smallWords[word]
		if ok && found != "" && lang != found {
			return ""
		}
		if ok {
			found = lang
		}
	}
	return found
}

//nolint:gochecknoglobals // a constant table
var smallWords = func() map[string]string {
	m := map[string]string{}
	for word := range set(`bonjour bonsoir salut merci recu cordialement ce je vous nous avec pour dans
		arnaque cela ca cliquer clique une des les du qui`) {
		m[word] = "fr"
	}
	for word := range set(`hello hi thanks thank please regards is this the and you received got fake scam clicked
		what that it was`) {
		m[word] = "en"
	}
	return m
}()
