package web

import (
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/verdict"
)

// boundsOf gives the thresholds for a risk: those of the largest that is not
// above it, as the judgement takes them; 0 is the usual one.
func boundsOf(share float64) (verdict.Bounds, bool) {
	m, err := model.Shipped()
	if err != nil || len(m.Risks) == 0 {
		return verdict.Bounds{}, false
	}
	r := m.Risks[model.Chosen(m.Risks, share)]
	return verdict.Bounds{From: r.From, To: r.To}, true
}
