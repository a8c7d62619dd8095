package reply

import (
	"strings"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
)

// Body is the part of a composed letter that a person may rewrite: all but the
// signature, our links and the quoted subject.
func Body(c *i18n.Catalogue, in Input, letter Letter) string {
	ending, _ := ending(c, in)
	return strings.TrimSpace(strings.TrimSuffix(letter.Text, asText(ending.blocks)))
}

// Edited is the letter with a body that a person wrote. A line is a paragraph;
// lines that begin with "- " or "1. " are points and steps. What follows the
// body is the same as under a composed letter.
func Edited(c *i18n.Catalogue, in Input, body string) (Letter, error) {
	w, ok := ending(c, in)
	if !ok {
		return Letter{}, fault.New(fault.Invalid, "reply.fault.situation", nil)
	}
	w.blocks = append(blocksOf(body), w.blocks...)
	subject := w.subject()
	return Letter{
		Situation: in.Situation, Lang: w.lang, Subject: subject,
		Text: asText(w.blocks), HTML: asHTML(w.lang, subject, w.blocks),
	}, nil
}

// ending is a writer that holds what follows the body.
func ending(c *i18n.Catalogue, in Input) (*writer, bool) {
	plan, ok := plans[in.Situation]
	if !ok {
		return nil, false
	}
	w := newWriter(c, in, maxReasons)
	plan(w)
	w.blocks = nil
	w.close()
	return w, true
}

// blocksOf reads the text of a person.
func blocksOf(body string) []block {
	var blocks []block
	for line := range strings.Lines(body) {
		line = clean(strings.TrimSpace(line))
		if line == "" {
			blocks = append(blocks, block{}) // parts two lists
			continue
		}
		k, text := kindOf(line)
		if last := len(blocks) - 1; k != paragraph && last >= 0 && blocks[last].kind == k {
			blocks[last].lines = append(blocks[last].lines, text)
			continue
		}
		blocks = append(blocks, block{kind: k, lines: []string{text}})
	}
	return filled(blocks)
}

func kindOf(line string) (kind, string) {
	text := strings.TrimSpace(stripMarker(line))
	switch {
	case text == "":
		return paragraph, line
	case numberedLine.MatchString(line):
		return steps, text
	case bulletLine.MatchString(line):
		return points, strings.TrimSpace(strings.TrimLeft(line, "-•*– "))
	}
	return paragraph, line
}

func filled(blocks []block) []block {
	var kept []block
	for _, b := range blocks {
		if len(b.lines) > 0 {
			kept = append(kept, b)
		}
	}
	return kept
}
