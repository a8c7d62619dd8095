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
	r := m.Risks[chosen(m.Risks, share)]
	return verdict.Bounds{From: r.From, To: r.To}, true
}

// chosen is which of the risks a share means.
func chosen(risks []model.Risk, share float64) int {
	if share <= 0 {
		share = model.DefaultRisk
	}
	at := 0
	for i, r := range risks {
		if r.Share <= share*1.0001 { // a share may be a rounding above the one it names
			at = i
		}
	}
	return at
}
