package model

import (
	"math"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// A house's own correction sees three things of a message: its words, what was
// found in it, and who proved to have sent it. Each counts as much as the other,
// however many words there are: the values of each have a length of one.
const (
	wordSpace    = 0       // indexes of words stay as they are
	findingSpace = 1 << 30 // indexes of findings lie above
	senderSpace  = 2 << 30 // and those of senders above these
	spaceMask    = 1<<30 - 1
)

// mostLearned is how far a house's correction may move the log odds: by a factor
// of twenty. It may tip what was nearly even, and not overturn what is plain.
const mostLearned = 3.0

// Seen gives what a house's correction sees of a message.
func Seen(v *view.View, read words.Read, found []verdict.Finding) []learn.Feature {
	var kinds []uint32
	for _, f := range found {
		if !strings.HasPrefix(f.ID, "house.") { // memory has weights of its own
			kinds = append(kinds, findingSpace|mark(f.ID)&spaceMask)
		}
	}
	out := even(read.All, wordSpace)
	out = append(out, even(kinds, 0)...)
	if house.Proved(v) && v.Org != "" && !v.House.Places.FreeMail(v.Host) {
		out = append(out, learn.Feature{Index: senderSpace | mark(v.Org)&spaceMask, Value: 1})
	}
	return out
}

// even gives features of the same value and a length of one together.
func even(indexes []uint32, space uint32) []learn.Feature {
	out := make([]learn.Feature, 0, len(indexes)+1)
	value := float32(1 / math.Sqrt(float64(max(len(indexes), 1))))
	for _, i := range indexes {
		out = append(out, learn.Feature{Index: space | i, Value: value})
	}
	return out
}

// mark is FNV-1a.
func mark(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Learned is how much a correction moves the log odds of a message. It never
// makes a message more trusted whose sender is not proved: whoever copies the
// words of an honest newsletter would gain by it.
func Learned(c learn.Correction, seen []learn.Feature, proved bool) float64 {
	odds := min(max(c.Score(seen), -mostLearned), mostLearned)
	if !proved {
		return max(odds, 0)
	}
	return odds
}

// learned tells what the decisions of the house's team change about a message.
func learned(v *view.View, read words.Read, found []verdict.Finding) []verdict.Finding {
	if len(v.House.Learned) == 0 {
		return nil
	}
	return house.Learned(Learned(v.House.Learned, Seen(v, read, found), house.Proved(v)))
}
