package domain

import "strings"

// Imitation says how one name imitates another.
type Imitation string

// The ways of imitating.
const (
	No      Imitation = ""
	Letters Imitation = "letters" // looks the same: other script, digits, rn for m
	Typo    Imitation = "typo"    // one or two letters differ
	Glued   Imitation = "glued"   // the real name with words around it
	Ending  Imitation = "ending"  // the same name under another ending
)

// Imitates says how host imitates the domain real; No when it is real itself
// or simply another name.
func Imitates(host, real string) Imitation {
	host, real = Clean(host), Clean(real)
	if host == "" || real == "" || Same(host, real) {
		return No
	}
	a, b := Label(Unicode(host)), Label(Unicode(real))
	switch {
	case a == b:
		return ifLong(b, 5, Ending)
	case skeleton(a) == skeleton(b):
		return ifLong(b, 4, Letters)
	case near(a, b):
		return Typo
	case glued(host, Label(host), b):
		return ifLong(b, 6, Glued)
	}
	return No
}

func ifLong(label string, n int, i Imitation) Imitation {
	if len(label) < n {
		return No
	}
	return i
}

// glued reports whether the label stands in host as a word of its own, or org,
// the label that host's owner chose, starts or ends with it.
func glued(host, org, label string) bool {
	if !strings.Contains(host, label) {
		return false
	}
	if len(label) >= 7 && (strings.HasPrefix(org, label) || strings.HasSuffix(org, label)) {
		return true
	}
	for word := range strings.FieldsFuncSeq(host, func(r rune) bool { return r == '.' || r == '-' }) {
		if word == label {
			return true
		}
	}
	return false
}

// near reports whether two labels differ by one letter (by two from ten letters on).
func near(a, b string) bool {
	limit := 0
	switch n := min(len(a), len(b)); {
	case n >= 10:
		limit = 2
	case n >= 6:
		limit = 1
	}
	return limit > 0 && max(len(a), len(b)) <= 63 && max(len(a)-len(b), len(b)-len(a)) <= limit && a[0] == b[0] && distance(a, b) <= limit
}

// distance is the number of letters to add, remove, change or swap
// (Damerau, optimal string alignment).
func distance(a, b string) int {
	prev2, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}

// ImitatedBrand finds the well-known name that host imitates.
func (l *Lists) ImitatedBrand(host string) (Brand, Imitation) {
	host = Clean(host)
	l = l.or()
	if host == "" || l.BrandOwned(host) {
		return Brand{}, No
	}
	org := Label(host)
	label := org
	if shown := Unicode(host); shown != host {
		label = Label(shown)
	}
	joined := strings.ReplaceAll(label, "-", "")
	if i, ok := l.brandLabels[skeleton(label)]; ok && len(l.brands[i].Label) >= 5 && joined != l.brands[i].Label {
		return l.brands[i], Letters
	}
	pairs := pairsOf(host)
	for _, i := range l.imitable {
		b := &l.brands[i]
		if joined == b.Label {
			if l.RiskyTLD(host) || l.FreeHost(host) {
				return *b, Ending
			}
			continue // the same name under another ending may be its owner's
		}
		if label != "" && label[0] == b.Label[0] && near(label, b.Label) {
			return *b, Typo
		}
		if pairs.may(b.Label) && glued(host, org, b.Label) {
			return *b, Glued
		}
	}
	return Brand{}, No
}

// letterPairs notes which two letters stand side by side in a host, some taken
// for others: a host holds few of the names that it is held against.
type letterPairs [1024 / 64]uint64

func pairsOf(host string) (p letterPairs) {
	for i := 1; i < len(host); i++ {
		k := pairAt(host, i)
		p[k/64] |= 1 << (k % 64)
	}
	return p
}

// may reports whether the host can hold a name of two letters or more.
func (p *letterPairs) may(name string) bool {
	k := pairAt(name, 1)
	return p[k/64]&(1<<(k%64)) != 0
}

func pairAt(s string, i int) uint { return uint(s[i-1]&31)<<5 | uint(s[i]&31) }

// common holds brand labels that are everyday words too: never enough alone.
//
//nolint:gochecknoglobals // a constant table
var common = map[string]bool{
	"target": true, "ledger": true, "webmail": true, "bitcoin": true, "postbank": true,
	"volksbank": true, "github": true, "cpanel": true, "kraken": true, "roblox": true,
}

// NamedBrand finds the well-known name that stands in a folded text (lower
// case, spaces around words), such as a display name.
func (l *Lists) NamedBrand(folded string) (Brand, bool) {
	l = l.or()
	first := len(l.brands)
	for at := strings.IndexByte(folded, ' '); at >= 0; {
		word, _, _ := strings.Cut(folded[at+1:], " ")
		for _, i := range l.brandStarts[word] {
			if i < first && strings.HasPrefix(folded[at:], l.brandWords[i]) {
				first = i
			}
		}
		next := at + 1 + len(word)
		if next >= len(folded) {
			break
		}
		at = next
	}
	if first == len(l.brands) {
		return Brand{}, false
	}
	return l.brands[first], true
}
