// Package qr finds and reads QR codes (ISO/IEC 18004) in pictures.
//
// A QR code is found by its three corner marks: squares in a ring, which any
// line through their middle parts as 1:1:3:1:1. The picture is scanned line by
// line for that parting, at full size and at a half, a quarter and so on, so
// that each code is seen at a scale at which its modules are a few pixels wide.
// Edges are placed between pixels, dark is told from bright block by block, and
// a mark counts whether it is dark on bright or the other way round. Marks that
// stand at a right angle, equally far, are tried as one code: the two lines of
// alternating modules between them say how large it is, and whether it is a
// code at all. Only then are its modules read, and its bits decoded.
//
// Nothing depends on time: work is counted, and Read says when it gave up.
package qr

import (
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

// Code is one QR code found in a picture.
type Code struct {
	Text     string          // what it says; "" when it can't be read
	Unread   bool            // it looks like a code, and can't be read
	Inverted bool            // bright on dark
	Place    image.Rectangle // where it is, in pixels of the picture
}

// Result is what Read found.
type Result struct {
	Codes []Code // at most 16
	Spent bool   // work ran out before everything was tried
}

const (
	mostCodes   = 16
	mostTries   = 400  // threes of marks looked at in one picture
	mostBends   = 90   // searches for a fourth mark, of threes that do not fit without
	mostReads   = 60   // times that bits are decoded
	leastSide   = 24   // pixels: no code can be read in less
	leastTiming = 0.72 // share of the alternating modules that must fit to read further
	sureTiming  = 0.88 // share from which it is a code, read or not
)

// Read finds the QR codes of a picture. The caller limits its size: the work
// grows with the number of pixels, about ten nanoseconds each.
func Read(img image.Image) Result {
	if img == nil || img.Bounds().Empty() {
		return Result{}
	}
	s := search{tries: mostTries, bends: mostBends, reads: mostReads}
	s.offset = img.Bounds().Min
	scale := 1.0
	for p := luminance(img); min(p.w, p.h) >= leastSide; p = p.half() {
		s.level(p, scale)
		scale *= 2
	}
	return s.result()
}

// search gathers the codes of one picture over all scales.
type search struct {
	offset image.Point
	codes  []Code
	doubts []Code
	spent  bool

	tries, bends, reads int // work that may still be done
}

func (s *search) result() Result {
	r := Result{Codes: s.codes, Spent: s.spent}
	for _, d := range s.doubts {
		if !covered(r.Codes, d.Place) && len(r.Codes) < mostCodes {
			r.Codes = append(r.Codes, d)
		}
	}
	return r
}

// covered reports whether a place is, for the most part, that of a code.
func covered(codes []Code, at image.Rectangle) bool {
	for _, c := range codes {
		both := c.Place.Intersect(at)
		if 2*both.Dx()*both.Dy() > min(at.Dx()*at.Dy(), c.Place.Dx()*c.Place.Dy()) {
			return true
		}
	}
	return false
}

// level looks for codes at one scale.
func (s *search) level(p *plane, scale float64) {
	g := newGround(p)
	found := scan(p, g)
	s.spent = s.spent || len(found) >= mostFinders
	marks, all := strongest(found)
	s.spent = s.spent || !all
	used := make([]bool, len(marks))
	for _, k := range group(marks) {
		if used[k.a] || used[k.b] || used[k.c] || covered(s.codes, place(marks, k, scale)) {
			continue
		}
		if s.tries--; s.tries < 0 || len(s.codes) >= mostCodes {
			s.spent = true
			return
		}
		r := reader{p: p, g: g, dark: marks[k.a].dark}
		if s.try(&r, marks, k, scale) {
			used[k.a], used[k.b], used[k.c] = true, true, true
		}
	}
}

// try reads three marks as one code.
func (s *search) try(r *reader, marks []finder, k corner, scale float64) bool {
	g, timing := s.lay(r, marks, k)
	if timing < leastTiming {
		return false
	}
	c := Code{Inverted: !r.dark, Place: place(marks, k, scale).Add(s.offset)}
	for _, try := range [2]*grid{g, r.align(g)} {
		if s.reads--; s.reads < 0 {
			s.spent = true
			return false
		}
		if text, ok := decode(r.modules(try)); ok {
			c.Text = text
			s.codes = append(s.codes, c)
			return true
		}
	}
	if timing >= sureTiming && !covered(s.doubts, c.Place) {
		c.Unread = true
		s.doubts = append(s.doubts, c)
	}
	return false
}

// lay finds the number of modules at which the alternating lines fit best. Of a
// code seen aslant they only fit once the grid goes through the fourth mark.
func (s *search) lay(r *reader, marks []finder, k corner) (best *grid, timing float64) {
	for _, d := range [5]int{0, -4, 4, -8, 8} {
		size := k.size + d
		if size < smallest || size > largest {
			continue
		}
		g := flat(marks, k, size)
		t := r.timing(g)
		if t < leastTiming && max(d, -d) <= 4 && s.bends > 0 {
			s.bends--
			g = r.align(g)
			t = r.timing(g)
		}
		if t > timing+0.02 {
			best, timing = g, t
		}
	}
	return best, timing
}

// modules reads all modules of a code, row after row.
func (r *reader) modules(g *grid) [][]bool {
	out := make([][]bool, g.size)
	for v := range out {
		out[v] = make([]bool, g.size)
		for u := range out[v] {
			out[v][u] = r.black(g, float64(u)+0.5, float64(v)+0.5)
		}
	}
	return out
}

// place is where a code with these marks is, in pixels of the whole picture.
func place(marks []finder, k corner, scale float64) image.Rectangle {
	a, b, c := marks[k.a], marks[k.b], marks[k.c]
	dx, dy := b.x+c.x-a.x, b.y+c.y-a.y // the middle of the corner without mark
	edge := 4 * k.module
	x0, x1 := min(a.x, b.x, c.x, dx)-edge, max(a.x, b.x, c.x, dx)+edge
	y0, y1 := min(a.y, b.y, c.y, dy)-edge, max(a.y, b.y, c.y, dy)+edge
	return image.Rect(int(x0*scale), int(y0*scale), int(x1*scale), int(y1*scale))
}

// decode reads the bits. Mirrored codes are read as well.
func decode(modules [][]bool) (text string, ok bool) {
	bits, err := gozxing.ParseBoolMapToBitMatrix(modules)
	if err != nil {
		return "", false
	}
	r, err := decoder.NewDecoder().DecodeWithoutHint(bits)
	if err != nil {
		return "", false
	}
	return r.GetText(), true
}
