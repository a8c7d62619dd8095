package train

import (
	"fmt"
	"slices"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Unseen is what models that never saw an item's relatives say of it: raw log
// odds, before calibration.
type Unseen struct {
	Words []float64 // the words alone
	Trees []float64 // is it not legitimate?
	Kinds []float64 // if so, is it advertising?
	Fold  []int
}

// boosting says how the trees grow.
//
//nolint:gochecknoglobals // a constant table
var boosting = learn.Boosting{Trees: 1000, Leaves: 8, Rate: 0.04, Least: 0.5, Ridge: 0.5, Rows: 0.7, Features: 0.12, Seed: 7}

// kindBoosting is for the second question, of which less is known.
//
//nolint:gochecknoglobals // a constant table
var kindBoosting = learn.Boosting{Trees: 200, Leaves: 6, Rate: 0.05, Least: 2, Ridge: 5, Rows: 0.7, Features: 0.3, Seed: 7}

// stages holds the models of the words for each pair of folds that they did
// not see; a pair of one fold twice is that fold alone.
type stages map[[2]int]*model.Voices

func trainStages(items []Item, fold []int) stages {
	var pairs [][2]int
	for a := range folds {
		for b := a; b < folds; b++ {
			pairs = append(pairs, [2]int{a, b})
		}
	}
	models := make([]model.Voices, len(pairs))
	each(len(pairs), func(k int) {
		models[k] = wordModels(items, func(i int) bool { return fold[i] != pairs[k][0] && fold[i] != pairs[k][1] })
	})
	out := stages{}
	for k, p := range pairs {
		out[p], out[[2]int{p[1], p[0]}] = &models[k], &models[k]
	}
	return out
}

// question is what trees are asked, and how much each item counts.
type question struct {
	about func(*Item) (yes, ok bool)
	weigh func(*Item) float64
	rise  []int8 // by column: see learn.Table
}

// isItBad is the question whether a message is something else than legitimate. A
// danger may only raise that, a proof of good faith only lower it, whatever
// chance held for a corpus: the honest mail of twenty years ago links to bare
// numbers, and still such a link speaks for nobody.
func isItBad(items []Item, findings []string) question {
	class := map[string]verdict.Class{}
	for i := range items {
		for _, f := range items[i].findings {
			class[f.ID] = f.Class
		}
	}
	rise := slices.Repeat([]int8{0}, len(trait.NewSet(nil).Names))
	for _, id := range findings {
		rise = append(rise, map[verdict.Class]int8{verdict.Danger: 1, verdict.Trust: -1}[class[id]])
	}
	return question{unwanted, weight, slices.Concat(rise, make([]int8, len(model.WordColumns())))}
}

// isItAdvertising is the question whether what is not legitimate is mere advertising.
func isItAdvertising() question { return question{about: advertising, weigh: kindWeight} }

// table makes the examples of trees from the items that keep allows. The words'
// score of an item comes from a model that did not see it, and not the fold
// that is left out either.
func table(items []Item, fold []int, s stages, out int, q question) learn.Table {
	t := learn.Table{Rise: q.rise}
	for i := range items {
		it := &items[i]
		yes, ok := q.about(it)
		if !ok || fold[i] == out {
			continue
		}
		pair := [2]int{fold[i], out}
		if out < 0 {
			pair[1] = fold[i]
		}
		t.Rows = append(t.Rows, model.Extend(it.Row, it.Words, s[pair]))
		t.True = append(t.True, yes)
		t.Weight = append(t.Weight, q.weigh(it))
	}
	return t
}

// advertising is the second question: among what is not legitimate, is it mere
// advertising? People's labels count most; a honeypot's mail that nobody read
// is more often fraud than not.
func advertising(it *Item) (yes, ok bool) {
	switch {
	case copies(it):
		return false, false
	case it.Hand.Verdict != "":
		return it.Hand.Verdict == "spam", it.Hand.Verdict == "spam" || it.Hand.Verdict == "phishing"
	}
	return it.Label == eval.Spam, it.Label == eval.Spam || it.Label == eval.Phish
}

// readAdvertising is the second question where a person answered it.
func readAdvertising(it *Item) (yes, ok bool) {
	yes, ok = advertising(it)
	return yes, ok && it.Hand.Verdict != ""
}

func kindWeight(it *Item) float64 {
	switch {
	case it.Hand.Verdict != "" && it.Origin == found:
		return 2
	case it.Source == "phishing_pot":
		return 0.1
	}
	return 0.5
}

// cross judges every item by models that saw none of its relatives.
func cross(items []Item, fold []int, s stages, q question) Unseen {
	u := Unseen{Words: make([]float64, len(items)), Trees: make([]float64, len(items)), Kinds: make([]float64, len(items)), Fold: fold}
	each(folds, func(f int) {
		trees := learn.TrainForest(table(items, fold, s, f, q), boosting)
		kinds := learn.TrainForest(table(items, fold, s, f, isItAdvertising()), kindBoosting)
		for i := range items {
			if fold[i] != f {
				continue
			}
			m := s[[2]int{f, f}]
			row := model.Extend(items[i].Row, items[i].Words, m)
			u.Words[i], u.Trees[i], u.Kinds[i] = m.Bad.Score(items[i].Words.All), trees.Score(row), kinds.Score(row)
		}
	})
	return u
}

// risks are the shares of wrong decisions for which thresholds are chosen.
//
//nolint:gochecknoglobals // a constant table
var risks = []float64{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02}

// fit trains the model on everything, with calibration and thresholds from what
// was said of the unseen.
func fit(items []Item, s stages, u Unseen, q question, findings, traits []string) *model.Model {
	m := &model.Model{Findings: findings, Traits: traits, Notes: notes(items)}
	all := func(int) bool { return true }
	m.Voices = wordModels(items, all)
	learnWants(items, all, m)
	m.Trees = *learn.TrainForest(table(items, u.Fold, s, -1, q), boosting)
	m.Kinds = *learn.TrainForest(table(items, u.Fold, s, -1, isItAdvertising()), kindBoosting)
	m.Calibration = learn.Calibrate(scored(items, u.Trees, parted), nil)
	m.Kind = learn.Calibrate(scored(items, u.Kinds, readAdvertising), nil)
	m.Risks = thresholds(items, probabilities(items, u, m))
	return m
}

// worse is how much worse it is to call something dangerous safe than the other
// way round: the share of such errors is kept so many times smaller.
const worse = 3

// thresholds chooses, for each risk, the bounds within which so large a share of
// the unseen would have been told wrongly, among those that may be told at all.
func thresholds(items []Item, said []float64) (out []model.Risk) {
	evident := scored(items, said, func(it *Item) (yes, ok bool) {
		yes, ok = parted(it)
		return yes, ok && verdict.Evident(it.findings)
	})
	unalarming := scored(items, said, func(it *Item) (yes, ok bool) {
		yes, ok = parted(it)
		return yes, ok && verdict.Unalarming(it.findings)
	})
	bad, good := 0, 0
	for _, s := range scored(items, said, parted) {
		if s.True {
			bad++
		} else {
			good++
		}
	}
	for _, r := range risks {
		from := learn.From(evident, int(r*float64(good)))
		to := learn.To(unalarming, int(r/worse*float64(bad)))
		out = append(out, model.Risk{Share: r, From: max(from, leastFrom), To: min(to, mostTo)})
	}
	return out
}

// Whatever the risk, an answer follows where the message leans.
const (
	leastFrom = 0.7
	mostTo    = 0.2
)

// scored pairs scores with the truth, for items of corpora alone.
func scored(items []Item, score []float64, about func(*Item) (yes, ok bool)) []learn.Scored {
	var out []learn.Scored
	for i := range items {
		if yes, ok := about(&items[i]); ok && items[i].Origin == found {
			out = append(out, learn.Scored{Score: score[i], True: yes})
		}
	}
	return out
}

// probabilities is what a model would have said of the unseen, in the end: the
// calibrated sum, and what findings that were not learned add.
func probabilities(items []Item, u Unseen, m *model.Model) []float64 {
	out := make([]float64, len(items))
	for i := range items {
		out[i] = learn.Sigmoid(m.Calibration.Slope*u.Trees[i] + m.Calibration.Offset + unlearned(&items[i], m.Findings))
	}
	return out
}

// notes says what a model was trained on.
func notes(items []Item) string {
	n := map[origin]int{}
	for i := range items {
		n[items[i].Origin]++
	}
	return fmt.Sprintf("%d messages of corpora, %d texts of our own, %d twins and variants made by code", n[found], n[own], n[made])
}
