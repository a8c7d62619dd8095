package words

import "strings"

// names is a set of words that is asked about every word of a text: their first
// letters are looked at before they are.
type names struct {
	words  map[string]bool
	begins [256 / 64]uint64 // a bit for each first letter
}

// add puts in the words of a folded text but the short ones.
func (n *names) add(folded string) {
	for w := range strings.FieldsSeq(folded) {
		if len(w) < leastName {
			continue
		}
		if n.words == nil {
			n.words = map[string]bool{}
		}
		n.words[w] = true
		n.begins[w[0]/64] |= 1 << (w[0] % 64)
	}
}

func (n *names) has(w string) bool {
	return len(w) >= leastName && n.begins[w[0]/64]&(1<<(w[0]%64)) != 0 && n.words[w]
}
