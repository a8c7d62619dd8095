package reply

import "strings"

// AsksMore reports whether what a person wrote beside their report asks for
// something that the verdict does not answer. "Is this real?" and "Strange?"
// are answered by the verdict; "how do I get the button on my phone?" needs a
// person, and the letter says that it has arrived. Each sentence is asked by
// itself.
func AsksMore(text string) bool {
	for sentence := range strings.SplitAfterSeq(clean(text), "?") {
		parts := strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune(".!;…", r) })
		for i, part := range parts {
			marked := i == len(parts)-1 && strings.HasSuffix(sentence, "?")
			if asksMore(part, marked) {
				return true
			}
		}
	}
	return false
}

// fewWords is the length up to which a question beside a report can hardly be
// about anything but the report.
const fewWords = 3

func asksMore(sentence string, asks bool) bool {
	if len(strings.Fields(strings.TrimRight(sentence, "? "))) <= fewWords && asks {
		return false
	}
	answered := false
	for _, lang := range []string{"en", "fr"} {
		words := read(CheckInput{Text: sentence, Lang: lang}).words
		asks = asks || len(lexiconOf(lang, "asks").find(words)) > 0
		answered = answered || len(lexiconOf(lang, "about-verdict").find(words)) > 0
	}
	return asks && !answered
}
