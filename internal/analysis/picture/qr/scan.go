package qr

import "math"

// finder is a place that looks like one of the three corner marks: a square of
// three modules in a ring, so that any line through its middle is parted
// 1 : 1 : 3 : 1 : 1, whichever way the code is turned.
type finder struct {
	x, y   float64 // its middle, in pixels
	module float64 // width of a module along the line, in pixels
	dark   bool    // its middle is dark; else the code is inverted
	hits   int     // how many lines of the scan went through it
}

const (
	smallestModule = 1.2 // pixels; below, modules melt into one another
	stride         = 2   // every second line is scanned: the smallest middle is three modules high
	mostFinders    = 400 // candidates kept at one scale
)

// scanner goes along lines and remembers where the brightness crossed the cut,
// between pixels: at two pixels a module, whole pixels would be too coarse.
type scanner struct {
	p     *plane
	g     *ground
	found []finder
	cross [6]float64 // the last six crossings, the newest last
	n     int
}

// scan looks for corner marks along the lines of the picture.
func scan(p *plane, g *ground) []finder {
	s := scanner{p: p, g: g}
	for y := stride / 2; y < p.h && len(s.found) < mostFinders; y += stride {
		s.line(y)
	}
	return s.found
}

func (s *scanner) line(y int) {
	row := s.p.pix[y*s.p.w : (y+1)*s.p.w]
	cuts := s.g.cut[(y>>blockBits)*s.g.bw : (y>>blockBits+1)*s.g.bw]
	s.n = 0
	was, last := 0, 0 // the side of the last pixel and how far from the cut it was
	for bx, c := range cuts {
		if c == 0 {
			continue
		}
		cut := int(c)
		for x := bx * block; x < min((bx+1)*block, len(row)); x++ {
			d := int(row[x]) - cut
			side := 1
			if d < 0 {
				side = -1
			}
			if side != was {
				s.crossing(float64(x)-fraction(last, d), y, side)
			}
			was, last = side, d
		}
	}
	s.crossing(float64(len(row))-0.5, y, -was)
}

// fraction says how far before a pixel the cut was crossed.
func fraction(before, now int) float64 {
	if before == now || (before < 0) == (now < 0) {
		return 0.5
	}
	return float64(now) / float64(now-before)
}

// crossing takes note of an edge at x; side is what begins there.
func (s *scanner) crossing(x float64, y, side int) {
	copy(s.cross[:], s.cross[1:])
	s.cross[5] = x
	if s.n++; s.n < 6 {
		return
	}
	module, ok := parted(&s.cross)
	if !ok {
		return
	}
	s.check((s.cross[2]+s.cross[3])/2, float64(y), module, side > 0)
}

// parted reports whether five runs between six crossings are as 1:1:3:1:1, and
// how wide a module then is.
func parted(c *[6]float64) (float64, bool) {
	module := (c[5] - c[0]) / 7
	if module < smallestModule {
		return 0, false
	}
	slack := module*0.5 + 0.3
	for i := range 5 {
		want, off := module, slack
		if i == 2 {
			want, off = 3*module, 1.6*slack // what blurs an edge doesn't grow with the run
		}
		if math.Abs(c[i+1]-c[i]-want) > off {
			return 0, false
		}
	}
	return module, true
}

// check looks whether the lines across say the same as the line of the scan.
func (s *scanner) check(x, y, module float64, dark bool) {
	if s.again(x, y) {
		return
	}
	down, ok := s.across(x, y, 0, 1, module, dark)
	if !ok {
		return
	}
	y += down.shift
	right, ok := s.across(x, y, 1, 0, module, dark)
	if !ok {
		return
	}
	x += right.shift
	if _, ok = s.across(x, y, math.Sqrt2/2, math.Sqrt2/2, module, dark); !ok {
		return
	}
	s.found = append(s.found, finder{x: x, y: y, module: (down.module + right.module) / 2, dark: dark, hits: 1})
}

// again counts a line that goes through a mark already known.
func (s *scanner) again(x, y float64) bool {
	for i := len(s.found) - 1; i >= 0; i-- {
		f := &s.found[i]
		if math.Abs(f.x-x) < 1.5*f.module && math.Abs(f.y-y) < 2*f.module {
			f.hits++
			return true
		}
	}
	return false
}

// walk is what one line through a middle tells.
type walk struct {
	shift  float64 // how far the true middle lies along the line
	module float64
}

// across walks from a point both ways along (dx, dy) and looks for the same parting.
func (s *scanner) across(x, y, dx, dy, module float64, dark bool) (walk, bool) {
	var c [6]float64
	for i, sign := range [2]float64{-1, 1} {
		var edges [3]float64
		if !s.edges(x, y, sign*dx, sign*dy, 8*module, dark, &edges) {
			return walk{}, false
		}
		for j, e := range edges {
			if i == 0 {
				c[2-j] = -e
			} else {
				c[3+j] = e
			}
		}
	}
	m, ok := parted(&c)
	if !ok || m > 2*module || m < module/2 {
		return walk{}, false
	}
	return walk{shift: (c[2] + c[3]) / 2, module: m}, true
}

// edges finds the next three crossings from a point in one direction, none
// farther than most pixels.
func (s *scanner) edges(x, y, dx, dy, most float64, dark bool, out *[3]float64) bool {
	const step = 0.5
	inside, found := dark, 0
	before := s.depth(x, y)
	if (before < 0) != dark {
		return false
	}
	for d := step; d < most; d += step {
		px, py := x+d*dx, y+d*dy
		if px < -0.5 || py < -0.5 || px > float64(s.p.w)-0.5 || py > float64(s.p.h)-0.5 {
			if found == 2 {
				out[2] = d
				return true
			}
			return false
		}
		now := s.depth(px, py)
		if (now < 0) != inside {
			out[found] = d - step*now/(now-before)
			inside = !inside
			if found++; found == 3 {
				return true
			}
		}
		before = now
	}
	return false
}

// depth is how much brighter than the cut the picture is at a point; in flat
// surroundings it is taken as bright.
func (s *scanner) depth(x, y float64) float64 { return depth(s.p, s.g, x, y) }

func depth(p *plane, g *ground, x, y float64) float64 {
	px, py := min(max(int(x+0.5), 0), p.w-1), min(max(int(y+0.5), 0), p.h-1)
	cut := float64(g.at(px, py))
	if d := p.at(x, y) - cut; d != 0 {
		return d
	}
	return 0.01
}
