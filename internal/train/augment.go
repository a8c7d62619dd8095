package train

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
)

// Augment makes twins and other variants of honest mail that has links.
func Augment(items []Item, set *trait.Set) []Item {
	out := make([]Item, 3*len(items))
	each(len(items), func(i int) {
		it := &items[i]
		if !copied(it) {
			return
		}
		f := newForger(it.ID)
		if t := f.twin(it.message); t != nil {
			out[3*i] = variant(it, t, eval.Phish, set)
		}
		if t := f.counted(it.message); t != nil && f.Below(3) == 0 {
			out[3*i+1] = variant(it, t, eval.Ham, set)
		}
		if f.Below(2) > 0 {
			return
		}
		if t := f.settled(it.message); t != nil {
			out[3*i+2] = variant(it, t, eval.Ham, set)
		}
	})
	return there(out)
}

// copied reports whether thieves would copy such a mail: what organisations
// send, not what people write.
func copied(it *Item) bool {
	return it.Label == eval.Ham && it.Source != "spamassassin" && !strings.HasPrefix(it.Source, "list:") && it.Hand.Intent != "conversation"
}

func variant(of *Item, m *mail.Message, label eval.Label, set *trait.Set) Item {
	s := of.Sample
	s.Label = label
	it := describe(m, s, set)
	it.Origin, it.Keys = made, of.Keys
	return it
}
