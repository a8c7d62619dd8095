package attack

import (
	"embed"
	"strings"
)

// The words of the attacks are our own: honest prose to hide behind, and what
// is said to the machine, in the seven languages that the judgement reads.
//
//go:embed text/*.txt
var files embed.FS

// languages are those that there are words in.
const languages = "en fr de es it nl pt"

// texts gives lines of a file by language.
func texts(name string) map[string]string {
	out := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(file(name)), "\n") {
		if lang, text, ok := strings.Cut(line, ": "); ok {
			out[lang] = text
		}
	}
	return out
}

// file gives what a file holds; the tests make sure that it is there.
func file(name string) string {
	text, _ := files.ReadFile("text/" + name + ".txt")
	return string(text)
}

// in gives the text in a language, else in English.
func in(all map[string]string, lang string) string {
	if text, ok := all[lang]; ok {
		return text
	}
	return all["en"]
}

// prose gives about size bytes of honest text. The sentences come in another
// order each time round, so that no passage stands there twice.
func prose(lang string, size int) string {
	text := file("honest." + lang)
	if text == "" {
		text = file("honest.en")
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	var w strings.Builder
	for i := 0; w.Len() < size; i++ {
		round := i / len(lines)
		w.WriteString(lines[(i*(2*round+1)+round)%len(lines)])
		if w.WriteString(" "); i%5 == 4 {
			w.WriteString("\n\n")
		}
	}
	return strings.TrimSpace(w.String())
}
