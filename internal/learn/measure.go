package learn

import (
	"cmp"
	"math"
	"slices"
)

// Scored is one example with its score: the higher, the more likely true.
type Scored struct {
	Score float64
	True  bool
}

// AUC is the chance that a true example scores higher than a false one; ties
// count half. It is NaN without examples of both kinds.
func AUC(all []Scored) float64 {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Scored) int { return cmp.Compare(a.Score, b.Score) })
	yes, no, sum := 0.0, 0.0, 0.0
	for i := 0; i < len(sorted); {
		j, y, n := i, 0.0, 0.0
		for ; j < len(sorted) && sorted[j].Score == sorted[i].Score; j++ {
			if sorted[j].True {
				y++
			} else {
				n++
			}
		}
		sum += y*no + y*n/2
		yes, no, i = yes+y, no+n, j
	}
	return sum / (yes * no)
}

// Found is the share of the true that are found when at most the share false of
// the false may be flagged.
func Found(all []Scored, false float64) float64 { //nolint:predeclared // reads as in the papers
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	yes, no := count(all)
	tp, fp, best := 0, 0, 0
	for i := 0; i < len(sorted); {
		j := i
		for ; j < len(sorted) && sorted[j].Score == sorted[i].Score; j++ {
			if sorted[j].True {
				tp++
			} else {
				fp++
			}
		}
		if float64(fp) > false*float64(no) {
			break
		}
		best, i = tp, j
	}
	return float64(best) / float64(yes)
}

func count(all []Scored) (yes, no int) {
	for _, s := range all {
		if s.True {
			yes++
		} else {
			no++
		}
	}
	return yes, no
}

// ECE is the expected calibration error (Guo and others, 2017): over equally
// wide bins of the probability, the mean distance between what was said and
// what came true. Scores must be probabilities.
func ECE(all []Scored, bins int) float64 {
	n, said, came := make([]float64, bins), make([]float64, bins), make([]float64, bins)
	for _, s := range all {
		k := min(int(s.Score*float64(bins)), bins-1)
		n[k]++
		said[k] += s.Score
		came[k] += truth(s.True)
	}
	sum := 0.0
	for k := range n {
		sum += math.Abs(said[k] - came[k])
	}
	return sum / float64(len(all))
}

// Triage is two thresholds that part what is decided from what a person sees.
type Triage struct {
	From, To float64 // true from From on, false below To
	Alone    float64 // share decided
}

// BestTriage chooses the thresholds that decide most with at most the share
// risk of each kind decided wrongly.
func BestTriage(all []Scored, risk float64) Triage {
	yes, no := count(all)
	from, to := From(all, int(risk*float64(no))), To(all, int(risk*float64(yes)))
	t := Triage{From: from, To: to}
	if to > from {
		t.To = from
	}
	for _, s := range all {
		if s.Score >= t.From || s.Score < t.To {
			t.Alone++
		}
	}
	t.Alone /= float64(len(all))
	return t
}

// From gives the lowest score from which at most so many of the false are taken.
func From(all []Scored, wrong int) float64 {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	return limit(sorted, func(s Scored) bool { return !s.True }, wrong)
}

// To gives the highest score up to which at most so many of the true are taken.
func To(all []Scored, wrong int) float64 {
	sorted := slices.Clone(all)
	for i := range sorted {
		sorted[i].Score = -sorted[i].Score
	}
	slices.SortFunc(sorted, func(a, b Scored) int { return cmp.Compare(b.Score, a.Score) })
	return -limit(sorted, func(s Scored) bool { return s.True }, wrong)
}

// limit goes down the scores until one more wrong than allowed would be taken:
// half way between the last score that is taken and the next.
func limit(sorted []Scored, wrong func(Scored) bool, allowed int) float64 {
	bad, last := 0, math.Inf(1)
	for i := 0; i < len(sorted); {
		j, more := i, 0
		for ; j < len(sorted) && sorted[j].Score == sorted[i].Score; j++ {
			if wrong(sorted[j]) {
				more++
			}
		}
		if bad += more; bad > allowed {
			if math.IsInf(last, 1) {
				return math.Nextafter(sorted[i].Score, math.Inf(1))
			}
			return (last + sorted[i].Score) / 2
		}
		last, i = sorted[i].Score, j
	}
	return last
}

// Interval is the 95 % interval of a share k of n (Wilson, 1927).
func Interval(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	d := 1 + z*z/m
	c, e := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return (c - e) / d, (c + e) / d
}
