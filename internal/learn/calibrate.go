package learn

import "math"

// Calibration turns a score into a true probability: the log odds are
// Slope·score + Offset (Platt, 1999).
type Calibration struct{ Slope, Offset float64 }

// Calibrate fits a calibration to scores that were not trained on, by Newton's
// method. Weights may be nil.
func Calibrate(all []Scored, weights []float64) Calibration {
	c := Calibration{Slope: 1}
	for range 50 {
		var g0, g1, h00, h01, h11 float64
		for i, s := range all {
			w := 1.0
			if weights != nil {
				w = weights[i]
			}
			p := Sigmoid(c.Slope*s.Score + c.Offset)
			d, v := w*(p-truth(s.True)), w*math.Max(p*(1-p), 1e-9)
			g0, g1 = g0+d*s.Score, g1+d
			h00, h01, h11 = h00+v*s.Score*s.Score, h01+v*s.Score, h11+v
		}
		h00, h11 = h00+1e-6, h11+1e-6
		det := h00*h11 - h01*h01
		if det <= 0 {
			return c
		}
		a, b := (h11*g0-h01*g1)/det, (h00*g1-h01*g0)/det
		c.Slope, c.Offset = c.Slope-a, c.Offset-b
		if math.Abs(a)+math.Abs(b) < 1e-9 {
			break
		}
	}
	return c
}

// Of gives the probability of a score.
func (c Calibration) Of(score float64) float64 { return Sigmoid(c.Slope*score + c.Offset) }
