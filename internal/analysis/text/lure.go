package text

import (
	"strings"
	"unicode"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/phrase"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

// lures look for a trap within somebody else's honest text, for words written
// to be read by nobody, and for a stranger's wish to go on elsewhere.
func (l *look) lures(hits map[string][]phrase.Hit) {
	m := l.v.Message
	body := m.Text[:min(len(m.Text), mostStory)]
	if line := l.sumAndLink(m.Subject + "\n" + l.v.From.Name + "\n" + body); line != "" {
		l.find("text.sum-and-link", line, nil)
	}
	if row := filler(body); row != "" {
		l.find("text.filler", row, map[string]string{"quote": view.Quote(row)})
	}
	l.writeTo(body, hits)
	l.otherCustomer()
	l.strangerAsks(hits)
}

// longestLine limits how long a line may be in which a sum and a link count as
// standing together, in bytes.
const longestLine = 300

// sumAndLink gives the first line on which a sum of money, a sign that draws the
// eye and an address of the web stand together: what is typed where a form asks
// for a name, so that a service greets somebody with it ("Hi ✅ +$900 ➡ …"). A
// shop that writes so of its own page is no such service.
func (l *look) sumAndLink(text string) string {
	for line := range strings.Lines(text) {
		if len(line) > longestLine || !strings.ContainsAny(line, currencies) || strings.IndexFunc(line, catching) < 0 {
			continue
		}
		if sum(line) && l.leadsAway(line) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

const currencies = "$€£"

// catching tells pictures and arrows.
func catching(r rune) bool {
	return r >= 0x2190 && r < 0x2200 || r >= 0x2600 && r < 0x2800 || r >= 0x2B00 && r < 0x2C00 || r >= 0x1F000 && r < 0x1FB00
}

// sum reports whether a digit stands beside the sign of a currency.
func sum(line string) bool {
	for i, r := range line {
		if !strings.ContainsRune(currencies, r) {
			continue
		}
		before, after := strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+len(string(r)):])
		if before != "" && digit(before[len(before)-1]) || after != "" && digit(after[0]) {
			return true
		}
	}
	return false
}

// leadsAway reports whether a word of the line is an address of the web that is
// neither the sender's own nor a counter of clicks.
func (l *look) leadsAway(line string) bool {
	for word := range strings.FieldsSeq(line) {
		word = strings.ToLower(strings.Trim(word, "()[]<>,;:.!\"'"))
		word = strings.TrimPrefix(strings.TrimPrefix(word, "https://"), "http://")
		host, path, _ := strings.Cut(word, "/")
		if path != "" && domain.Real(host) && !domain.Same(host, l.v.Host) && !domain.Tracker(host) {
			return true
		}
	}
	return false
}

// marked gives the first Latin word whose letters carry marks of other scripts,
// or strokes: people read over them, programs do not.
func marked(s string) string {
	for word := range foreignWords(s) {
		if len(word) < 100 && letters(word) >= 4 && alienMark(word) {
			return word
		}
	}
	return ""
}

func alienMark(word string) bool {
	latin := false
	for _, r := range word {
		if latin && unicode.Is(unicode.Mn, r) && alien(r) {
			return true
		}
		latin = r < 0x80 && unicode.IsLetter(r)
	}
	return false
}

// alien tells marks that no language puts on Latin letters: strokes through the
// letter, and those of other scripts (the blocks from Cyrillic on, but for the
// extended Latin marks in between).
func alien(r rune) bool {
	return r >= 0x334 && r <= 0x338 || r >= 0x483 && r < 0x1AB0 || r >= 0xA66F && r < 0xFE00
}

// fewestFiller is how many small words in a row, each alone between commas, say
// nothing any more.
const fewestFiller = 14

// filler gives a row of words that make no sentence: they are there to make a
// short lure look like other mail. A row after a colon is a list of something.
func filler(text string) string {
	from, n := 0, 0
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && text[end] >= 'a' && text[end] <= 'z' {
			end++
		}
		if end > at && end-at <= 20 && strings.HasPrefix(text[end:], ", ") {
			n, at = n+1, end+2
			continue
		}
		if n >= fewestFiller && !strings.HasSuffix(strings.TrimSpace(text[:from]), ":") {
			return text[from:end]
		}
		for end < len(text) && text[end] != ' ' && text[end] != '\n' {
			end++
		}
		n, at, from = 0, end+1, end+1
	}
	return ""
}
