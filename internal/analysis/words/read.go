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
	mostWords = 30000 // words read at all
	head      = 400   // words from the beginning, and …
	tail      = 200   // … from the end, that are read as one text
	window    = 60    // words looked at together, wherever they stand
	leastName = 4     // letters of a word that counts as a name
	few       = 40    // words of a text so short that what its files say is read with it
)

// The texts of a message, by their number in its folded text; files come after.
const (
	twinPart = 2
	filePart = 3
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
	r, _ := Look(v)
	return r
}

// Look reads the words of a message and where they stand.
func Look(v *view.View) (Read, Marks) {
	r := reader{mine: recipient(v), theirs: sender(v)}
	r.body = make([]uint32, 0, min(mostWords, len(v.Words)/6))
	r.marks.at = make([]int32, 0, 2*cap(r.body))
	r.name(v.Name)
	at := 1
	v.Text.Each(func(w string, a view.Around) bool {
		n := len(r.body)
		more := r.word(w, a)
		if len(r.body) > n {
			r.marks.at = append(r.marks.at, int32(at), int32(at+len(w)))
		}
		at += len(w) + 1
		return more
	})
	r.marks.words = r.body
	r.files(v.Files)
	return r.finish(), r.marks
}

// files reads what the attached files say: beside the text, or as the text where
// there is next to none.
func (r *reader) files(text string) {
	if text != "" {
		view.FoldKeeping("", "", "", text).Each(r.word)
	}
}

// reader turns words into features.
type reader struct {
	mine, theirs names
	named        []uint32 // of the sender's name
	subject      []uint32
	body         []uint32 // one word after the other
	twin         bool     // within it
	aside        []uint32 // of the text/plain twin of a page, which few people see, and of files
	last         uint32   // the word before, 0 at a beginning
	link         bool     // within an address, which is not read as words
	part         int
	out          Read
	marks        Marks
	bagger       bagger
}

func (r *reader) name(folded string) {
	for w := range strings.FieldsSeq(folded) {
		r.named = append(r.named, hash('n', r.kind(w)))
	}
}

// word reads one word of the text.
func (r *reader) word(w string, a view.Around) bool {
	if a.Part != r.part {
		r.twin = a.Part == filePart && len(r.body) >= few || a.Part == twinPart && len(r.body) > 0
		r.part, r.last, r.link = a.Part, 0, false
	}
	if r.skips(w, a) {
		return true
	}
	if r.out.Count++; r.out.Count > mostWords {
		return false
	}
	h := hash('w', r.kind(w))
	switch {
	case r.twin:
		r.aside = append(r.aside, h)
	case a.Part == 0:
		r.subject = append(r.subject, h, h^0x5bd1e995)
		if r.last != 0 {
			r.subject = append(r.subject, pair(r.last, h))
		}
	default:
		r.body = append(r.body, h)
	}
	r.last = h
	return true
}

// skips reports whether a word is a piece of an address.
func (r *reader) skips(w string, a view.Around) bool {
	glued := glue(a.Before)
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

// glue reports whether a sign joins what stands around it in an address.
func glue(c byte) bool {
	switch c {
	case '/', '.', '?', '=', '&', '%', '#', '_', '@', ':', '-':
		return true
	}
	return false
}

// kind is what a word is read as: names are forgotten, so are numbers.
func (r *reader) kind(w string) string {
	switch {
	case r.mine.has(w):
		r.out.Mine++
		return "@you"
	case r.theirs.has(w):
		r.out.Theirs++
		return "@they"
	case len(w) > 24:
		return "@long"
	case !numbered(w):
		return w
	case strings.Trim(w, "0123456789") != "":
		return "@mixed"
	}
	return "@" + "00000000"[:min(len(w), 8)]
}

func numbered(w string) bool {
	for i := range len(w) {
		if w[i] >= '0' && w[i] <= '9' {
			return true
		}
	}
	return false
}

func (r *reader) finish() Read {
	out, b := r.out, &r.bagger
	b.add(r.named)
	b.add(r.subject)
	out.Subject = b.bag()
	out.Windows = slices.Concat(r.windows(r.body), r.windows(r.aside))
	b.add(r.named)
	b.add(r.subject)
	if shown := r.body; len(shown) <= head+tail {
		b.addPairs(shown)
	} else {
		foot := shown[len(shown)-tail:]
		b.addPairs(shown[:head])
		b.addPairs(foot)
		b.put(pair(shown[head-1], foot[0]))
	}
	out.All = b.bag()
	return out
}

// windows cuts the text into runs of words.
func (r *reader) windows(run []uint32) []learn.Bag {
	out := make([]learn.Bag, 0, 1+2*len(run)/window)
	for at := 0; at < len(run); at += window / 2 {
		r.bagger.addPairs(run[at:min(at+window, len(run))])
		out = append(out, r.bagger.bag())
		if at+window >= len(run) {
			break
		}
	}
	return out
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
func recipient(v *view.View) (out names) {
	for i, to := range v.Message.To {
		if i == 3 {
			break
		}
		local, host, _ := strings.Cut(to.Addr, "@")
		out.add(view.Fold(to.Name, local, domain.Label(host)))
	}
	return out
}

// sender lists the words of the sender's name and domain.
func sender(v *view.View) (out names) {
	out.add(v.Name)
	label, _, _ := strings.Cut(v.Org, ".")
	out.add(view.Fold(label))
	return out
}
