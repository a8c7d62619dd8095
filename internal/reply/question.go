package reply

import "strings"

// AsksMore reports whether what a person wrote beside their report asks for
// something that the verdict does not answer. "Is this real?" is answered by
// the verdict; "how do I get the button on my phone?" needs a person, and the
// letter says that they read it. Two question marks are taken for two
// questions.
func AsksMore(text string) bool {
	text = clean(text)
	marks := strings.Count(text, "?")
	asks, answered := marks > 0, false
	for _, lang := range []string{"en", "fr"} {
		words := read(CheckInput{Text: text, Lang: lang}).words
		asks = asks || len(lexiconOf(lang, "asks").find(words)) > 0
		answered = answered || len(lexiconOf(lang, "about-verdict").find(words)) > 0
	}
	return asks && (!answered || marks > 1)
}
