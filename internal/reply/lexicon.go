package reply

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// A lexicon is a file of phrases, one a line, in lexicon/LANG/NAME.txt. Case,
// accents and the kind of apostrophe don't count, and words are matched whole:
//
//	# a comment
//	il suffit         these words in a row, within one sentence
//	imprud*           any word that begins so
//	=sûr              this word with its accents as written
//	vous ... du       up to four words between
//	juste $           the last word of a sentence
//	! pas seulement   an exception: what it covers is no match
//
//go:embed lexicon
var lexiconFiles embed.FS

// maxGap is how many words "..." can stand for.
const maxGap = 4

type pattern struct {
	text  string
	stem  bool // "word*"
	exact bool // "=word"
	gap   bool // "..."
	last  bool // "$"
}

type phrase []pattern

type lexicon struct {
	phrases    map[string][]phrase // by the first four letters of their first word
	exceptions []phrase
}

// lexiconOf gives a lexicon; of a language or name that has none, an empty one.
func lexiconOf(lang, name string) lexicon { return lexicons()[lang+"/"+name] }

//nolint:gochecknoglobals // a constant table, read once from the embedded files
var lexicons = sync.OnceValue(func() map[string]lexicon {
	all := map[string]lexicon{}
	files, _ := fs.Glob(lexiconFiles, "lexicon/*/*.txt") // the pattern is a constant
	for _, name := range files {
		raw, err := lexiconFiles.ReadFile(name)
		if err != nil {
			continue // cannot be: the name comes from the same tree
		}
		lang := path.Base(path.Dir(name))
		all[lang+"/"+strings.TrimSuffix(path.Base(name), ".txt")] = parseLexicon(string(raw))
	}
	return all
})

func parseLexicon(text string) lexicon {
	l := lexicon{phrases: map[string][]phrase{}}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		except, isException := strings.CutPrefix(line, "!")
		p := parsePhrase(except)
		switch {
		case len(p) == 0:
		case isException:
			l.exceptions = append(l.exceptions, p)
		default:
			key := head(fold(p[0].text))
			l.phrases[key] = append(l.phrases[key], p)
		}
	}
	return l
}

func parsePhrase(line string) phrase {
	var p phrase
	for word := range strings.FieldsSeq(line) {
		switch {
		case word == "...":
			p = append(p, pattern{gap: true})
		case word == "$":
			p = append(p, pattern{last: true})
		case strings.HasPrefix(word, "="):
			p = append(p, pattern{text: strings.ToLower(word[1:]), exact: true})
		default:
			text, stem := strings.CutSuffix(fold(word), "*")
			pieces := strings.FieldsFunc(text, func(r rune) bool { return !wordRune(r) })
			for i, piece := range pieces {
				p = append(p, pattern{text: piece, stem: stem && i == len(pieces)-1})
			}
		}
	}
	return p
}

// head is the part of a word by which phrases are found; stems are at least
// this long.
func head(word string) string {
	return word[:min(len(word), headLength)]
}

const headLength = 2

// span is a run of words: from the token at start to the one before end.
type span struct{ start, end int }

// find gives every match that no exception covers, in order, none over another.
func (l lexicon) find(words []token) []span {
	var found []span
	past := 0
	for i := range words {
		if i < past {
			continue
		}
		end := 0
		for _, p := range l.phrases[head(words[i].folded)] {
			end = max(end, p.match(words, i))
		}
		if end > 0 && !l.excepted(words, span{i, end}) {
			found = append(found, span{i, end})
			past = end
		}
	}
	return found
}

// excepted reports whether an exception overlaps the match and begins close
// enough before it to cover it.
func (l lexicon) excepted(words []token, s span) bool {
	for _, p := range l.exceptions {
		for i := max(0, s.start-2*maxGap); i < s.end; i++ {
			if end := p.match(words, i); end > s.start {
				return true
			}
		}
	}
	return false
}

// match gives where the phrase ends when it begins at i, 0 when it does not.
func (p phrase) match(words []token, i int) int {
	at := i
	for n, want := range p {
		switch {
		case want.gap:
			for skip := 0; skip <= maxGap && at+skip < len(words); skip++ {
				if words[at+skip].sentence != words[i].sentence {
					return 0
				}
				if end := p[n+1:].match(words, at+skip); end > 0 {
					return end
				}
			}
			return 0
		case want.last:
			if at < len(words) && words[at].sentence == words[i].sentence {
				return 0
			}
		case at >= len(words) || words[at].sentence != words[i].sentence || !want.fits(words[at]):
			return 0
		default:
			at++
		}
	}
	return at
}

func (w pattern) fits(t token) bool {
	switch {
	case w.exact:
		return t.lower == w.text
	case w.stem:
		return strings.HasPrefix(t.folded, w.text)
	}
	return t.folded == w.text
}
