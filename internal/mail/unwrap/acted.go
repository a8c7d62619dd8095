package unwrap

import (
	"slices"
	"strings"
	"unicode"
)

// maxActedWords is how much of a person's text is read for what they did.
const maxActedWords = 3000

// Acted reads what a person says they did with the message: Acted constants,
// each once, in a fixed order. It wants a past form, somebody who did it,
// and no word that turns the sentence round: « je n'ai pas cliqué » is no
// click, "I don't know why I clicked" is one.
func Acted(words string) []string {
	found := map[string]bool{}
	sentences := sentencesOf(words)
	for i := range tongues {
		t := newReader(&tongues[i])
		for _, s := range sentences {
			for _, clause := range t.clauses(s) {
				t.read(clause, found)
			}
		}
	}
	var out []string
	for _, id := range []string{ActedClicked, ActedPassword, ActedOpened, ActedPaid, ActedReplied} {
		if found[id] {
			out = append(out, id)
		}
	}
	return out
}

// sentencesOf splits a text at stops and line ends into words.
func sentencesOf(text string) [][]string {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	var out [][]string
	left := maxActedWords
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?;:,\n()…", r) }) {
		w := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if left -= len(w); left < 0 {
			break
		}
		out = append(out, w)
	}
	return out
}

// set is a list of words to look in.
type set map[string]bool

func setOf(words string) set {
	out := set{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

func (s set) in(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return s[w] })
}

// tongueReader is a tongue made ready for looking up.
type tongueReader struct {
	subjects, aux, first, not, nothing, but set
	acts                                    []readyAct
}

type readyAct struct {
	id             string
	verbs, objects set
}

func newReader(t *tongue) *tongueReader {
	r := &tongueReader{setOf(t.subjects), setOf(t.aux), setOf(t.first), setOf(t.not), setOf(t.nothing), setOf(t.but), nil}
	for _, a := range t.acts {
		r.acts = append(r.acts, readyAct{a.id, setOf(a.verbs), setOf(a.objects)})
	}
	return r
}

// clauses splits a sentence where a word begins a new one.
func (t *tongueReader) clauses(words []string) [][]string {
	var out [][]string
	start := 0
	for i, w := range words {
		if t.but[w] {
			out = append(out, words[start:i])
			start = i + 1
		}
	}
	return append(out, words[start:])
}

func (t *tongueReader) read(clause []string, found map[string]bool) {
	for i, w := range clause {
		for _, a := range t.acts {
			if !found[a.id] && a.verbs[w] && (len(a.objects) == 0 || a.objects.in(clause)) && t.did(clause, i) {
				found[a.id] = true
			}
		}
	}
}

// did decides whether the verb at i was done.
func (t *tongueReader) did(clause []string, i int) bool {
	from := t.subject(clause, i)
	if len(t.aux) > 0 && !t.helped(clause, max(0, from), i) {
		return false
	}
	if from < 0 {
		// Nobody is named: "clicked the link", "habe geklickt".
		if !t.first.in(clause[:i+1]) && !leading(clause[:i]) {
			return false
		}
		from = 0
	}
	if from > 0 && doubtful[clause[from-1]] {
		return false
	}
	if t.nothing.in(clause[i+1 : min(len(clause), i+4)]) {
		return false
	}
	return !t.negated(clause[from:i])
}

// subject gives where the nearest subject before i stands, or -1.
func (t *tongueReader) subject(clause []string, i int) int {
	for j := i - 1; j >= 0; j-- {
		if t.subjects[clause[j]] {
			return j
		}
	}
	return -1
}

// helped looks for the helping verb: before the verb, or after it where a
// clause puts it last (« weil ich geklickt habe »). A sentence that begins
// with the participle needs none.
func (t *tongueReader) helped(clause []string, from, i int) bool {
	return leading(clause[:i]) && !weak[clause[i]] || t.aux.in(clause[from:i+1]) || t.first.in(clause[i+1:min(len(clause), i+3)])
}

// leading reports whether nothing stands there that could name somebody else.
func leading(before []string) bool {
	return !slices.ContainsFunc(before, func(w string) bool { return !leads[w] })
}

// negated looks for a word that turns the verb round. "did not" turns round
// one verb only: in "I didn't think and clicked" the click happened.
func (t *tongueReader) negated(before []string) bool {
	for i, b := range slices.Backward(before) {
		if w := b; t.not[w] {
			oneVerb := didNot[w] || w == "not" && i > 0 && (before[i-1] == "did" || before[i-1] == "do")
			return !oneVerb || !slices.Contains(before[i:], "and")
		}
	}
	return false
}

// doubtful stand before a subject where nothing was done yet: "should I have
// clicked".
//
//nolint:gochecknoglobals // a constant table
var doubtful = set{"should": true, "could": true, "would": true, "might": true}

//nolint:gochecknoglobals // a constant table
var didNot = set{"didn": true, "didnt": true, "don": true, "dont": true}
