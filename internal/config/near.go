package config

import "strings"

// nearest is the known word that a mistyped one most likely meant, "" when none
// is near: at most a third of its letters may differ. A word that is the last
// part of a known one ("address" for "smtp.address") counts as near too.
func nearest(word string, known []string) string {
	best, least := "", len(word)/3+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d <= least && (best == "" || d < least) {
			best, least = k, d
		}
	}
	if best != "" || word == "" {
		return best
	}
	for _, k := range known {
		if strings.HasSuffix(k, "."+word) || strings.HasSuffix(word, "."+k[strings.LastIndexByte(k, '.')+1:]) {
			return k
		}
	}
	return ""
}

// distance counts the letters to change, add, drop or swap (optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row := make([]int, len(t)+1)
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(t)]
}
