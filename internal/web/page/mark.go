package page

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark asks for a run of text to be pointed out.
type Mark struct {
	Pin   int    // the number shown, from 1
	Quote string // what stands there
}

// Segment is a run of text, pointed out when Pins is not empty.
type Segment struct {
	Text string
	Pins []int
}

// span is a run of bytes of the original text with its pin.
type span struct{ from, to, pin int }

// Segments cuts text where marks begin and end, so that a page can point at
// them, and makes it harmless on the way: addresses of the web are defanged
// and characters that reorder or hide text are spelled out. Text beyond limit
// bytes is left out; cut says so. A mark whose quote does not occur is dropped.
func Segments(text string, marks []Mark, limit int) (out []Segment, cut bool) {
	text = clean(text)
	if len(text) > limit {
		for limit > 0 && !utf8.RuneStart(text[limit]) {
			limit--
		}
		text, cut = text[:limit], true
	}
	spans := find(text, marks)
	edges := []int{0, len(text)}
	for _, s := range spans {
		edges = append(edges, s.from, s.to)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	edits := defanging(text)
	for i := 1; i < len(edges); i++ {
		from, to := edges[i-1], edges[i]
		out = append(out, Segment{Text: tame(apply(text, from, to, edits)), Pins: pinsAt(spans, from)})
	}
	return out, cut
}

// Stands reports whether a quote stands in a text, as Segments finds it.
func Stands(text, quote string) bool { return len(find(clean(text), []Mark{{Quote: quote}})) > 0 }

// find gives each mark the first place where its quote stands, letting case
// and the width of white space differ.
func find(text string, marks []Mark) []span {
	var out []span
	for _, m := range marks {
		words := strings.Fields(strings.TrimSuffix(clean(m.Quote), "…")) // a long quote ends in one
		if len(words) == 0 {
			continue
		}
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		pattern, err := regexp.Compile(`(?i)` + strings.Join(words, `\s+`))
		if err != nil {
			continue
		}
		if at := pattern.FindStringIndex(text); at != nil {
			out = append(out, span{at[0], at[1], m.Pin})
		}
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Compare(a.pin, b.pin) })
	return out
}

func pinsAt(spans []span, at int) []int {
	var pins []int
	for _, s := range spans {
		if s.from <= at && at < s.to && !slices.Contains(pins, s.pin) {
			pins = append(pins, s.pin)
		}
	}
	return pins
}

// edit replaces the bytes [from, to) of the original. Each is one byte wide, so
// that no mark begins or ends inside one.
type edit struct {
	from, to int
	with     string
}

var webAddress = regexp.MustCompile(`(?i)\b(?:(h)(tt)(ps?)://|(f)(t)(p)://|www\.)[^\s<>"')\]]+`)

// defanging lists the edits that keep any address of text from being followed:
// http becomes hxxp, and the dots of the host stand in brackets.
func defanging(text string) []edit {
	var out []edit
	for _, at := range webAddress.FindAllStringSubmatchIndex(text, -1) {
		if at[4] >= 0 {
			out = append(out, edit{at[4], at[4] + 1, "x"}, edit{at[4] + 1, at[5], "x"})
		}
		if at[10] >= 0 {
			out = append(out, edit{at[10], at[11], "x"})
		}
		from := at[0]
		if i := strings.Index(text[at[0]:at[1]], "://"); i >= 0 {
			from += i + 3
		}
		host := text[from:at[1]]
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		for i := range len(host) {
			if host[i] == '.' {
				out = append(out, edit{from + i, from + i + 1, "[.]"})
			}
		}
	}
	return out
}

// apply gives the bytes [from, to) with the edits that begin in them.
func apply(text string, from, to int, edits []edit) string {
	var b strings.Builder
	at := from
	for _, e := range edits {
		if e.to <= from || e.from < at {
			continue
		}
		if e.from >= to {
			break
		}
		b.WriteString(text[at:e.from])
		b.WriteString(e.with)
		at = min(e.to, to)
	}
	b.WriteString(text[at:to])
	return b.String()
}

// Defang makes the web addresses of text unfollowable.
func Defang(text string) string {
	text = clean(text)
	return tame(apply(text, 0, len(text), defanging(text)))
}

// cleaner gives text one kind of line end, and leaves out the characters that
// are invisible and common in newsletters: the findings tell of them.
//
//nolint:gochecknoglobals // a constant table
var cleaner = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "")

// clean makes text valid and plain, so that quotes are found in it.
func clean(text string) string { return cleaner.Replace(strings.ToValidUTF8(text, "\uFFFD")) }

// tame spells out the characters that could reorder, hide or break what a
// person reads: directional controls, invisible ones, control characters.
func tame(text string) string {
	bad := func(r rune) bool {
		return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\n' && r != '\t'
	}
	if strings.IndexFunc(text, bad) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case bad(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
