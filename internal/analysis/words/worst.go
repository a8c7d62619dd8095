package words

import (
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/learn"
)

// passage is how many words are shown of the worst place.
const passage = 12

// Worst gives the passage of the text, as it stands there, that a model of the
// words finds most suspicious; "" for texts that are too short.
func Worst(v *view.View, m interface{ Score(bag learn.Bag) float64 }) string {
	type mark struct {
		from, to int // in the folded text
		hash     uint32
	}
	r := reader{mine: recipient(v), theirs: sender(v)}
	var marks []mark
	at := 1
	v.Text.Each(func(w string, a view.Around) bool {
		from := at
		at += len(w) + 1
		if n := len(r.body); r.word(w, a) && len(r.body) > n {
			marks = append(marks, mark{from, from + len(w), r.body[n]})
		}
		return r.out.Count <= mostWords
	})
	best, where := 0.0, -1
	for i := 0; i+passage <= len(marks); i += passage / 3 {
		run := make([]uint32, 0, 2*passage)
		for k := i; k < i+passage; k++ {
			run = append(run, marks[k].hash)
			if k > i {
				run = append(run, pair(marks[k-1].hash, marks[k].hash))
			}
		}
		if s := m.Score(bag(run)); where < 0 || s > best {
			best, where = s, i
		}
	}
	if where < 0 {
		return ""
	}
	return v.Text.Original(marks[where].from, marks[where+passage-1].to)
}
