package train

import (
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
)

// A thief hides a lure in honest words, his own or a newsletter's. Padded copies
// teach the model to look at the worst passage and not at the mean. Honest mail
// is padded too, so that length itself tells nothing.

// onePadded is one of how many messages that is padded.
const onePadded = 2

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

// padded puts honest texts before, after or around a message: as they are, as a
// conversation that it seems to answer, or with the links of well-known sites.
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
	switch f.Below(4) {
	case 0:
		before, after = "", f.quoted(after+before)
		c.Subject = "Re: " + c.Subject
	case 1:
		f.linked(c)
	}
	c.Text, c.Plain = before+c.Text+"\n\n"+after, before+c.Plain+"\n\n"+after
	if c.HTML != "" {
		c.HTML = paragraphs(before) + c.HTML + paragraphs(after)
		c.Shown = before + c.Shown + "\n\n" + after
	}
	return c
}

// quoted makes a text look like the message that is answered.
func (f *forger) quoted(text string) string {
	var b strings.Builder
	b.WriteString("On Monday " + f.pick("Anna Paul Lea Tom Ines Marc Julia") + " wrote:\n")
	for line := range strings.Lines(text) {
		b.WriteString("> " + line)
	}
	return b.String()
}

// linked adds the links of a newsletter.
func (f *forger) linked(c *mail.Message) {
	for range 3 + f.Below(25) {
		site := f.pick("facebook.com linkedin.com youtube.com wikipedia.org bbc.co.uk lemonde.fr github.com apple.com google.com microsoft.com europa.eu service-public.fr")
		c.Links = append(c.Links, mail.Link{URL: "https://www." + site + "/" + f.token(6), Text: f.pick("more read Facebook LinkedIn YouTube article here"), Source: mail.LinkAnchor})
	}
}
