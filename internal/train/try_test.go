package train

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

func report(name string, items []Item, score []float64) {
	show := func(what string, keep func(*Item) bool) {
		var all []learn.Scored
		y := 0
		for i := range items {
			if it := &items[i]; judgedKind(it) && !it.Made && !it.Own && keep(it) {
				all = append(all, learn.Scored{Score: score[i], True: bad(it)})
				if bad(it) {
					y++
				}
			}
		}
		fmt.Printf("%-10s %-22s n=%5d/%5d AUC %.4f found@1%% %.3f alone@.5%% %.3f\n", name, what, y, len(all)-y, learn.AUC(all), learn.Found(all, 0.01), learn.BestTriage(all, 0.005).Alone)
	}
	twin := func(it *Item) bool { return it.Source == "synthetic:twin" }
	tpl := func(it *Item) bool {
		return strings.HasPrefix(it.Source, "template:") || it.Source == "synthetic:workplace2"
	}
	hard := func(it *Item) bool {
		return it.Label == eval.Ham && it.Source != "spamassassin" && !strings.HasPrefix(it.Source, "list:")
	}
	show("all", func(it *Item) bool { return true })
	show("dev", func(it *Item) bool { return !twin(it) && !tpl(it) })
	show("hard", func(it *Item) bool { return !twin(it) && (bad(it) || hard(it)) })
	show("hard-fixtures", func(it *Item) bool { return !twin(it) && (bad(it) || hard(it) && !tpl(it)) })
	show("twins", func(it *Item) bool { return twin(it) || tpl(it) })
	for _, l := range []string{"fr", "en", "de", "pt"} {
		show(l, func(it *Item) bool { return it.Lang == l })
	}
}

func TestTry(t *testing.T) {
	t0 := time.Now()
	items := loadAll(t)
	fmt.Println(len(items), time.Since(t0))
	fold := assign(items)
	size := map[string]int{}
	_ = size
	var n [folds]int
	for _, f := range fold {
		n[f]++
	}
	fmt.Println("folds", n)
	p := DefaultParams()
	c := cross(items, fold, p, nil)
	fmt.Println(time.Since(t0))
	report("words", items, c.Words)
	report("forest", items, c.Score)
}
