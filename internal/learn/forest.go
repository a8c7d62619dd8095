package learn

// Forest is a sum of small decision trees (gradient boosting, Friedman, 2001):
// its score is log odds.
type Forest struct {
	Bias  float64
	Trees []Tree
}

// Tree is a decision tree; node 0 is its root.
type Tree []Node

// Node asks whether a number is at most Cut, or, without children, answers.
type Node struct {
	Feature     int32 // -1 for a leaf
	Cut         float32
	Left, Right int32
	Value       float32 // what the score would be worth if the tree ended here
}

// Score gives the log odds of a row.
func (f *Forest) Score(row []float32) float64 {
	z := f.Bias
	for _, t := range f.Trees {
		n := &t[0]
		for n.Feature >= 0 {
			n = &t[n.next(row)]
		}
		z += float64(n.Value)
	}
	return z
}

func (n *Node) next(row []float32) int32 {
	if row[n.Feature] <= n.Cut {
		return n.Left
	}
	return n.Right
}

// Explain says how much each feature moved the score of a row: along the path
// through each tree, a step's change of value is credited to the feature that
// was asked (Saabas, 2014). The sum of the shares and rest is the score.
func (f *Forest) Explain(row []float32, shares []float64) (rest float64) {
	rest = f.Bias
	for _, t := range f.Trees {
		n := &t[0]
		rest += float64(n.Value)
		for n.Feature >= 0 {
			child := &t[n.next(row)]
			shares[n.Feature] += float64(child.Value - n.Value)
			n = child
		}
	}
	return rest
}
