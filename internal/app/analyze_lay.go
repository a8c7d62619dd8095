package app

import (
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// The page is laid out for a terminal of eighty columns.
const (
	pageWidth = 80
	barWidth  = 10
)

// ink is how something is coloured: an ECMA-48 SGR sequence.
type ink string

// The inks. Nothing is said by colour alone.
const (
	bold   ink = "1"
	quiet  ink = "2"
	danger ink = "38;5;166" // the orange of the pages
	trust  ink = "36"
)

// paper writes a page. Everything that comes from a message passes through
// plain first: a mail must not steer a terminal.
type paper struct {
	out     io.Writer
	colours bool
}

// inked gives text in a colour, where there are any.
func (p paper) inked(c ink, text string) string {
	if !p.colours || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// line writes one line.
func (p paper) line(text string) {
	_, _ = io.WriteString(p.out, strings.TrimRight(text, " ")+"\n")
}

// block writes text with a first line that begins with head and others that
// begin with rest; head may hold colours, so its width is told by rest.
func (p paper) block(head, rest, text string, c ink) {
	for i, line := range inLines(text, pageWidth-utf8.RuneCountInString(rest)) {
		start := rest
		if i == 0 {
			start = head
		}
		if c != "" {
			line = p.inked(c, line)
		}
		p.line(start + line)
	}
}

// inLines breaks text into lines of at most width characters, at its spaces
// where it has some. Only breakable spaces count: typography keeps others.
func inLines(text string, width int) []string {
	var lines []string
	line, room := "", width
	for word := range strings.SplitSeq(text, " ") {
		for n := utf8.RuneCountInString(word); n > width; n = utf8.RuneCountInString(word) {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			cut := string([]rune(word)[:width])
			lines, word, room = append(lines, cut), word[len(cut):], width
		}
		n := utf8.RuneCountInString(word)
		switch {
		case word == "":
			continue
		case line == "":
			line, room = word, width-n
		case n+1 <= room:
			line, room = line+" "+word, room-n-1
		default:
			lines, line, room = append(lines, line), word, width-n
		}
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// bar draws how much something moved, where the most is known.
func (p paper) bar(moved, most float64) string {
	if moved == 0 || most == 0 {
		return strings.Repeat(" ", barWidth)
	}
	n := max(int(math.Round(barWidth*math.Abs(moved)/most)), 1)
	if moved > 0 {
		return p.inked(danger, strings.Repeat("█", n)) + strings.Repeat(" ", barWidth-n)
	}
	return p.inked(trust, strings.Repeat("░", n)) + strings.Repeat(" ", barWidth-n)
}

// colours reports whether a terminal is there that shows them, and nobody asked
// for none (no-color.org).
func (w *world) colours() bool {
	return isTerminal(w.stdout) && getenv(w.env, "NO_COLOR") == "" && getenv(w.env, "TERM") != "dumb"
}
