package train

import (
	"fmt"
	"os"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

func TestProbe(t *testing.T) {
	if os.Getenv("CORPUS") == "" {
		t.Skip()
	}
	set := trait.NewSet(Usable(analysis.IDs()))
	a, _ := eval.Read(os.Getenv("CORPUS")+"/dev-neutral", os.Getenv("MAN")+"/manifest-dev.csv")
	b, _ := eval.Read(os.Getenv("CORPUS")+"/templates-authneutral", os.Getenv("MAN")+"/manifest-templates.csv")
	items, err := gather(Options{Corpora: []eval.Corpus{a, b}}, set)
	if err != nil {
		t.Fatal(err)
	}
	kept := narrow(items)
	fold := assign(items)
	s := trainStages(items, fold)
	u := cross(items, fold, s)
	m := fit(items, s, u, kept, trait.NewSet(nil).Names)
	p := probabilities(items, u, m)
	fmt.Println(m.Risks, m.Calibration)
	for _, r := range m.Risks {
		var n, conf [2]int
		var lack [2][6]int
		var heavy [2][6]int
		var safe [2]int
		for i := range items {
			it := &items[i]
			bad, ok := parted(it)
			if !ok || it.Origin != found {
				continue
			}
			k := 0
			if bad {
				k = 1
			}
			n[k]++
			sum, grave, most := 0.0, 0.0, 0.0
			for _, f := range it.findings {
				if f.Class == verdict.Danger {
					sum += f.Weight
					most = max(most, f.Weight)
					if !f.Common && !f.Topic {
						grave += f.Weight
					}
				}
			}
			if p[i] >= r.From {
				conf[k]++
				for q, lim := range []float64{0.01, 0.5, 0.8, 1.2, 1.5, 2} {
					if grave < lim {
						lack[k][q]++
					}
				}
			}
			if p[i] <= r.To {
				safe[k]++
				for q, lim := range []float64{1, 1.5, 2, 2.5, 3, 3.5} {
					if most >= lim {
						heavy[k][q]++
					}
				}
			}
		}
		fmt.Printf("risk %.4f From %.4f To %.4f: ham %d phish %d; confident-bad ham %d phish %d lack-grave ham %v phish %v; safe ham %d phish %d heavy ham %v phish %v\n", r.Share, r.From, r.To, n[0], n[1], conf[0], conf[1], lack[0], lack[1], safe[0], safe[1], heavy[0], heavy[1])
	}
}
