package domain

import "strings"

// Random reports whether a label looks made by a machine: many digits among
// letters, or a run of consonants that no language speaks.
func Random(label string) bool {
	if len(label) < 7 || strings.HasPrefix(label, "xn--") {
		return false
	}
	var digits, switches, run, longest, letters int
	prev := byte(0)
	for i := range len(label) {
		c := label[i] | 0x20
		switch {
		case label[i] >= '0' && label[i] <= '9':
			digits++
			run = 0
		case strings.IndexByte("bcdfghjklmnpqrstvwxz", c) >= 0:
			letters++
			run++
		default:
			letters++
			run = 0
		}
		if i > 0 && isDigit(prev) != isDigit(label[i]) {
			switches++
		}
		longest = max(longest, run)
		prev = label[i]
	}
	return longest >= 6 || switches >= 4 && digits >= 3 || digits >= 6 && letters >= 3
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// ImitatesAny finds the domain among those given that host imitates, "" for none.
func ImitatesAny(host string, groups ...[]string) string {
	for _, group := range groups {
		for _, real := range group {
			if Imitates(host, real) != No {
				return real
			}
		}
	}
	return ""
}

// Title gives the brand's name as it may stand in a sentence.
func (b Brand) Title() string {
	if len(b.Name) <= 4 {
		return strings.ToUpper(b.Name)
	}
	words := strings.Fields(b.Name)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
