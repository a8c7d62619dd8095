package words

import (
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/learn"
)

// passage is how many words are shown of the worst place.
const passage = 12

// Marks says where the words of a message stand.
type Marks struct {
	words []uint32 // the words of the text, one after the other
	at    []int32  // where each begins and ends in the folded text
}

// Worst gives the passage of the text, as it stands there, that a model of the
// words finds most suspicious; "" for texts that are too short.
func (k Marks) Worst(v *view.View, m interface{ Score(bag learn.Bag) float64 }) string {
	best, where := 0.0, -1
	b := &bagger{}
	for i := 0; i+passage <= len(k.words); i += passage / 3 {
		b.addPairs(k.words[i : i+passage])
		if s := m.Score(b.bag()); where < 0 || s > best {
			best, where = s, i
		}
	}
	if where < 0 {
		return ""
	}
	return v.Text.Original(int(k.at[2*where]), int(k.at[2*(where+passage)-1]))
}
