package exhibit

import (
	"image"
	"image/color"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fonts are the Go fonts, read once: they write Latin, Greek and Cyrillic.
//
//nolint:gochecknoglobals // read once
var fonts = sync.OnceValues(func() ([2]*sfnt.Font, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return [2]*sfnt.Font{}, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	return [2]*sfnt.Font{regular, bold}, err
})

// pen writes in one weight and can be changed for the other. A pen is for one
// drawing: a face is not safe for concurrent use.
type pen struct {
	face  font.Face
	font  *sfnt.Font
	buf   sfnt.Buffer
	other *pen
	bold  bool
}

func newPen() (*pen, error) {
	all, err := fonts()
	if err != nil {
		return nil, err
	}
	var pens [2]*pen
	for i, f := range all {
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			return nil, err
		}
		pens[i] = &pen{face: face, font: f, bold: i == 1}
	}
	pens[0].other, pens[1].other = pens[1], pens[0]
	return pens[0], nil
}

func (p *pen) weight(bold bool) *pen {
	if p.bold == bold {
		return p
	}
	return p.other
}

// known replaces what the fonts can't write: spaces of other widths by a space,
// other scripts and pictograms by a box, what steers text by nothing.
func (p *pen) known(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		if r == '\u202f' || r == '\u00a0' || r == '\u2009' {
			return '\u00a0'
		}
		if i, err := p.font.GlyphIndex(&p.buf, r); err != nil || i == 0 {
			return '□'
		}
		return r
	}, text)
}

func (p *pen) width(text string) int { return font.MeasureString(p.face, text).Ceil() }

// lines breaks text into lines of a width, at most so many; what is too long ends
// in an ellipsis.
func (p *pen) lines(text string, width, most int) []string {
	var out []string
	current := ""
	for word := range strings.SplitSeq(p.known(text), " ") {
		for _, piece := range p.pieces(word, width) {
			next := strings.TrimPrefix(current+" "+piece, " ")
			if p.width(next) <= width {
				current = next
				continue
			}
			out, current = append(out, current), piece
		}
	}
	out = append(out, current)
	if len(out) <= most {
		return out
	}
	last := []rune(out[most-1])
	for len(last) > 0 && p.width(string(last)+"…") > width {
		last = last[:len(last)-1]
	}
	return append(out[:most-1], string(last)+"…")
}

// pieces cuts a word that is wider than a line.
func (p *pen) pieces(word string, width int) []string {
	if p.width(word) <= width {
		return []string{word}
	}
	var out []string
	from := 0
	for i := range word {
		if i > from && p.width(word[from:i]) > width-size {
			out, from = append(out, word[from:i]), i
		}
	}
	return append(out, word[from:])
}

func (p *pen) write(img *image.RGBA, x, y int, text string, c color.Color) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: p.face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}
