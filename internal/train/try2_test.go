package train

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

var setNames []string

func loadAll(t *testing.T) []Item {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		t.Skip("CORPUS")
	}
	set := trait.NewSet(usable(analysis.IDs()))
	setNames = set.Names
	a, err := eval.Read(os.Getenv("MAN") + "/manifest-dev.csv")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := eval.Read(os.Getenv("MAN") + "/manifest-templates.csv")
	for i := range a {
		a[i].Path = strings.Replace(a[i].Path, "dev/", "dev-neutral/", 1)
	}
	for i := range b {
		b[i].Path = strings.Replace(b[i].Path, "templates/", "templates-authneutral/", 1)
	}
	items := load(dir, append(a, b...), set)
	own, err := texts(set)
	if err != nil {
		t.Fatal(err)
	}
	items = append(items, own...)
	if os.Getenv("MADE") != "no" {
		items = append(items, augment(items, set)...)
	}
	return items
}

// zero blanks the columns whose name matches.
func zero(items []Item, match func(string) bool) []Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].Row = slices.Clone(out[i].Row)
		for k, n := range setNames {
			if match(n) {
				out[i].Row[k] = 0
			}
		}
	}
	return out
}

func line(name string, items []Item, score []float64, pos, neg func(*Item) bool) {
	var all []learn.Scored
	y := 0
	for i := range items {
		it := &items[i]
		if it.Made || it.Own {
			continue
		}
		if pos(it) {
			all = append(all, learn.Scored{Score: score[i], True: true})
			y++
		} else if neg(it) {
			all = append(all, learn.Scored{Score: score[i]})
		}
	}
	fmt.Printf("  %-26s n=%5d/%5d AUC %.4f found@1%% %.3f alone@.5%% %.3f\n", name, y, len(all)-y, learn.AUC(all), learn.Found(all, 0.01), learn.BestTriage(all, 0.005).Alone)
}

func isTwin(it *Item) bool { return it.Source == "synthetic:twin" }
func isTpl(it *Item) bool {
	return strings.HasPrefix(it.Source, "template:") || it.Source == "synthetic:workplace2"
}
func isFix(it *Item) bool {
	return it.Label == eval.Ham && !isTpl(it) && it.Source != "spamassassin" && !strings.HasPrefix(it.Source, "list:")
}
func realPhish(it *Item) bool { return bad(it) && !isTwin(it) }
func ham(it *Item) bool       { return it.Label == eval.Ham }

func lines(items []Item, score []float64) {
	line("all", items, score, bad, ham)
	line("hard", items, score, realPhish, func(it *Item) bool { return isTpl(it) || isFix(it) })
	line("fixtures", items, score, realPhish, isFix)
	line("twins", items, score, isTwin, isTpl)
	line("fr", items, score, func(it *Item) bool { return bad(it) && it.Lang == "fr" }, func(it *Item) bool { return ham(it) && it.Lang == "fr" })
}

// without trains once without some sources and scores those alone against phish by cross-validation folds.
func holdout(name string, items []Item, fold []int, out func(*Item) bool) {
	// every held-out item gets its own fold number folds (never trained on); phish by usual folds
	score := make([]float64, len(items))
	var train []Item
	var tf, at []int
	for i := range items {
		if !out(&items[i]) {
			train, tf, at = append(train, items[i]), append(tf, fold[i]), append(at, i)
		}
	}
	c := cross(train, tf, DefaultParams(), nil)
	for k, i := range at {
		score[i] = c.Score[k]
	}
	forest, lm := whole(train, tf)
	for i := range items {
		if out(&items[i]) {
			score[i] = forest.Score(extended(&items[i], lm))
		}
	}
	line("without "+name, items, score, realPhish, func(it *Item) bool { return out(it) && ham(it) })
	if name == "templates" {
		line("  twins", items, score, isTwin, isTpl)
	}
}

func whole(items []Item, fold []int) (*learn.Forest, *learn.Linear) {
	all := wordModel(items, fold, func(int) bool { return true })
	var ms [folds]*learn.Linear
	each(folds, func(f int) { ms[f] = wordModel(items, fold, func(g int) bool { return g != f }) })
	var t learn.Table
	for i := range items {
		if it := &items[i]; judgedKind(it) {
			t.Rows = append(t.Rows, extended(it, ms[fold[i]]))
			t.True = append(t.True, bad(it))
			t.Weight = append(t.Weight, weight(it))
		}
	}
	return learn.TrainForest(t, DefaultParams().Boost), all
}

func TestImportance(t *testing.T) {
	items := loadAll(t)
	fold := assign(items)
	f, _ := whole(items, fold)
	names := append(slices.Clone(setNames), "words.all", "words.subject", "words.most", "words.least", "words.names")
	imp := make([]float64, len(names))
	for _, it := range items {
		_ = it
	}
	all := wordModel(items, fold, func(int) bool { return true })
	for i := range items {
		sh := make([]float64, len(names))
		f.Explain(extended(&items[i], all), sh)
		for k, s := range sh {
			if s < 0 {
				s = -s
			}
			imp[k] += s * weight(&items[i])
		}
	}
	idx := make([]int, len(names))
	for i := range idx {
		idx[i] = i
	}
	sort.Slice(idx, func(a, b int) bool { return imp[idx[a]] > imp[idx[b]] })
	for _, k := range idx[:60] {
		fmt.Printf("%-34s %.0f\n", names[k], imp[k])
	}
}

func TestAblate(t *testing.T) {
	items := loadAll(t)
	fold := assign(items)
	run := func(name string, match func(string) bool) {
		fmt.Println(name)
		z := items
		if match != nil {
			z = zero(items, match)
		}
		c := cross(z, fold, DefaultParams(), nil)
		lines(z, c.Score)
	}
	run("everything", nil)
	run("no page", func(n string) bool {
		return n == "text.styles" || n == "text.tables" || n == "text.colours" || n == "text.fonts"
	})
	run("no traits", func(n string) bool { return slices.Contains(setNames[:120], n) && !isFinding(n) })
	run("no findings", isFinding)
}

func isFinding(n string) bool { return slices.Contains(analysis.IDs(), n) }

func TestHoldout(t *testing.T) {
	items := loadAll(t)
	fold := assign(items)
	holdout("templates", items, fold, func(it *Item) bool { return isTpl(it) || isTwin(it) })
	holdout("fixtures", items, fold, isFix)
	holdout("spamassassin", items, fold, func(it *Item) bool { return it.Source == "spamassassin" })
	holdout("lists", items, fold, func(it *Item) bool { return strings.HasPrefix(it.Source, "list:") })
}
