package forward

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// block is a forwarded header.
type block struct {
	values map[field]string
	votes  map[string]int // how many labels each language knows
	level  int            // quote marks before each line
	end    int            // first line after it
}

// count is how many of the fields that matter are there.
func (b block) count() int {
	n := 0
	for _, f := range []field{fieldFrom, fieldTo, fieldDate, fieldSubject} {
		if _, ok := b.values[f]; ok {
			n++
		}
	}
	return n
}

// language is the one that knows most of the labels; the table's order
// decides between equals.
func (b block) language() string {
	best, code := 0, ""
	for _, l := range languages {
		if n := b.votes[l.code]; n > best {
			best, code = n, l.code
		}
	}
	return code
}

// readBlock reads a forwarded header that begins at line i. Without a
// separator above it must begin with From, or it could be anything.
func readBlock(lines []string, i int, separated bool) (block, bool) {
	b := block{values: map[field]string{}, votes: map[string]int{}, level: quoteLevel(lines[i])}
	l, _, ok := splitLabel(unquote(lines[i], b.level))
	if !ok || l.field != fieldFrom && !separated {
		return b, false
	}
	last := fieldNone
	for b.end = i; b.end < len(lines) && b.end < i+60; b.end++ {
		line := unquote(lines[b.end], b.level)
		l, value, ok := splitLabel(line)
		_, have := b.values[l.field]
		switch {
		case ok && (!have || l.field == fieldOther):
			b.set(l, value)
			last = l.field
		case strings.TrimSpace(line) == "":
			if !b.continues(lines, last) {
				return b, b.good()
			}
		case b.continuation(line, last):
			b.values[last] = strings.TrimSpace(b.values[last] + " " + strings.TrimSpace(line))
		default:
			return b, b.good()
		}
	}
	return b, b.good()
}

func (b *block) set(l label, value string) {
	b.values[l.field] = value
	for _, code := range l.languages {
		b.votes[code]++
	}
}

func (b *block) good() bool { return b.values[fieldFrom] != "" && b.count() >= 2 }

// continues says whether the block goes on after the blank line at b.end:
// with another label that is not there yet, or with a value that is missing.
func (b *block) continues(lines []string, last field) bool {
	if b.end+1 >= len(lines) {
		return false
	}
	next := unquote(lines[b.end+1], b.level)
	l, _, ok := splitLabel(next)
	_, have := b.values[l.field]
	if ok && !have {
		return true
	}
	return last != fieldNone && b.values[last] == "" && last != fieldOther && b.count() < 4 && strings.TrimSpace(next) != ""
}

// continuation says whether a line without a label belongs to the value
// above: to an empty one, or to a list of addresses or a subject that was
// wrapped.
func (b *block) continuation(line string, last field) bool {
	v := b.values[last]
	switch {
	case last == fieldNone:
		return false
	case v == "":
		return last != fieldSubject || line[0] == ' ' || line[0] == '\t' || b.count() < 4
	case line[0] == ' ' || line[0] == '\t':
		return true
	case last == fieldTo || last == fieldCc || last == fieldFrom:
		return strings.HasSuffix(v, ",") || strings.HasSuffix(v, ";") || len(line) < 200 && strings.Contains(line, "@") && strings.HasPrefix(line, "<")
	default:
		return false
	}
}

// label is what one written label may stand for.
type label struct {
	field     field
	languages []string
}

//nolint:gochecknoglobals // a constant table, indexed
var labelIndex = indexLabels()

//nolint:gochecknoglobals // a constant table, indexed
var separatorIndex = indexSeparators()

func indexLabels() map[string]label {
	out := map[string]label{}
	for _, l := range languages {
		for f, names := range map[field][]string{
			fieldFrom: l.from, fieldTo: l.to, fieldCc: l.cc, fieldDate: l.date, fieldSubject: l.subject, fieldOther: l.etc,
		} {
			for _, n := range names {
				e := out[fold(n)]
				if e.field == fieldNone || e.field == f {
					e.field = f
					e.languages = append(e.languages, l.code)
				}
				out[fold(n)] = e
			}
		}
	}
	return out
}

func indexSeparators() map[string]bool {
	out := map[string]bool{}
	for _, s := range separators {
		out[fold(s)] = true
	}
	return out
}

// fold makes spellings of one label equal: case, composed accents, kinds of
// apostrophe, runs of blanks.
func fold(s string) string {
	s = strings.ToLower(norm.NFC.String(strings.ReplaceAll(s, "’", "'")))
	return strings.Join(strings.Fields(s), " ")
}

// maxLabel is longer than every label of the table, in bytes.
const maxLabel = 60

// splitLabel reads "Label: value", with stars around the label and with any
// kind of colon.
func splitLabel(line string) (label, string, bool) {
	line = strings.TrimSpace(line)
	i := strings.IndexAny(line[:min(len(line), maxLabel)], ":：")
	if i <= 0 {
		return label{}, "", false
	}
	l, ok := labelIndex[fold(strings.Trim(line[:i], "*_ \t"))]
	if !ok {
		return label{}, "", false
	}
	value := strings.TrimPrefix(strings.TrimPrefix(line[i:], ":"), "：")
	if strings.HasPrefix(line, "*") {
		value = strings.TrimLeft(value, "*")
	}
	return l, strings.TrimSpace(value), true
}

// quoteLevel counts the quote marks before a line.
func quoteLevel(line string) int {
	n := 0
	for _, c := range line {
		switch c {
		case '>':
			n++
		case ' ':
		default:
			return n
		}
	}
	return n
}

// unquote takes at most level quote marks off a line, each with the blank
// after it.
func unquote(line string, level int) string {
	for range level {
		rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ">")
		if !ok {
			return line
		}
		line = strings.TrimPrefix(rest, " ")
	}
	return line
}
