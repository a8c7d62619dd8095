package domain

import (
	"slices"
	"strings"
)

// Kinship says how a host relates to a name.
type Kinship string

// The ways in which a host relates to a name.
const (
	Stranger Kinship = ""         // nothing in common
	Own      Kinship = "own"      // the host is the name
	Part     Kinship = "part"     // it shares a telling word with the name
	Below    Kinship = "below"    // the name stands in front of somebody else's domain
	Baited   Kinship = "baited"   // the name with a word glued to it that sounds official, or with another ending
	Misspelt Kinship = "misspelt" // almost the name
)

// Kin says how host relates to the name.
func (n Name) Kin(host string) Kinship {
	host = Clean(host)
	if host == "" || len(n.core) == 0 || IP(host) {
		return Stranger
	}
	if n.Shown != "" && Same(host, n.Shown) {
		return Own
	}
	label := Label(Unicode(host))
	flat := flatten(label)
	pieces := split(flat)
	compact := strings.Join(pieces, "")
	switch {
	case compact == "":
		return Stranger
	case n.is(compact) && !Disguised(label):
		return Own
	case n.baited(pieces, compact):
		return Baited
	case n.misspelt(compact) || n.is(compact):
		return Misspelt
	case n.part(pieces, compact):
		return Part
	case n.below(host):
		return Below
	}
	return Stranger
}

// is reports whether a label is the name: written as one word, its initials, or
// one of them in the plural.
func (n Name) is(compact string) bool {
	if compact == n.short {
		return true
	}
	for _, s := range n.slugs {
		if compact == s || compact == s+"s" || long(s) && inflected(s, compact) || long(s) && umlauts(compact, s) {
			return true
		}
	}
	return false
}

func long(s string) bool { return len(s) >= 5 }

// inflected reports whether the name is the label with an ending of grammar.
func inflected(name, label string) bool {
	rest, ok := strings.CutPrefix(name, label)
	return ok && (rest == "s" || rest == "n" || rest == "e" || rest == "en" || rest == "es")
}

// umlauts reports whether two labels are the same but for the German way of
// writing umlauts: an e after a, o or u.
func umlauts(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		c := a[0]
		a, b = a[1:], b[1:]
		if c == 'a' || c == 'o' || c == 'u' {
			a, b = strings.TrimPrefix(a, "e"), strings.TrimPrefix(b, "e")
		}
	}
	return a == "" && b == ""
}

// baited reports whether nothing but bait and endings was added to the name.
func (n Name) baited(pieces []string, compact string) bool {
	l := words()
	rest := make([]string, 0, len(pieces))
	for _, p := range pieces {
		if !(l.bait[p] || l.endings[p]) || n.says(p) {
			rest = append(rest, p)
		}
	}
	if len(rest) > 0 && len(rest) < len(pieces) && (n.is(strings.Join(rest, "")) || n.cores(rest)) {
		return true
	}
	for _, s := range n.slugs {
		if !long(s) && n.Shown == "" {
			continue
		}
		if before, after, found := strings.Cut(compact, s); found && len(s) >= 4 && before+after != "" && glue(before) && glue(after) {
			return true
		}
	}
	return false
}

// says reports whether a word is one of the name's own.
func (n Name) says(word string) bool {
	return slices.Contains(n.all, word)
}

// cores reports whether all the words tell this name from others.
func (n Name) cores(list []string) bool {
	for _, p := range list {
		found := false
		for _, w := range n.core {
			found = found || w == p && len(w) >= 5
		}
		if !found {
			return false
		}
	}
	return true
}

// glue reports whether s is made of at most two words of bait or endings.
func glue(s string) bool {
	l := words()
	ok := func(s string) bool { return s == "" || l.bait[s] || l.endings[s] }
	if ok(s) {
		return true
	}
	for i := 2; i < len(s)-1 && len(s) < 40; i++ {
		if ok(s[:i]) && ok(s[i:]) {
			return true
		}
	}
	return false
}

// misspelt reports whether the label is almost the name.
func (n Name) misspelt(compact string) bool {
	bare := skeleton(compact)
	for _, s := range n.slugs {
		if len(s) >= 4 && bare == skeleton(s) || near(compact, s) {
			return true
		}
		if n.Shown != "" && len(s) == 4 && len(compact) == 5 && distance(compact, s) == 1 {
			return true
		}
	}
	return false
}

// part reports whether label and name share a telling word.
func (n Name) part(pieces []string, compact string) bool {
	for _, w := range n.core {
		if len(w) < 3 {
			continue
		}
		for _, p := range pieces {
			if p == w || len(p) >= 4 && (strings.HasPrefix(w, p) || long(w) && strings.HasPrefix(p, w)) {
				return true
			}
		}
		if long(w) && (strings.HasPrefix(compact, w) || strings.HasSuffix(compact, w)) {
			return true
		}
	}
	return n.inside(compact)
}

// inside reports whether the label is a run of the name's words.
func (n Name) inside(compact string) bool {
	if len(compact) < 4 || words().kinds[compact] {
		return false
	}
	for _, s := range n.slugs {
		if strings.Contains(s, compact) {
			return true
		}
	}
	return false
}

// below reports whether the name stands in front of the domain of another.
func (n Name) below(host string) bool {
	sub := strings.TrimSuffix(strings.TrimSuffix(host, Org(host)), ".")
	for label := range strings.SplitSeq(sub, ".") {
		if n.stands(split(flatten(label))) {
			return true
		}
	}
	return false
}

// stands reports whether a label begins like the name; labels that a service
// gives out are often cut and get something added.
func (n Name) stands(pieces []string) bool {
	for i := range pieces {
		start := strings.Join(pieces[:i+1], "")
		for _, s := range n.slugs {
			if start == s || len(s) >= 6 && strings.HasPrefix(start, s) || len(start) >= 6 && strings.HasPrefix(s, start) && !words().kinds[start] {
				return true
			}
		}
	}
	return false
}

// Stands reports whether any label of the host begins like the name, as in
// name-x7.example or name.host.example.
func (n Name) Stands(host string) bool {
	if len(n.core) == 0 {
		return false
	}
	for label := range strings.SplitSeq(Clean(host), ".") {
		if n.stands(split(flatten(label))) {
			return true
		}
	}
	return false
}

// Fits reports whether the part of an address before the @ is made of the name:
// one of its words, or initial and surname.
func (n Name) Fits(local string) bool {
	local = flatten(local)
	for i, w := range n.all {
		if len(w) >= 3 && !words().offices[w] && strings.Contains(local, w) {
			return true
		}
		if i > 0 && len(local) >= 2 && strings.HasPrefix(local, n.all[0][:1]) && len(w) >= 3 && strings.HasPrefix(local[1:], w[:3]) {
			return true
		}
	}
	return n.short != "" && local == n.short
}

// Office reports whether an address is that of an office, such as support@.
func Office(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	for _, w := range split(local) {
		if words().offices[w] || words().bait[w] {
			return true
		}
	}
	return false
}
