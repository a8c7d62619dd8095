package forward

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// months are the beginnings of month names in the languages of the table,
// folded. A longer beginning stands before a shorter one that it contains.
//
//nolint:gochecknoglobals // a constant table
var months = [12][]string{
	{"jan", "janv", "ene", "gen", "sty", "tammi", "led", "oca", "янв", "січ", "ιαν", "gener", "ian"},
	{"feb", "fév", "fev", "lut", "helmi", "úno", "şub", "фев", "лют", "φεβ"},
	{"mar", "mär", "maa", "maart", "mrt", "bře", "мар", "бер", "μαρ", "már"},
	{"apr", "avr", "abr", "kwi", "huhti", "dub", "nis", "апр", "кві", "απρ", "ápr"},
	{"may", "mai", "mag", "maj", "mei", "mayo", "touko", "kvě", "мая", "май", "тра", "μαΐ", "máj", "maio"},
	{"jun", "juin", "giu", "cze", "kesä", "čvn", "haz", "июн", "чер", "ιουν", "jún"},
	{"jul", "juil", "lug", "lip", "heinä", "čvc", "tem", "июл", "лип", "ιουλ", "júl", "iul"},
	{"aug", "août", "aout", "ago", "sie", "elo", "srp", "ağu", "авг", "сер", "αυγ"},
	{"sep", "set", "wrz", "syys", "zář", "eyl", "сен", "вер", "σεπ", "szept"},
	{"oct", "okt", "out", "ott", "paź", "loka", "říj", "eki", "окт", "жов", "οκτ"},
	{"nov", "lis", "marras", "kas", "ноя", "νοε"},
	{"dec", "déc", "dez", "dic", "des", "gru", "joulu", "pro", "ara", "дек", "гру", "δεκ"},
}

var (
	clock   = regexp.MustCompile(`(\d{1,2})[:h.](\d{2})(?:[:.](\d{2}))?\s*([ap]\.?\s?m\b)?`)
	yearISO = regexp.MustCompile(`((?:19|20)\d{2})[-/.年년]\s*(\d{1,2})[-/.月월]\s*(\d{1,2})`)
	dotted  = regexp.MustCompile(`(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d{2})`)
	year    = regexp.MustCompile(`\b((?:19|20)\d{2})\b`)
	day     = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})(?:$|[^\d:])`)
	word    = regexp.MustCompile(`\p{L}+`)
)

// Time reads a date as clients write it. The zone is rarely written, so the
// result is UTC and may be half a day off; of 3/4/2024 it can't be known
// which is the month, and the day is taken first unless that is impossible.
// It is zero when no date is found.
func Time(s string) time.Time {
	s = fold(plainSpaces.Replace(s))
	y, m, d := dateOf(s)
	if y == 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}
	}
	hour, minute := clockOf(yearISO.ReplaceAllString(dotted.ReplaceAllString(s, " "), " "))
	return time.Date(y, time.Month(m), d, hour, minute, 0, 0, time.UTC)
}

func dateOf(s string) (y, m, d int) {
	if g := yearISO.FindStringSubmatch(s); g != nil {
		return number(g[1]), number(g[2]), number(g[3])
	}
	if g := dotted.FindStringSubmatch(s); g != nil {
		if number(g[2]) > 12 {
			return number(g[3]), number(g[1]), number(g[2])
		}
		return number(g[3]), number(g[2]), number(g[1])
	}
	if g := year.FindStringSubmatch(s); g != nil {
		y = number(g[1])
	}
	if g := day.FindStringSubmatch(clock.ReplaceAllString(s, " ")); g != nil {
		d = number(g[1])
	}
	return y, monthOf(s), d
}

// monthOf finds the word that begins like a month. Weekdays come first and
// some begin alike (Tuesday is mardi, March is mars), so the last one counts.
func monthOf(s string) int {
	found := 0
	for _, w := range word.FindAllString(s, 20) {
		for i, names := range months {
			for _, n := range names {
				if strings.HasPrefix(w, n) {
					found = i + 1
				}
			}
		}
	}
	return found
}

func clockOf(s string) (hour, minute int) {
	g := clock.FindStringSubmatch(s)
	if g == nil {
		return 0, 0
	}
	hour, minute = number(g[1]), number(g[2])
	switch {
	case strings.HasPrefix(g[4], "p") && hour < 12:
		hour += 12
	case strings.HasPrefix(g[4], "a") && hour == 12:
		hour = 0
	}
	if hour > 23 || minute > 59 {
		return 0, 0
	}
	return hour, minute
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // the pattern allows digits only
	return n
}
