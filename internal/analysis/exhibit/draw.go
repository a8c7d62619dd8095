package exhibit

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"
)

// The picture is drawn for screens with small dots, at twice its size in a mail
// (Width), and in few colours, so that it stays light.
const (
	Width   = 560 // as it is shown, in CSS pixels
	scale   = 2
	wide    = Width * scale
	margin  = 20 * scale
	labels  = 92 * scale // room for what a row is
	gap     = 12 * scale
	size    = 15 * scale // of the letters, in pixels
	leading = 21 * scale
	radius  = 10 * scale // of a pin
	mostRow = 2          // lines of a row
	mostSay = 4          // lines of a reason
)

// The colours are those of the pages, on white: a letter may be read on any
// ground, and a picture does not change with it.
//
//nolint:gochecknoglobals // a constant table
var palette = color.Palette{white, paper, ink, quiet, line, mark, care,
	blend(white, ink), blend(paper, quiet), blend(mark, ink), blend(white, quiet), blend(care, white), blend(white, line), blend(white, mark)}

//nolint:gochecknoglobals // constants
var (
	white = color.RGBA{0xff, 0xff, 0xff, 0xff}
	paper = color.RGBA{0xf2, 0xef, 0xe8, 0xff}
	ink   = color.RGBA{0x1d, 0x24, 0x30, 0xff}
	quiet = color.RGBA{0x52, 0x5c, 0x6b, 0xff}
	line  = color.RGBA{0xe2, 0xdd, 0xd2, 0xff}
	mark  = color.RGBA{0xff, 0xe3, 0xa8, 0xff}
	care  = color.RGBA{0x8a, 0x5a, 0x00, 0xff}
)

func blend(a, b color.RGBA) color.RGBA {
	mid := func(x, y uint8) uint8 { return uint8((int(x) + int(y)) / 2) }
	return color.RGBA{mid(a.R, b.R), mid(a.G, b.G), mid(a.B, b.B), 0xff}
}

// Draw draws the card as a PNG. The same card always makes the same bytes.
func Draw(c Card, w Words) ([]byte, error) {
	pen, err := newPen()
	if err != nil {
		return nil, fmt.Errorf("exhibit: %w", err)
	}
	sheet := sheet{pen: pen}
	sheet.lay(c, w) // once to learn its height, once to draw
	sheet.img = image.NewRGBA(image.Rect(0, 0, wide, sheet.y))
	draw.Draw(sheet.img, sheet.img.Bounds(), image.NewUniform(white), image.Point{}, draw.Src)
	sheet.lay(c, w)
	var out bytes.Buffer
	if err := png.Encode(&out, few(sheet.img)); err != nil {
		return nil, fmt.Errorf("exhibit: %w", err)
	}
	return out.Bytes(), nil
}

// few reduces a picture to the colours of the palette. Neighbours are mostly
// alike, so the nearest colour is looked for once in a run.
func few(img *image.RGBA) *image.Paletted {
	out := image.NewPaletted(img.Bounds(), palette)
	var last [4]uint8
	index := uint8(0)
	for i := range out.Pix {
		if p := [4]uint8(img.Pix[4*i : 4*i+4]); p != last {
			last, index = p, uint8(palette.Index(color.RGBA{p[0], p[1], p[2], p[3]}))
		}
		out.Pix[i] = index
	}
	return out
}

// sheet is the picture while it is laid out from top to bottom. Without img
// only its height is learned.
type sheet struct {
	pen *pen
	img *image.RGBA
	y   int
}

func (s *sheet) lay(c Card, w Words) {
	s.y = 0
	s.box(0, 0, wide, leading+2*gap, paper)
	s.y = gap
	s.say(margin, wide-margin, w.Title, quiet, true, 1)
	s.y += gap
	s.rule()
	s.y += gap
	for _, r := range c.Rows {
		s.row(r, w.Kinds[r.Kind])
	}
	s.y += gap / 2
	s.rule()
	s.y += gap
	for i, reason := range c.Reasons {
		s.reason(i+1, reason)
	}
	s.y += gap / 2
	s.frame()
}

// row is what stands in the message; a place that is pointed at is marked, as
// with a felt pen, and has its numbers beside it.
func (s *sheet) row(r Row, label string) {
	top := s.y
	s.say(margin, margin+labels, label, quiet, false, 1)
	bottom := s.y
	s.y = top
	left, right := margin+labels+gap, wide-margin-len(r.Pins)*(2*radius+gap/2)
	if len(r.Pins) > 0 {
		lines := s.pen.lines(r.Text, right-left-gap, mostRow)
		s.box(left-gap/2, top-gap/4, right-gap/2, top+len(lines)*leading+gap/4, mark)
	}
	s.say(left, right-gap, r.Text, ink, r.Kind == Subject, mostRow)
	for i, n := range r.Pins {
		s.pin(right+radius+i*(2*radius+gap/2), top+leading/2, n)
	}
	s.y = max(s.y, bottom) + gap
}

// reason says what a number means.
func (s *sheet) reason(n int, text string) {
	s.pin(margin+radius, s.y+leading/2, n)
	s.say(margin+2*radius+gap, wide-margin, text, ink, false, mostSay)
	s.y += gap
}

// say writes text between two edges, and goes on below it.
func (s *sheet) say(left, right int, text string, c color.Color, bold bool, most int) {
	p := s.pen.weight(bold)
	for _, one := range p.lines(text, right-left, most) {
		if s.img != nil {
			p.write(s.img, left, s.y+leading*3/4, one, c)
		}
		s.y += leading
	}
}

func (s *sheet) box(x0, y0, x1, y1 int, c color.Color) {
	if s.img != nil {
		draw.Draw(s.img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

func (s *sheet) rule() { s.box(0, s.y, wide, s.y+scale, line) }

// frame draws the edge of the card.
func (s *sheet) frame() {
	for _, r := range [][4]int{{0, 0, wide, scale}, {0, s.y - scale, wide, s.y}, {0, 0, scale, s.y}, {wide - scale, 0, wide, s.y}} {
		s.box(r[0], r[1], r[2], r[3], line)
	}
}

// pin draws a number in a disc.
func (s *sheet) pin(x, y, n int) {
	if s.img == nil {
		return
	}
	for dy := -radius; dy <= radius; dy++ {
		half := int(math.Sqrt(float64(radius*radius - dy*dy)))
		s.box(x-half, y+dy, x+half, y+dy+1, care)
	}
	text := strconv.Itoa(n)
	p := s.pen.weight(true)
	p.write(s.img, x-p.width(text)/2, y+size*3/8, text, white)
}
