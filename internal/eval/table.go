package eval

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/learn"
)

// table is printed as Markdown whose columns stand under each other.
type table struct{ rows [][]string }

func columns(names ...string) *table { return &table{[][]string{names}} }

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) print(w io.Writer, title string) {
	if len(t.rows) == 1 {
		return
	}
	wide := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, c := range row {
			wide[i] = max(wide[i], utf8.RuneCountInString(c))
		}
	}
	fmt.Fprintf(w, "\n%s\n\n", title)
	for i, row := range t.rows {
		for k, c := range row {
			fmt.Fprintf(w, "| %s%s ", c, strings.Repeat(" ", wide[k]-utf8.RuneCountInString(c)))
		}
		fmt.Fprintln(w, "|")
		if i == 0 {
			for _, n := range wide {
				fmt.Fprintf(w, "| %s ", strings.Repeat("-", n))
			}
			fmt.Fprintln(w, "|")
		}
	}
}

func number(n int) string         { return fmt.Sprint(n) }
func four(x float64) string       { return fmt.Sprintf("%.4f", x) }
func shareOf(x float64) string    { return fmt.Sprintf("%.1f %%", 100*x) }
func fineShare(x float64) string  { return fmt.Sprintf("%.2f %%", 100*x) }
func between(x, y float64) string { return fmt.Sprintf("%.4f–%.4f", x, y) }
func countOf(k, n int) string     { return fmt.Sprintf("%d (%s)", k, fineShare(ratio(k, n))) }
func ratio(k, n int) float64      { return float64(k) / float64(max(n, 1)) }
func withInterval(k, n int) string {
	low, high := learn.Interval(k, n)
	return fmt.Sprintf("%d (%s; %.2f–%.2f)", k, fineShare(ratio(k, n)), 100*low, 100*high)
}
func shareWithin(k, n int) string {
	low, high := learn.Interval(k, n)
	return fmt.Sprintf("%s (%.1f–%.1f)", partOf(k, n), 100*low, 100*high)
}

// partOf is "–" of nothing.
func partOf(k, n int) string {
	if n == 0 {
		return "–"
	}
	return shareOf(ratio(k, n))
}
