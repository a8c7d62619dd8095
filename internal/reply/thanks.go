package reply

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// OnlyThanks reports whether a person's answer thanks us and does nothing
// else, in French or English: such a mail needs no answer. Greetings, wishes
// and a signature go with thanks. Whatever else stands there, be it one word,
// makes it false, for nobody may go unheard.
func OnlyThanks(text string) bool {
	own, signed := ownLines(text)
	if !signed || len(own) > mostThanked || strings.ContainsAny(own, "?@") || strings.Contains(own, ":(") || anyScheme.MatchString(own) {
		return false
	}
	words := read(CheckInput{Text: own, Lang: "fr"}).words
	polite, thanks := courtesies(words)
	names, runes := 0, []rune(own)
	for i, w := range words {
		if polite[i] {
			names = 0
			continue
		}
		names++
		follows := i > 0 && names <= mostNames && words[i-1].sentence == w.sentence
		if !follows || !isNamed(string(runes[w.start:w.end])) {
			return false
		}
	}
	return thanks
}

// courtesies marks the words that thank or greet, and says whether any thanks.
func courtesies(words []token) (polite []bool, thanks bool) {
	polite = make([]bool, len(words))
	for _, lang := range []string{"en", "fr"} {
		for _, name := range []string{"thanks", "courtesy"} {
			for _, s := range lexiconOf(lang, name).find(words) {
				thanks = thanks || name == "thanks"
				for i := s.start; i < s.end; i++ {
					polite[i] = true
				}
			}
		}
	}
	return polite, thanks
}

var (
	quoteIntro = regexp.MustCompile(`(?i)(?:wrote|a écrit)\s*:?\s*$`)
	device     = regexp.MustCompile(`(?i)^(?:sent (?:from|with|via)|envoyé (?:de|depuis|à partir de)|get outlook for|télécharge[rz] outlook pour|obtenez outlook pour)(?: [\p{L}\d]+){1,5}\.?$`)
	phoneLine  = regexp.MustCompile(`(?i)^(?:(?:tél|tel|téléphone|phone|mob|mobile|port|portable|t|m|p)\s*\.?\s*:?\s*)?[+(]?\d[\d\s().+-]{5,}$`)
	nameWord   = regexp.MustCompile(`^\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}'’]*)*\.?$`)
)

// mostThanked is how long thanks are at most, in bytes.
const mostThanked = 1000

// mostNames is how many words the name of whom one thanks has at most.
const mostNames = 2

// mostSigned is how many lines a signature has at most.
const mostSigned = 8

// ownLines leaves out of an answer what it quotes and how it is signed; ok is
// false where a signature holds more than one does.
func ownLines(text string) (own string, ok bool) {
	var kept []string
	signing := false
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		switch {
		case bare == "--":
			return strings.Join(kept, "\n"), plainSignature(lines[i+1:])
		case bare == "", strings.HasPrefix(bare, ">"), device.MatchString(bare), introduces(lines, i):
		case len(kept) > 0 && nameLine(bare), signing && (phoneLine.MatchString(bare) || officeLine(bare)):
			signing = true
		default:
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n"), true
}

// introduces reports whether a line is "Emma wrote:" before quoted lines.
func introduces(lines []string, i int) bool {
	if !quoteIntro.MatchString(lines[i]) {
		return false
	}
	for _, next := range lines[i+1:] {
		if bare := strings.TrimSpace(next); bare != "" {
			return strings.HasPrefix(bare, ">")
		}
	}
	return false
}

// plainSignature reports whether what stands under "--" is short, and neither
// asks nor tells anything.
func plainSignature(lines []string) bool {
	n := 0
	for _, line := range lines {
		bare := strings.TrimSpace(line)
		if bare == "" || strings.HasPrefix(bare, ">") || quoteIntro.MatchString(bare) {
			continue
		}
		if n++; n > mostSigned || strings.ContainsAny(bare, "?!") || len(strings.Fields(bare)) > 8 || speaks(bare) {
			return false
		}
	}
	return true
}

// nameLine reports whether a line is one to three words that can be a name.
func nameLine(line string) bool {
	words := strings.Fields(line)
	return len(words) <= 3 && !slices.ContainsFunc(words, func(w string) bool { return !isNamed(w) })
}

// officeLine is the name of a service in a signature.
func officeLine(line string) bool {
	return len(strings.Fields(line)) <= 4 && !strings.ContainsAny(line, ".!?,:") && isService(line) && !speaks(line)
}

// isNamed reports whether a word can be a name.
func isNamed(word string) bool {
	return nameWord.MatchString(word) && !speaks(word) && len([]rune(strings.Trim(word, "."))) > 1 || len(word) == 2 && word[1] == '.' && unicode.IsUpper(rune(word[0]))
}

// speaks reports whether a line holds a word that is no name: it asks, tells
// what was done, or calls for something.
func speaks(line string) bool {
	for _, lang := range []string{"en", "fr"} {
		words := read(CheckInput{Text: line, Lang: lang}).words
		for _, name := range []string{
			"calls", "asks", "phishing", "spam", "act.clicked", "act.opened", "act.paid", "act.password", "act.replied",
		} {
			if len(lexiconOf(lang, name).find(words)) > 0 {
				return true
			}
		}
	}
	return false
}
