package verdict

import "slices"

// Reasons picks, among all findings of a message, at most three that explain
// verdict v to a reporter: for an answer whose verdict a person chose.
func Reasons(all []Finding, v Verdict) []Finding {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, heavier)
	return reasons(sorted, v)
}
