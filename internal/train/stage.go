package train

import (
	"math"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

// weight says how much an item counts: a large or old source must not drown the
// others.
func weight(it *Item) float64 {
	switch {
	case it.Origin == made:
		return 0.3
	case it.Label == eval.Spam:
		return 0.6 // our own as well: nobody else has the advertising of today
	case it.Origin == own:
		return 0.2
	case it.Source == "spamassassin":
		return 0.3
	case strings.HasPrefix(it.Source, "list:"):
		return 0.4
	case it.Source == "phishing_pot":
		return 0.6
	}
	return 1
}

// parted reports whether an item is of the two classes by which the first
// question is measured, and which.
func parted(it *Item) (bad, ok bool) {
	return it.Label == eval.Phish, it.Label == eval.Phish || it.Label == eval.Ham
}

// unwanted is the first question: is it something else than legitimate mail?
// Where a person who read it disagrees with its source (honest mail reaches a
// honeypot now and then), or could not tell, it teaches nothing.
func unwanted(it *Item) (bad, ok bool) {
	bad = it.Label == eval.Phish || it.Label == eval.Spam
	switch it.Hand.Verdict {
	case "":
		return bad, bad || it.Label == eval.Ham
	case "unclear":
		return false, false
	}
	return bad, bad == (it.Hand.Verdict != "legitimate")
}

// copies reports whether an item has another's words.
func copies(it *Item) bool { return it.Origin == made || it.Source == "synthetic:twin" }

// How the words are learned.
const (
	wordSeed    = 1
	windowShare = 0.15 // what one window counts beside its whole text
	mostWindows = 3
)

// wordModels learns from the words of the items that keep allows.
func wordModels(items []Item, keep func(int) bool) model.Voices {
	return model.Voices{
		Bad:    *wordModel(items, keep, unwanted, weight),
		Advert: *wordModel(items, keep, advertising, kindWeight),
	}
}

func wordModel(items []Item, keep func(int) bool, about func(*Item) (yes, ok bool), weigh func(*Item) float64) *learn.Packed {
	var examples []learn.Example
	for i := range items {
		bad, ok := about(&items[i])
		if !ok || copies(&items[i]) || !keep(i) {
			continue
		}
		w := weigh(&items[i])
		examples = append(examples, learn.Example{Bag: items[i].Words.All, True: bad, Weight: w})
		if windows := items[i].Words.Windows; len(windows) > 1 {
			for _, window := range windows[:min(mostWindows, len(windows))] {
				examples = append(examples, learn.Example{Bag: window, True: bad, Weight: w * windowShare})
			}
		}
	}
	return pack(examples, 6)
}

func pack(examples []learn.Example, epochs int) *learn.Packed {
	m := learn.TrainLinear(examples, learn.LinearTraining{Size: words.Size, Epochs: epochs, Rate: 0.3, Ridge: 1e-6, Seed: wordSeed}).Pack()
	return &m
}

// Intents is what a message may want.
func Intents() []string {
	return strings.Fields("credential payment delivery invoice callback extortion advance-fee job malware prize investment dating advertising newsletter transaction conversation")
}

// Demands is what a message may ask a person to do.
func Demands() []string { return strings.Fields("click login reply call pay open-file none") }

// learnWants learns, from what people read, what messages want, what they ask
// for and whether they push.
func learnWants(items []Item, keep func(int) bool, m *model.Model) {
	learnt := func(is func(label) bool, rare float64) learn.Packed {
		var examples []learn.Example
		for i := range items {
			if items[i].Hand.Intent != "" && items[i].Origin != made && keep(i) {
				examples = append(examples, learn.Example{Bag: items[i].Words.All, True: is(items[i].Hand), Weight: 1})
			}
		}
		return *pack(heed(examples, rare), 5)
	}
	m.Intents, m.Demands = Intents(), Demands()
	m.Wants, m.Asks = make([]learn.Packed, len(m.Intents)), make([]learn.Packed, len(m.Demands))
	each(len(m.Intents)+len(m.Demands), func(k int) {
		if k < len(m.Intents) {
			m.Wants[k] = learnt(func(l label) bool { return l.Intent == m.Intents[k] }, 0)
			return
		}
		k -= len(m.Intents)
		m.Asks[k] = learnt(func(l label) bool { return l.Ask == m.Demands[k] }, rareAsk)
	})
	m.Pressure = learnt(func(l label) bool { return l.Pressure }, rareAsk)
}

// rareAsk is how much more a rare demand counts than it is frequent: the power
// of how many times the others outnumber it.
const rareAsk = 0.7

// heed lets what is rare count for more, by a power of how many times the others
// outnumber it: else whoever always guesses the frequent is right too often.
func heed(examples []learn.Example, power float64) []learn.Example {
	yes := 1.0
	for _, e := range examples {
		if e.True {
			yes++
		}
	}
	more := math.Pow(max(1, float64(len(examples))/yes-1), power)
	for i := range examples {
		if examples[i].True {
			examples[i].Weight = more
		}
	}
	return examples
}
