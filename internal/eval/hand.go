package eval

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/bienvu/bienvu/internal/verdict"
)

// The labels of 400 messages that a person read one by one, without knowing
// where each came from: IDs and labels only. They are for measuring, never for
// training.
//
//go:embed testdata/hand-labels.csv
var handLabels string

// HandLabels gives, by ID, the verdict of a person who read the message. What
// they could not decide is left out.
func HandLabels() (map[string]verdict.Verdict, error) {
	rows, err := csv.NewReader(strings.NewReader(handLabels)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	out := map[string]verdict.Verdict{}
	for _, r := range rows[1:] {
		if v := verdict.Verdict(r[1]); v.Valid() {
			out[r[0]] = v
		}
	}
	return out, nil
}

// Confusion counts what was said of what was true.
type Confusion map[[2]verdict.Verdict]int // true, said

// F1 is the harmonic mean of precision and recall of one verdict, from 0 to 1.
func (c Confusion) F1(v verdict.Verdict) float64 {
	hit, said, was := 0, 0, 0
	for pair, n := range c {
		if pair[0] == v {
			was += n
		}
		if pair[1] == v {
			said += n
		}
		if pair[0] == v && pair[1] == v {
			hit += n
		}
	}
	if said+was == 0 {
		return 0
	}
	return 2 * float64(hit) / float64(said+was)
}

// MacroF1 is the mean of F1 over phishing, spam and legitimate.
func (c Confusion) MacroF1() float64 {
	return (c.F1(verdict.Phishing) + c.F1(verdict.Spam) + c.F1(verdict.Legitimate)) / 3
}
