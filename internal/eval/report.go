package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// counts of one label, or of one source of it.
type counts struct {
	n, alone, right int
	proved          int // told legitimate with confidence, and the sender is proved
	by              map[verdict.Verdict]int
	sure            map[verdict.Verdict]int // confident ones
}

func count(judged []Judged) counts {
	c := counts{by: map[verdict.Verdict]int{}, sure: map[verdict.Verdict]int{}}
	for _, j := range judged {
		c.n++
		c.by[j.Result.Verdict]++
		if !j.Result.Confident {
			continue
		}
		c.alone++
		c.sure[j.Result.Verdict]++
		if j.Result.Verdict == expected(j.Label) {
			c.right++
		}
		if j.Result.Verdict == verdict.Legitimate && j.Result.Proved {
			c.proved++
		}
	}
	return c
}

// Report prints the figures.
func Report(w io.Writer, judged []Judged) {
	groups := byLabel(judged)
	confusion(w, groups)
	summary(w, groups)
	sources(w, judged)
	speed(w, judged)
}

func byLabel(judged []Judged) map[Label][]Judged {
	out := map[Label][]Judged{}
	for _, j := range judged {
		out[j.Label] = append(out[j.Label], j)
	}
	return out
}

func confusion(w io.Writer, groups map[Label][]Judged) {
	fmt.Fprintf(w, "What was said (in brackets: with confidence)\n%-12s %6s", "label", "n")
	for _, v := range verdict.All() {
		fmt.Fprintf(w, " %16s", v)
	}
	fmt.Fprintln(w)
	for _, l := range append(Labels(), Torture) {
		c := count(groups[l])
		if c.n == 0 {
			continue
		}
		fmt.Fprintf(w, "%-12s %6d", l, c.n)
		for _, v := range verdict.All() {
			fmt.Fprintf(w, " %16s", fmt.Sprintf("%d (%d)", c.by[v], c.sure[v]))
		}
		fmt.Fprintln(w)
	}
}

func summary(w io.Writer, groups map[Label][]Judged) {
	phish, ham, spam := count(groups[Phish]), count(groups[Ham]), count(groups[Spam])
	fmt.Fprintln(w)
	line := func(what string, n, of int) {
		fmt.Fprintf(w, "%-62s %5d of %5d  %6.2f %%\n", what, n, of, percent(n, of))
	}
	line("dangerous errors: malicious told legitimate with confidence", phish.sure[verdict.Legitimate], phish.n)
	line("malicious told advertising with confidence", phish.sure[verdict.Spam], phish.n)
	line("false alarms: legitimate told phishing with confidence", ham.sure[verdict.Phishing], ham.n)
	line("advertising told phishing with confidence", spam.sure[verdict.Phishing], spam.n)
	line("answered without a person, malicious", phish.alone, phish.n)
	line("answered without a person, legitimate", ham.alone, ham.n)
	line("answered without a person, malicious and legitimate", phish.alone+ham.alone, phish.n+ham.n)
	line("  of the legitimate, with a proved sender (the desk's rule)", ham.proved, ham.n)
	line("answered without a person, advertising", spam.alone, spam.n)
	fmt.Fprintf(w, "%-62s %.4f\n", "ROC-AUC, malicious against legitimate", AUC(groups[Phish], groups[Ham]))
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// AUC is the chance that a malicious message scores higher than a legitimate
// one (ties count half); 0.5 when one side is empty.
func AUC(bad, good []Judged) float64 {
	if len(bad) == 0 || len(good) == 0 {
		return 0.5
	}
	type point struct {
		score float64
		bad   bool
	}
	var all []point
	for _, j := range bad {
		all = append(all, point{j.Result.Score, true})
	}
	for _, j := range good {
		all = append(all, point{j.Result.Score, false})
	}
	slices.SortFunc(all, func(a, b point) int { return cmp.Compare(a.score, b.score) })
	wins, below := 0.0, 0
	for i := 0; i < len(all); {
		end, b, g := i, 0, 0
		for ; end < len(all) && all[end].score == all[i].score; end++ {
			if all[end].bad {
				b++
			} else {
				g++
			}
		}
		wins += float64(b) * (float64(below) + float64(g)/2)
		below += g
		i = end
	}
	return wins / float64(len(bad)) / float64(len(good))
}

// sources prints the same by where the messages come from.
func sources(w io.Writer, judged []Judged) {
	groups := map[string][]Judged{}
	for _, j := range judged {
		if j.Label != Torture {
			key := string(j.Label) + " " + j.Source
			groups[key] = append(groups[key], j)
		}
	}
	keys := make([]string, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fmt.Fprintf(w, "\n%-52s %6s %7s %7s %7s\n", "by source", "n", "alone", "right", "wrong")
	for _, k := range keys {
		c := count(groups[k])
		fmt.Fprintf(w, "%-52s %6d %7d %7d %7d\n", k, c.n, c.alone, c.right, c.alone-c.right)
	}
}

// speed prints how long reading and judging took.
func speed(w io.Writer, judged []Judged) {
	took := make([]time.Duration, 0, len(judged))
	total := time.Duration(0)
	for _, j := range judged {
		took = append(took, j.Took)
		total += j.Took
	}
	slices.Sort(took)
	fmt.Fprintf(w, "\nreading and judging: %.0f messages a second a core; median %v, 99 of 100 under %v, the slowest %v\n",
		float64(len(took))/total.Seconds(), took[len(took)/2].Round(time.Microsecond),
		took[len(took)*99/100].Round(time.Microsecond), took[len(took)-1].Round(time.Microsecond))
}
