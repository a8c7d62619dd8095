package page

import (
	"fmt"
	"slices"
	"strconv"
)

// The chart is drawn on this grid; the style sheet scales it.
const (
	chartWidth  = 640
	chartHeight = 220
	chartLeft   = 36
	chartFoot   = 24
	chartHead   = 12
)

// bar is one week as a rectangle, its dangerous part inside.
type bar struct {
	X, W, Y, H       string
	ThreatY, ThreatH string
	Label            string // date below, "" for most
	LabelX           string
	Anchor           string // of the label: the first starts at its bar, so that nothing is cut
	Title            string
}

// gridline is one horizontal line with its number.
type gridline struct {
	Y, TextY, Label string
}

// chart is what the SVG shows.
type chart struct {
	Bars  []bar
	Lines []gridline
}

// weeksChart lays reports per week out as bars.
func weeksChart(f Frame, weeks []Week) chart {
	top := 1
	told := tellable(weeks)
	for _, w := range told {
		top = max(top, w.Reports)
	}
	step := niceStep(top)
	top = (top + step - 1) / step * step
	high := float64(chartHeight - chartFoot - chartHead)
	at := func(n int) float64 { return chartHead + high*(1-float64(n)/float64(top)) }
	var c chart
	for n := 0; n <= top; n += step {
		c.Lines = append(c.Lines, gridline{Y: px(at(n)), TextY: px(at(n) + 4), Label: f.Number(n)})
	}
	slot := float64(chartWidth-chartLeft) / float64(max(len(weeks), 1))
	every := max(1, (len(weeks)+5)/6)
	for i, w := range told {
		x := chartLeft + slot*float64(i)
		b := bar{X: px(x + slot*0.15), W: px(slot * 0.7), LabelX: px(x + slot/2),
			Y: px(at(w.Reports)), H: px(at(0) - at(w.Reports)),
			ThreatY: px(at(w.Threats)), ThreatH: px(at(0) - at(w.Threats)),
			Title: barTitle(f, weeks[i])}
		if i%every == 0 && (i == 0 || len(weeks)-i > every/2) {
			b.Label, b.Anchor = f.dayMonth(w.Start), "middle"
		}
		if i == 0 {
			b.LabelX, b.Anchor = px(x), "start"
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

// tellable empties the weeks whose figures are about fewer than five people.
func tellable(weeks []Week) []Week {
	out := slices.Clone(weeks)
	for i := range out {
		if !shown(out[i].People) {
			out[i].Reports, out[i].Threats = 0, 0
		}
		if out[i].hidesThreats() {
			out[i].Threats = 0
		}
	}
	return out
}

// barTitle says one week.
func barTitle(f Frame, w Week) string {
	if !shown(w.People) {
		return f.Day(w.Start) + ": " + f.T("numbers.too-few")
	}
	if w.hidesThreats() {
		return f.T("numbers.bar-all", "week", f.Day(w.Start), "n", w.Reports)
	}
	return f.T("numbers.bar", "week", f.Day(w.Start), "n", w.Reports, "threats", f.Number(w.Threats))
}

// niceStep is a round step that gives at most five lines up to top.
func niceStep(top int) int {
	for step := 1; ; step *= 10 {
		for _, m := range []int{1, 2, 5} {
			if step*m*5 >= top {
				return step * m
			}
		}
	}
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// viewBox is the chart's own grid.
func viewBox() string { return fmt.Sprintf("0 0 %d %d", chartWidth, chartHeight) }

// shown reports whether figures about n people may be told.
func shown(n int) bool { return n >= Few }

// share is a/b, 0 when b is.
func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
