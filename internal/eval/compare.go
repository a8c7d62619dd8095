package eval

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/learn"
)

// compared prints the figures of several engines side by side.
func compared(w io.Writer, title string, all []Variant) {
	t := columns("engine", "part", "malicious", "legitimate", "AUC", "95 %", "found at 1 %", "alone at 0.5 %")
	for _, v := range all {
		for _, s := range main() {
			said := scores(v.Told, s)
			if bad, good := count2(said); bad > 0 && good > 0 {
				low, high := Chance(v.Told, s)
				t.add(v.Name, s.Name, number(bad), number(good), four(learn.AUC(said)), between(low, high),
					shareOf(learn.Found(said, 0.01)), shareOf(learn.BestTriage(said, risk).Alone))
			}
		}
	}
	t.print(w, title)
}

// beside puts us after each other engine, on the very same messages.
func (r *Report) beside() (out []Variant) {
	for _, v := range r.Beside {
		out = append(out, v, Variant{"… Bienvu", only(r.Told, v.Told)})
	}
	return out
}

// only keeps the messages whose IDs are among others.
func only(told, others []Told) []Told {
	in := map[string]bool{}
	for i := range others {
		in[others[i].ID] = true
	}
	return slices.DeleteFunc(slices.Clone(told), func(t Told) bool { return !in[t.ID] })
}

// ReadScores reads the scores of another engine: CSV with at least id and score,
// the higher the more likely malicious; the id may be a file's path. What the messages are is known from told;
// messages that are not among them are left out.
func ReadScores(name, file string, told []Told) (Variant, error) {
	v := Variant{Name: name}
	f, err := os.Open(file)
	if err != nil {
		return v, fmt.Errorf("eval: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return v, fmt.Errorf("eval: %s can't be read as scores: %w", file, err)
	}
	id, score := slices.Index(rows[0], "id"), slices.Index(rows[0], "score")
	if id < 0 || score < 0 {
		return v, fmt.Errorf("eval: %s has no columns id and score", file)
	}
	by := map[string]float64{}
	for _, row := range rows[1:] {
		if x, err := strconv.ParseFloat(row[score], 64); err == nil {
			by[strings.TrimSuffix(path.Base(row[id]), path.Ext(row[id]))] = x // some name the file
		}
	}
	for i := range told {
		if x, ok := by[told[i].ID]; ok {
			v.Told = append(v.Told, Told{Sample: told[i].Sample, Family: told[i].Family, Score: x})
		}
	}
	return v, nil
}

// agreement prints how well the scores of mail as it came agree with those of
// its neutralised copies.
func (r *Report) agreement(w io.Writer) {
	by := map[string]*Told{}
	for i := range r.Raw {
		by[r.Raw[i].ID] = &r.Raw[i]
	}
	var x, y []float64
	n, same, opposite := 0, 0, 0
	for i := range r.Told {
		t, raw := &r.Told[i], by[r.Told[i].ID]
		if raw == nil || !phish(&t.Sample) && !ham(&t.Sample) {
			continue
		}
		n++
		x, y = append(x, learn.Logit(t.Score, 12)), append(y, learn.Logit(raw.Score, 12))
		same += truly(t.Verdict == raw.Verdict)
		opposite += truly(t.Verdict != raw.Verdict && t.Alone(r.Bounds()) && raw.Alone(r.Bounds()))
	}
	fmt.Fprintf(w, "\nNeutralised and as it came, %d messages: correlation of the log odds %.4f, of the ranks %.4f; the same verdict %s; told otherwise with confidence %s.\n",
		n, pearson(x, y), pearson(ranks(x), ranks(y)), partOf(same, n), countOf(opposite, n))
}

// pearson is the correlation of two lists.
func pearson(x, y []float64) float64 {
	var mx, my float64
	for i := range x {
		mx, my = mx+x[i]/float64(len(x)), my+y[i]/float64(len(x))
	}
	var xy, xx, yy float64
	for i := range x {
		a, b := x[i]-mx, y[i]-my
		xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
	}
	return xy / math.Sqrt(xx*yy)
}

// ranks gives the place of each number, ties the mean of theirs: the correlation
// of places is Spearman's.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if x[a] < x[b] {
			return -1
		}
		return truly(x[a] > x[b])
	})
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for ; j < len(order) && x[order[j]] == x[order[i]]; j++ {
			continue
		}
		for k := i; k < j; k++ {
			out[order[k]] = float64(i+j-1) / 2
		}
		i = j
	}
	return out
}
