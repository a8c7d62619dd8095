package words

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/learn"
)

// Size is the number of features that words and pairs of words are hashed to.
const Size = 1 << 17

// Budgets of reading one message.
const (
	mostWords = 6000 // words read at all
	head      = 400  // words from the beginning, and …
	tail      = 200  // … from the end, that are read as one text
	window    = 60   // words looked at together, wherever they stand
)

// Read is the words of one message as the model reads them.
type Read struct {
	All     learn.Bag   // subject, sender's name and text
	Subject learn.Bag   // subject and sender's name alone
	Windows []learn.Bag // runs of words, half overlapping: what padding can neither dilute nor push out of sight
	Count   int         // words of the text
	Mine    int         // words of the recipient's name in it
	Theirs  int         // words of the sender's name in it
}

// Of reads the words of a message.
func Of(v *view.View) Read {
	r := reader{mine: recipient(v), theirs: sender(v)}
	r.name(v.Name)
	v.Text.Each(r.word)
	return r.finish()
}

// reader turns words into features.
type reader struct {
	mine, theirs map[string]bool
	named        []uint32 // of the sender's name
	subject      []uint32
	body         []uint32 // one word after the other
	last         uint32   // the word before, 0 at a beginning
	link         bool     // within an address, which is not read as words
	part         int
	out          Read
}

func (r *reader) name(folded string) {
	for w := range strings.FieldsSeq(folded) {
		r.named = append(r.named, hash('n', r.kind(w)))
	}
}

// word reads one word of the text.
func (r *reader) word(w string, a view.Around) bool {
	if a.Part != r.part {
		r.part, r.last, r.link = a.Part, 0, false
	}
	if r.skips(w, a) {
		return true
	}
	if r.out.Count++; r.out.Count > mostWords {
		return false
	}
	h := hash('w', r.kind(w))
	if a.Part == 0 {
		r.subject = append(r.subject, h, h^0x5bd1e995)
		if r.last != 0 {
			r.subject = append(r.subject, pair(r.last, h))
		}
	} else {
		r.body = append(r.body, h)
	}
	r.last = h
	return true
}

// skips reports whether a word is a piece of an address.
func (r *reader) skips(w string, a view.Around) bool {
	glued := strings.IndexByte("/.?=&%#_@:-", a.Before) >= 0 && a.Before != 0
	switch {
	case w == "http" || w == "https" || w == "www" && a.After == '.':
		r.link = true
		return true
	case glued && (r.link || a.Before == '@'):
		r.link = true
		return true
	}
	r.link = false
	return a.After == '@'
}

// kind is what a word is read as: names are forgotten, so are numbers.
func (r *reader) kind(w string) string {
	switch {
	case r.mine[w]:
		r.out.Mine++
		return "@you"
	case r.theirs[w]:
		r.out.Theirs++
		return "@they"
	case len(w) > 24:
		return "@long"
	case !strings.ContainsAny(w, "0123456789"):
		return w
	case strings.Trim(w, "0123456789") != "":
		return "@mixed"
	}
	return "@" + "00000000"[:min(len(w), 8)]
}

func (r *reader) finish() Read {
	out := r.out
	out.Subject = bag(slices.Concat(r.named, r.subject))
	out.Windows = r.windows()
	shown := r.body
	if len(shown) > head+tail {
		shown = slices.Concat(r.body[:head], r.body[len(r.body)-tail:])
	}
	out.All = bag(slices.Concat(r.named, r.subject, withPairs(shown)))
	return out
}

// windows cuts the text into runs of words.
func (r *reader) windows() []learn.Bag {
	out := make([]learn.Bag, 0, 1+2*len(r.body)/window)
	for at := 0; at < len(r.body); at += window / 2 {
		out = append(out, bag(withPairs(r.body[at:min(at+window, len(r.body))])))
		if at+window >= len(r.body) {
			break
		}
	}
	return out
}

// withPairs adds to words the pairs of neighbours.
func withPairs(run []uint32) []uint32 {
	out := make([]uint32, 0, 2*len(run))
	for i, h := range run {
		out = append(out, h)
		if i > 0 {
			out = append(out, pair(run[i-1], h))
		}
	}
	return out
}

// bag sorts features and keeps each once.
func bag(all []uint32) learn.Bag {
	for i := range all {
		all[i] &= Size - 1
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// hash is FNV-1a with a letter for where the word stands, its bits well mixed.
func hash(space byte, w string) uint32 {
	h := uint32(2166136261)
	h = (h ^ uint32(space)) * 16777619
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return mix(h)
}

func pair(a, b uint32) uint32 { return mix(a*31 + b) }

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// recipient lists the words of the recipients' names and addresses.
func recipient(v *view.View) map[string]bool {
	out := map[string]bool{}
	for i, to := range v.Message.To {
		if i == 3 {
			break
		}
		local, host, _ := strings.Cut(to.Addr, "@")
		add(out, view.Fold(to.Name, local, domain.Label(host)))
	}
	return out
}

// sender lists the words of the sender's name and domain.
func sender(v *view.View) map[string]bool {
	out := map[string]bool{}
	add(out, v.Name)
	add(out, view.Fold(domain.Label(v.Host)))
	return out
}

func add(to map[string]bool, folded string) {
	for w := range strings.FieldsSeq(folded) {
		if len(w) > 3 {
			to[w] = true
		}
	}
}
