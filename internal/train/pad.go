package train

import (
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
)

// A thief hides a lure in honest words, his own or a newsletter's. Padded copies
// teach the model to look at the worst passage and not at the mean. Honest mail
// is padded too, so that length itself tells nothing.

// onePadded is one of how many messages that is padded.
const onePadded = 4

// Pad makes copies of messages with honest words around them.
func Pad(items, honest []Item, set *trait.Set) []Item {
	honest = slices.DeleteFunc(slices.Clone(honest), func(it Item) bool { return it.Label != eval.Ham })
	out := make([]Item, len(items))
	each(len(items), func(i int) {
		it := &items[i]
		f := newForger("pad " + it.ID)
		if _, ok := parted(it); !ok || it.Source == "synthetic:twin" || f.Below(onePadded) > 0 || len(honest) == 0 {
			return
		}
		out[i] = variant(it, f.padded(it.message, honest), it.Label, set)
	})
	return there(out)
}

// padded puts honest texts before, after or around a message.
func (f *forger) padded(m *mail.Message, honest []Item) *mail.Message {
	c := clone(m)
	before, after := "", ""
	for range 1 + f.Below(6) {
		text := honest[f.Below(len(honest))].message.Text + "\n\n"
		if f.Below(3) == 0 {
			before += text
		} else {
			after += text
		}
	}
	c.Text = before + c.Text + "\n\n" + after
	if c.HTML != "" {
		c.HTML = paragraphs(before) + c.HTML + paragraphs(after)
	}
	return c
}
