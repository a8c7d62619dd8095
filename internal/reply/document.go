package reply

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// document is a text as its reader meets it: the body in sentences and words,
// then the signature and the links, which are not prose.
//
// What counts as body: every line up to the signature (the paragraph that
// begins with the signer's name, or the line "-- ") that is not a link line (a
// label of a few words and one of our own links). Length, readability and the
// sentence rules look at the body alone; blame is looked for in every line but
// those after "-- ", which quote the reported subject; links everywhere.
type document struct {
	text      []rune
	lang      string
	words     []token // body, then (inBody false) what follows it
	body      int     // how many of words are body
	sentences []sentence
	bullets   int
	numbered  []int
}

// token is one word. start and end count runes of the text.
type token struct {
	folded, lower string
	start, end    int
	sentence      int
	reason        bool // it stands in a bullet
}

// sentence is a run of words[from:to]; a list item is a sentence, and so is
// the line that introduces a list.
type sentence struct{ from, to int }

var (
	bulletLine   = regexp.MustCompile(`^\s*[-•*–]\s+\S`)
	numberedLine = regexp.MustCompile(`^\s*(\d{1,2})[.)]\s+\S`)
	liveLink     = regexp.MustCompile(`(?i)\b(?:https?|ftps?)://[^\s<>"]+`)
)

const maxLabel = 8 // words before the link of a link line

// read takes a text apart.
func read(in CheckInput) document {
	d := document{text: []rune(in.Text), lang: in.Lang}
	offset, after, signed, fresh, number := 0, false, false, true, 0
	for line := range strings.Lines(in.Text) {
		length := len([]rune(line))
		bare := strings.TrimSpace(line)
		switch {
		case strings.TrimRight(line, "\r\n ") == "--":
			after = true
		case fresh && isSigner(bare, in.Signer):
			signed = true
		}
		isBody := !signed && !after && !isLinkLine(bare)
		if !isBody && d.body == 0 && (signed || after) {
			d.body = len(d.words)
		}
		if isBody {
			d.marks(bare)
		}
		if !after && (isBody || !isLinkLine(bare)) {
			number = d.line(line, offset, number, fresh || startsItem(bare), isBody)
		}
		fresh = bare == ""
		offset += length
	}
	if !signed && !after {
		d.body = len(d.words)
	}
	d.close()
	return d
}

func isSigner(line, signer string) bool {
	signer = strings.TrimSpace(signer)
	return signer != "" && strings.HasPrefix(line, signer) && len(strings.Fields(line)) <= len(strings.Fields(signer))+maxLabel
}

func isLinkLine(line string) bool {
	at := liveLink.FindStringIndex(line)
	return at != nil && strings.TrimSpace(line[at[1]:]) == "" && len(strings.Fields(line[:at[0]])) <= maxLabel
}

func startsItem(line string) bool {
	return bulletLine.MatchString(line) || numberedLine.MatchString(line)
}

func (d *document) marks(line string) {
	if m := numberedLine.FindStringSubmatch(line); m != nil {
		d.numbered = append(d.numbered, len(d.numbered)+1)
	} else if bulletLine.MatchString(line) {
		d.bullets++
	}
}

// line adds the words of one line, and gives the number of the sentence that
// the next line may continue.
func (d *document) line(line string, offset, number int, fresh, isBody bool) int {
	if fresh && len(d.words) > 0 && !d.salutation() {
		number++
	}
	reason := bulletLine.MatchString(line)
	runes := []rune(line)
	skip := len(runes) - len([]rune(stripMarker(line)))
	for i := skip; i < len(runes); {
		if !wordRune(runes[i]) {
			if endsSentence(runes, i) && d.has(number) {
				number++
			}
			i++
			continue
		}
		j := i
		for j < len(runes) && (wordRune(runes[j]) || innerDot(runes, j)) {
			j++
		}
		word := string(runes[i:j])
		d.words = append(d.words, token{
			folded: fold(word), lower: strings.ToLower(norm.NFC.String(word)),
			start: offset + i, end: offset + j, sentence: number, reason: reason,
		})
		i = j
	}
	if strings.HasSuffix(strings.TrimSpace(line), ":") || !isBody {
		number++
	}
	return number
}

func (d *document) has(number int) bool {
	return len(d.words) > 0 && d.words[len(d.words)-1].sentence == number
}

// salutation reports whether all there is so far is "Hello Emma,": then the
// next paragraph goes on with it.
func (d *document) salutation() bool {
	if len(d.words) > 4 {
		return false
	}
	if len(lexiconOf(d.lang, "greeting").find(d.words[:1])) == 0 {
		return false
	}
	for i := d.words[len(d.words)-1].end; i < len(d.text); i++ {
		if strings.ContainsRune(".!?…", d.text[i]) {
			return false
		}
		if d.text[i] == '\n' {
			return true
		}
	}
	return false
}

func stripMarker(line string) string {
	trimmed := strings.TrimLeft(line, " \t")
	if numberedLine.MatchString(trimmed) {
		return trimmed[strings.IndexAny(trimmed, ".)")+1:]
	}
	return trimmed
}

// close cuts the body into sentences.
func (d *document) close() {
	for i := range d.body {
		if i == 0 || d.words[i].sentence != d.words[i-1].sentence {
			d.sentences = append(d.sentences, sentence{i, i})
		}
		d.sentences[len(d.sentences)-1].to = i + 1
	}
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// innerDot keeps "15:30", "3.5" and a defanged "evil[.]com" in one word.
func innerDot(runes []rune, i int) bool {
	rest := string(runes[i:min(len(runes), i+4)])
	for _, glue := range []string{"[.]", "[@]", ".", ":", "@"} {
		after, ok := strings.CutPrefix(rest, glue)
		if ok && i > 0 && after != "" && wordRune([]rune(after)[0]) && wordRune(runes[i-1]) {
			return true
		}
	}
	return runes[i] == ']' && i >= 2 && runes[i-2] == '[' || (runes[i] == '.' || runes[i] == '@') && i > 0 && runes[i-1] == '['
}

// endsSentence reports whether the mark at i closes a sentence: . ! ? … with
// a space, a closing quote or the end of the line after it, and no
// abbreviation before.
func endsSentence(runes []rune, i int) bool {
	if !strings.ContainsRune(".!?…", runes[i]) {
		return false
	}
	if i+1 < len(runes) && !unicode.IsSpace(runes[i+1]) && !strings.ContainsRune("»”\")'’", runes[i+1]) {
		return false
	}
	if runes[i] != '.' {
		return true
	}
	j := i
	for j > 0 && wordRune(runes[j-1]) {
		j--
	}
	switch strings.ToLower(string(runes[j:i])) {
	case "m", "mr", "mrs", "ms", "dr", "p", "ex", "etc", "no", "st", "e", "g":
		return j == i || i+2 >= len(runes)
	}
	return true
}

// quote is the text between two runes.
func (d *document) quote(start, end int) string { return string(d.text[start:end]) }

// place turns a span of words into characters.
func (d *document) place(s span) (start, end int) {
	return d.words[s.start].start, d.words[s.end-1].end
}

// first gives the words of the first n sentences.
func (d *document) first(n int) []token {
	if len(d.sentences) == 0 {
		return nil
	}
	return d.words[:d.sentences[min(n, len(d.sentences))-1].to]
}
