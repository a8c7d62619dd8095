package train

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ours gives one of so many of our own texts, as if it came from a corpus.
func ours(t *testing.T, oneOf int) (out []Item) {
	t.Helper()
	all, err := Own(trait.NewSet(Usable(analysis.IDs())))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(all); i += oneOf {
		all[i].Origin = found
		out = append(out, all[i])
	}
	return out
}

// lesson is a whole training on a few items.
type lesson struct {
	items []Item
	fold  []int
	s     stages
	u     Unseen
	m     *model.Model
	guest []float64 // what was said of the same items, as guests
}

func learned(t *testing.T) lesson {
	t.Helper()
	l := lesson{items: ours(t, 9)}
	findings := narrow(l.items)
	l.fold = assign(l.items)
	guests := slices.Clone(l.items)
	for i := range guests {
		guests[i].Label, guests[i].Hand = nothing, label{}
	}
	l.s = trainStages(l.items, l.fold)
	q := isItBad(l.items, findings)
	u := cross(slices.Concat(l.items, guests), slices.Concat(l.fold, l.fold), l.s, q)
	l.u, l.guest = u.first(len(guests)), u.after(len(guests)).Trees
	l.m = fit(l.items, l.s, l.u, q, findings, trait.NewSet(nil).Names)
	if err := l.m.Ready(); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l lesson) file(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A small training from the first to the last step: it learns something that
// holds for texts it did not see, and it is the same each time.
func TestTraining(t *testing.T) {
	t.Parallel()
	l := learned(t)
	if !bytes.Equal(l.file(t), learned(t).file(t)) {
		t.Error("two trainings on the same texts give different models")
	}
	if _, err := model.Read(bytes.NewReader(l.file(t))); err != nil {
		t.Errorf("the model that was written can't be read: %v", err)
	}
	if auc := learn.AUC(scored(l.items, l.u.Trees, parted)); auc < 0.78 {
		t.Errorf("AUC of the unseen is %.3f; of 345 texts, at least 0.78 can be learned, and 0.5 is chance", auc)
	}
	if !slices.Equal(l.guest, l.u.Trees) {
		t.Error("a guest is judged otherwise than the message whose copy it is")
	}
	if got := crossWithout(l.items, l.fold, l.s, isItBad(l.items, l.m.Findings), func(int) bool { return false }); !slices.Equal(got.Trees, l.u.Trees) {
		t.Error("the engine without nothing says something else than the engine")
	}
	if got := crossWithout(l.items, l.fold, l.s, isItBad(l.items, l.m.Findings), func(int) bool { return true }); learn.AUC(scored(l.items, got.Trees, parted)) > 0.6 {
		t.Error("an engine that sees nothing knows something")
	}
}

// Relatives are in one fold: they share the family that the report draws by.
func TestFamiliesAreWhatFoldsKeepTogether(t *testing.T) {
	t.Parallel()
	items := ours(t, 9)
	items[3].Keys = append(items[3].Keys, "domain shared.example")
	items[70].Keys = append(items[70].Keys, "domain shared.example")
	fold, family := assign(items), families(items)
	of := map[string]int{}
	for i, f := range family {
		if k, ok := of[f]; ok && k != fold[i] {
			t.Errorf("the family of %s is in two folds", f)
		}
		of[f] = fold[i]
	}
	if family[3] != family[70] || len(of) < len(items)/2 {
		t.Errorf("%d families of %d texts; two that share a sender: %s and %s", len(of), len(items), family[3], family[70])
	}
}

// moved tells what moved a judgement.
func moved(all []verdict.Finding) (out []string) {
	for _, f := range all {
		out = append(out, fmt.Sprintf("%s %+.1f", f.ID, f.Moved))
	}
	return out
}

// A tripwire: the shipped model was trained on these very texts, so it must know
// nearly all of them, and never call one of its own frauds safe with confidence.
func TestShippedKnowsOurTexts(t *testing.T) {
	t.Parallel()
	items := ours(t, 4)
	n, right, dangerous, alarms := 0, 0, 0, 0
	for i := range items {
		it := &items[i]
		bad, ok := parted(it)
		if !ok {
			continue
		}
		r := analysis.Analyze(context.Background(), analysis.Subject{Message: it.message, Now: it.message.Date})
		n++
		if (r.Score >= 0.5) == bad {
			right++
		}
		switch {
		case bad && r.Confident && r.Verdict == verdict.Legitimate:
			dangerous++
			t.Logf("told safe: %s %q", it.ID, it.message.Subject)
		case it.Label == eval.Ham && r.Confident && r.Verdict == verdict.Phishing:
			alarms++
			t.Logf("told dangerous: %s %q from %s: %s", it.ID, it.message.Subject, it.message.From[0].Addr, moved(r.Findings))
		}
	}
	t.Logf("%d texts: %d right, %d frauds told safe, %d honest told dangerous", n, right, dangerous, alarms)
	if right < n*97/100 || dangerous > 0 || alarms > n/200 {
		t.Errorf("of %d texts, %d right (97 %% wanted), %d frauds told safe (none), %d honest told dangerous (%d)", n, right, dangerous, alarms, n/200)
	}
}
