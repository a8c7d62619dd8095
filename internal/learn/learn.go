// Package learn holds the few learners that the judgement needs, in plain Go:
// logistic regression over hashed words, boosted trees over a table of numbers,
// calibration, folds that keep relatives together, and the measures by which
// all of them are judged. It knows nothing of mail.
//
// Everything is deterministic: the same examples and the same seed give the same
// model, bit for bit, on every machine.
package learn

import "math"

// Sigmoid turns log odds into a probability.
func Sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Logit turns a probability into log odds, kept within ±clip.
func Logit(p, clip float64) float64 {
	switch {
	case p <= 0:
		return -clip
	case p >= 1:
		return clip
	}
	return min(max(math.Log(p/(1-p)), -clip), clip)
}

// Random is a small generator (SplitMix64, Steele and others, 2014): its
// sequence belongs to us, so a new Go release can't change a model.
type Random uint64

// Next gives 64 random bits.
func (r *Random) Next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below is uniform in 0..n-1.
func (r *Random) Below(n int) int { return int(r.Next() % uint64(n)) }

// Chance is uniform in [0, 1).
func (r *Random) Chance() float64 { return float64(r.Next()>>11) / (1 << 53) }

// Shuffled gives 0..n-1 in random order.
func (r *Random) Shuffled(n int) []int {
	out := make([]int, n)
	for i := range out {
		j := r.Below(i + 1)
		out[i], out[j] = out[j], i
	}
	return out
}
