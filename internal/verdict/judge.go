package verdict

import (
	"math"
	"slices"
)

// prior is the log odds that a reported message is malicious before anything
// is known of it.
const prior = -0.4

// Judge adds findings up.
func Judge(findings []Finding) Judgement {
	all := slices.Clone(findings)
	slices.SortStableFunc(all, func(a, b Finding) int {
		switch {
		case math.Abs(a.Weight) > math.Abs(b.Weight):
			return -1
		case math.Abs(a.Weight) < math.Abs(b.Weight):
			return 1
		}
		return 0
	})
	sum := prior
	for _, f := range all {
		sum += f.Weight
	}
	return Judgement{Verdict: Unsure, Score: 1 / (1 + math.Exp(-sum)), Findings: all}
}
