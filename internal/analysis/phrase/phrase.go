// Package phrase finds many phrases in one pass over a folded text
// (Aho and Corasick, 1975): the cost is the length of the text, however many
// phrases there are.
package phrase

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/view"
)

// letters is the size of the alphabet of folded text: a–z, 0–9, space.
// Anything else ends every phrase.
const letters = 37

// Hit is one phrase found.
type Hit struct {
	Group  string
	Phrase string // folded, without the spaces around it
	From   int    // where it begins in the folded text
	To     int    // where it ends there; a phrase that ends in * may end within a word
	Vague  bool   // it counts, but alone it does not say what the group says
}

// Matcher finds phrases. It is safe for concurrent use.
type Matcher struct {
	next    [][letters]int32
	suffix  []int32 // the longest proper suffix at which a phrase ends, 0 for none
	pattern []int32 // index of the phrase that ends here plus one, 0 for none
	phrases []entry
}

type entry struct {
	group, phrase string
	whole         bool // a space ends it
	vague         bool
}

// Load reads lists of phrases, one a line, one file a group (GROUP.txt). A
// phrase that ends in * also matches as the beginning of a longer word; one that
// begins with ~ is vague.
func Load(tree fs.FS) (*Matcher, error) {
	m := &Matcher{next: make([][letters]int32, 1), suffix: make([]int32, 1), pattern: make([]int32, 1)}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".txt" {
			return err
		}
		raw, err := fs.ReadFile(tree, name)
		m.addAll(strings.TrimSuffix(path.Base(name), ".txt"), string(raw))
		return err
	})
	m.link()
	return m, err
}

func (m *Matcher) addAll(group, list string) {
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word := view.Fold(line)
		if strings.HasSuffix(line, "*") {
			word = strings.TrimSuffix(word, " ")
		}
		m.add(group, word, line[0] == '~')
	}
}

func (m *Matcher) add(group, word string, vague bool) {
	if strings.TrimSpace(word) == "" {
		return
	}
	at := int32(0)
	for i := range len(word) {
		c := index(word[i])
		if c < 0 {
			return // a script that phrases are not written in
		}
		if m.next[at][c] == 0 {
			m.next = append(m.next, [letters]int32{})
			m.suffix, m.pattern = append(m.suffix, 0), append(m.pattern, 0)
			m.next[at][c] = int32(len(m.next) - 1)
		}
		at = m.next[at][c]
	}
	m.phrases = append(m.phrases, entry{group, strings.TrimSpace(word), strings.HasSuffix(word, " "), vague})
	m.pattern[at] = int32(len(m.phrases))
}

// link completes the automaton, breadth first.
func (m *Matcher) link() {
	fail := make([]int32, len(m.next))
	var queue []int32
	for _, n := range m.next[0] {
		if n != 0 {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if f := fail[at]; m.pattern[f] != 0 {
			m.suffix[at] = f
		} else {
			m.suffix[at] = m.suffix[f]
		}
		for c, n := range m.next[at] {
			onFail := m.next[fail[at]][c]
			if n == 0 {
				m.next[at][c] = onFail
				continue
			}
			fail[n] = onFail
			queue = append(queue, n)
		}
	}
}

func index(c byte) int {
	switch {
	case c == ' ':
		return 0
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 1
	case c >= '0' && c <= '9':
		return int(c-'0') + 27
	}
	return -1
}

// Find gives the distinct phrases of a folded text by group, in the order they
// are first seen.
func (m *Matcher) Find(folded string) map[string][]Hit {
	out := map[string][]Hit{}
	seen := make([]bool, len(m.phrases))
	at := int32(0)
	for i := range len(folded) {
		c := index(folded[i])
		if c < 0 {
			at = 0
			continue
		}
		at = m.next[at][c]
		for end := at; end != 0; end = m.suffix[end] {
			p := m.pattern[end]
			if p == 0 || seen[p-1] {
				continue
			}
			seen[p-1] = true
			e := m.phrases[p-1]
			out[e.group] = append(out[e.group], e.hit(i+1))
		}
	}
	return out
}

// hit is the entry found, its last byte before end.
func (e entry) hit(end int) Hit {
	if e.whole {
		end--
	}
	return Hit{Group: e.group, Phrase: e.phrase, From: end - len(e.phrase), To: end, Vague: e.vague}
}

// Groups lists the groups, sorted.
func (m *Matcher) Groups() []string {
	var out []string
	for _, e := range m.phrases {
		out = append(out, e.group)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
