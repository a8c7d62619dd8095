package qr

import (
	"cmp"
	"math"
	"slices"
)

// corner is three marks that may belong to one code: at its top left, at its
// top right and at its bottom left.
type corner struct {
	a, b, c int     // positions in the list of finders
	size    int     // modules a side, by the distance of the marks
	module  float64 // pixels
	bad     float64 // how far from a right angle with equal sides
}

const (
	mostMarks  = 120  // marks put together at one scale
	leastHits  = 2    // lines that must go through a mark
	smallest   = 21   // modules a side of version 1
	largest    = 177  // modules a side of version 40
	unequal    = 1.45 // the longer side may be so much longer: a code seen from the side
	notUpright = 0.35 // cosine of the angle, 0 when upright
	twoSizes   = 1.5  // modules of marks of one code may differ by so much
)

// strongest keeps the marks that most lines went through.
func strongest(found []finder) (marks []finder, all bool) {
	marks = slices.DeleteFunc(found, func(f finder) bool { return f.hits < leastHits })
	slices.SortStableFunc(marks, func(a, b finder) int { return cmp.Compare(b.hits, a.hits) })
	if len(marks) > mostMarks {
		return marks[:mostMarks], false
	}
	return marks, true
}

// group lists the threes of marks that may be a code, the best first.
func group(marks []finder) []corner {
	var out []corner
	for a := range marks {
		near := like(marks, a)
		for i, b := range near {
			for _, c := range near[i+1:] {
				if k, ok := right(marks, a, b, c); ok {
					out = append(out, k)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y corner) int { return cmp.Compare(x.bad, y.bad) })
	return out
}

// like lists the marks that may belong to one code with mark a.
func like(marks []finder, a int) []int {
	var out []int
	for i, f := range marks {
		ratio := f.module / marks[a].module
		far := math.Hypot(f.x-marks[a].x, f.y-marks[a].y) / f.module
		if i != a && f.dark == marks[a].dark && ratio < twoSizes && ratio > 1/twoSizes && far > 8 && far < 1.5*largest {
			out = append(out, i)
		}
	}
	return out
}

// right reports whether b and c stand at a right angle around a, equally far.
func right(marks []finder, a, b, c int) (corner, bool) {
	bx, by := marks[b].x-marks[a].x, marks[b].y-marks[a].y
	cx, cy := marks[c].x-marks[a].x, marks[c].y-marks[a].y
	lb, lc := math.Hypot(bx, by), math.Hypot(cx, cy)
	ratio, cos := max(lb, lc)/min(lb, lc), math.Abs(bx*cx+by*cy)/(lb*lc)
	if ratio > unequal || cos > notUpright {
		return corner{}, false
	}
	if bx*cy-by*cx < 0 {
		b, c, bx, by = c, b, cx, cy
	}
	module := (marks[a].module + marks[b].module + marks[c].module) / 3
	module *= max(math.Abs(bx), math.Abs(by)) / math.Hypot(bx, by) // a line cuts a turned square at a slant
	size := (lb+lc)/2/module + 7
	if size < smallest-4 || size > largest+8 {
		return corner{}, false
	}
	return corner{a: a, b: b, c: c, module: module, size: nearest(size), bad: ratio - 1 + cos}, true
}

// nearest is the next number of modules that a code can have: 21, 25, … 177.
func nearest(size float64) int {
	return min(max(int(math.Round((size-17)/4))*4+17, smallest), largest)
}
