// Package phrase finds many phrases in one pass over a folded text
// (Aho and Corasick, 1975): the cost is the length of the text, however many
// phrases there are.
package phrase

import (
	"errors"
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
	nodes   []node
	suffix  []uint16 // by node: the longest proper suffix at which a phrase ends, 0 for none
	pattern []int32  // by node: index of the phrase that ends here plus one, 0 for none
	phrases []entry
	starts  starts
}

// node is where a reader of the text may be. All that a letter of the text
// needs stands together, as the table is far larger than a processor's cache.
type node struct {
	next [letters]uint16
	ends uint16 // the longest suffix at which a phrase ends, itself counted; 0 for none
}

// mostNodes limits the letters of all phrases, beginnings in common counted once.
const mostNodes = 1<<16 - 1

type entry struct {
	group, phrase string
	whole         bool // a space ends it
	vague         bool
}

// Load reads lists of phrases, one a line, one file a group (GROUP.txt). A
// phrase that ends in * also matches as the beginning of a longer word; one that
// begins with ~ is vague.
func Load(tree fs.FS) (*Matcher, error) {
	m := &Matcher{nodes: make([]node, 1, 1024), pattern: make([]int32, 1, 1024)}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".txt" {
			return err
		}
		raw, err := fs.ReadFile(tree, name)
		m.nodes = slices.Grow(m.nodes, len(raw)/2) // letters in common are kept once
		m.addAll(strings.TrimSuffix(path.Base(name), ".txt"), string(raw))
		return err
	})
	if len(m.nodes) > mostNodes {
		return nil, errors.New("phrase: more phrases than fit")
	}
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
	at := uint16(0)
	for i := range len(word) {
		c := index[word[i]]
		if c < 0 || len(m.nodes) > mostNodes {
			return // a script that phrases are not written in
		}
		if m.nodes[at].next[c] == 0 {
			m.nodes[at].next[c] = uint16(len(m.nodes))
			m.nodes, m.pattern = append(m.nodes, node{}), append(m.pattern, 0)
		}
		at = m.nodes[at].next[c]
	}
	m.starts.add(word)
	m.phrases = append(m.phrases, entry{group, strings.TrimSpace(word), strings.HasSuffix(word, " "), vague})
	m.pattern[at] = int32(len(m.phrases))
}

// link completes the automaton, breadth first.
func (m *Matcher) link() {
	fail := make([]uint16, len(m.nodes))
	m.suffix = make([]uint16, len(m.nodes))
	queue := make([]uint16, 0, len(m.nodes))
	for _, n := range m.nodes[0].next {
		if n != 0 {
			queue = append(queue, n)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		node, onFail := &m.nodes[at], &m.nodes[fail[at]]
		m.suffix[at], node.ends = onFail.ends, onFail.ends
		if m.pattern[at] != 0 {
			node.ends = at
		}
		for c, n := range node.next {
			if n == 0 {
				node.next[c] = onFail.next[c]
				continue
			}
			fail[n] = onFail.next[c]
			queue = append(queue, n)
		}
	}
}

// index gives the place of a byte in the alphabet, -1 when it is not in it.
//
//nolint:gochecknoglobals // a constant table
var index = func() (table [256]int8) {
	for i := range table {
		table[i] = -1
	}
	for i, c := range " abcdefghijklmnopqrstuvwxyz0123456789" {
		table[c] = int8(i)
	}
	return table
}()

// Find gives the distinct phrases of a folded text by group, in the order they
// are first seen.
func (m *Matcher) Find(folded string) map[string][]Hit {
	out := map[string][]Hit{}
	seen := make([]uint64, len(m.phrases)/64+1)
	at, between := uint16(0), m.nodes[0].next[0] // where a space leads to, when no phrase is open
	for i := 0; i < len(folded); i++ {
		c := index[folded[i]]
		if c < 0 {
			at = 0
			continue
		}
		if at = m.nodes[at].next[c]; at == between {
			if size, none := m.starts.none(folded[i+1:]); none {
				i += size // before the next space, which leads here again
				at = 0
				continue
			}
		}
		for end := m.nodes[at].ends; end != 0; end = m.suffix[end] {
			p := m.pattern[end]
			if seen[p/64]&(1<<(p%64)) != 0 {
				continue
			}
			seen[p/64] |= 1 << (p % 64)
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
