package attack

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/verdict"
)

// Table prints what became of the variants, a line a kind, then for the kinds
// that changed verdicts what moved the sum, then each answer that would have
// been dangerous.
func Table(w io.Writer, trials []Trial) {
	fmt.Fprintf(w, "%-32s %8s %8s %10s %9s %7s %7s %7s %9s %9s\n", "kind", "variants", "same", "confident", "kept", "unsure", "spam", "legit.", "safe", "log odds")
	for _, kind := range kinds(trials) {
		line(w, kind, of(trials, kind))
	}
	line(w, "all", trials)
	for _, kind := range kinds(trials) {
		why(w, kind, of(trials, kind))
	}
	fooled := slices.DeleteFunc(slices.Clone(trials), func(t Trial) bool { return !t.Fooled() })
	fmt.Fprintln(w)
	for _, t := range fooled[:min(listed, len(fooled))] {
		fmt.Fprintf(w, "told %s with confidence: %s, %s, %s (log odds %.1f to %.1f)\n", t.Is.Verdict, t.Sample, t.Kind, t.How, t.Was.Odds, t.Is.Odds)
	}
	if more := len(fooled) - listed; more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
}

// kinds lists the kinds in the order they were tried.
func kinds(trials []Trial) (out []string) {
	for _, t := range trials {
		if !slices.Contains(out, t.Kind) {
			out = append(out, t.Kind)
		}
	}
	return out
}

func of(trials []Trial, kind string) []Trial {
	return slices.DeleteFunc(slices.Clone(trials), func(t Trial) bool { return t.Kind != kind })
}

func count(trials []Trial, is func(Trial) bool) (n int) {
	for _, t := range trials {
		if is(t) {
			n++
		}
	}
	return n
}

// line prints one kind: of its variants, how many kept the verdict; of those
// that were sure of it, how many still are; where the others went; and how far
// the log odds moved on average.
func line(w io.Writer, kind string, trials []Trial) {
	became := func(v verdict.Verdict) int {
		return count(trials, func(t Trial) bool { return t.Left() && t.Is.Verdict == v })
	}
	sure := count(trials, func(t Trial) bool { return t.Was.Confident })
	kept := count(trials, func(t Trial) bool { return t.Was.Confident && t.Is.Confident && !t.Left() })
	safe := count(trials, Trial.Fooled)
	fmt.Fprintf(w, "%-32s %8d %8d %10d %9d %7d %7d %7d %9d %+9.2f\n", kind, len(trials), count(trials, func(t Trial) bool { return !t.Left() }), sure, kept,
		became(verdict.Unsure), became(verdict.Spam), became(verdict.Legitimate), safe, moved(trials))
}

// moved is by how much the log odds changed on average.
func moved(trials []Trial) float64 {
	sum := 0.0
	for _, t := range trials {
		sum += t.Is.Odds - t.Was.Odds
	}
	return sum / float64(max(1, len(trials)))
}

// listed is how many dangerous answers are told one by one.
const listed = 30

// shown is how many movers and ways are named.
const shown = 6

// why prints what moved the variants of a kind that got another answer.
func why(w io.Writer, kind string, trials []Trial) {
	left := slices.DeleteFunc(slices.Clone(trials), func(t Trial) bool { return !t.Left() && !t.Fooled() })
	if len(left) == 0 {
		return
	}
	sum, hows := map[string]float64{}, map[string]float64{}
	for _, t := range left {
		hows[t.How]++
		for name, by := range t.Why {
			sum[name] += by / float64(len(left))
		}
	}
	fmt.Fprintf(w, "\n%s: %d got another answer\n  moved by %s\n  ways     %s\n", kind, len(left), top(sum, "%+.2f %s"), top(hows, "%.0f %s"))
}

// top names what is largest.
func top(of map[string]float64, format string) string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(math.Abs(of[b]), math.Abs(of[a])), cmp.Compare(a, b))
	})
	var out []string
	for _, name := range names[:min(shown, len(names))] {
		out = append(out, fmt.Sprintf(format, of[name], name))
	}
	return strings.Join(out, ", ")
}
