package train

import (
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/mail"
)

// augment makes twins and other variants of honest mail that has links.
func augment(items []Item, set *trait.Set) []Item {
	out := make([]Item, 2*len(items))
	each(len(items), func(i int) {
		it := &items[i]
		if it.Label != eval.Ham || it.Source == "spamassassin" || strings.HasPrefix(it.Source, "list:") || it.Kind == "conversation" {
			return
		}
		f := forger{}
		for _, c := range []byte(it.ID) {
			f.Random = f.Random*31 + 7
			f.Random ^= f.Random<<5 + 3 + 2*learn.Random(c)
		}
		if t := f.twin(it.message); t != nil {
			out[2*i] = variant(it, t, eval.Phish, set)
		}
		if t := f.counted(it.message); t != nil && f.Below(3) == 0 {
			out[2*i+1] = variant(it, t, eval.Ham, set)
		}
	})
	kept := out[:0]
	for _, it := range out {
		if it.message != nil {
			kept = append(kept, it)
		}
	}
	return kept
}

func variant(of *Item, m *mail.Message, label eval.Label, set *trait.Set) Item {
	s := of.Sample
	s.Label = label
	it := describe(m, s, set)
	it.Made, it.Keys = true, append(of.Keys, "item "+of.ID)
	return it
}
