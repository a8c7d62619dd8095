// Package drawn makes pictures of codes that are drawn without a picture: with
// characters (whole, half and quarter blocks, braille dots, "##", 0 and 1, any
// two signs) and with the coloured cells of HTML.
//
// Such drawings go past everything that looks at images, and a telephone reads
// them from the screen all the same. Nothing is recognised here: what may be a
// drawing is painted, and the reader of codes looks at it.
package drawn

import (
	"image"
	"strings"
	"unicode"
)

const (
	leastLines  = 6   // braille draws 21 modules in six lines
	mostLines   = 400 // of one drawing
	leastWide   = 8   // characters of a line; shorter ones end a drawing
	mostWide    = 400 // characters of a line
	mostSigns   = 6   // different characters of a line that is drawing
	mostInAll   = 20  // different characters of one drawing: the quarter blocks are 16
	mostBlocks  = 4   // drawings looked at in one text
	textLooked  = 1 << 20
	allOfIt     = 0xff // a character that is wholly dark
	moduleUnits = 2    // pixels of the smallest part of a character
)

// Chars paints the drawings in a text, each in two shapes: with characters twice
// as high as wide, and with square ones.
func Chars(text string) []image.Image {
	var out []image.Image
	var lines []string
	blocks := 0
	end := func() {
		if len(lines) >= leastLines && blocks < mostBlocks {
			if p := paintLines(lines); p != nil {
				out = append(out, p...)
				blocks++
			}
		}
		lines = nil
	}
	for line := range strings.Lines(text[:min(len(text), textLooked)]) {
		line = unquoted(strings.TrimRight(line, "\r\n"))
		switch {
		case line == "":
		case drawing(line) && len(lines) < mostLines:
			lines = append(lines, line)
		default:
			end()
		}
	}
	end()
	return out
}

// unquoted takes away the mark of a quoted line.
func unquoted(line string) string {
	if rest, ok := strings.CutPrefix(line, ">"); ok {
		return strings.TrimPrefix(rest, " ")
	}
	return line
}

// drawing reports whether a line has few different characters.
func drawing(line string) bool {
	var signs [mostSigns]rune
	n, wide := 0, 0
	for _, r := range line {
		if wide++; wide > mostWide {
			return false
		}
		if n > 0 && signs[n-1] == r {
			continue
		}
		known := false
		for _, s := range signs[:n] {
			known = known || s == r
		}
		if known {
			continue
		}
		if n == mostSigns && pattern(r) == unknown {
			return false
		}
		if n < mostSigns {
			signs[n] = r
			n++
		}
	}
	return wide >= leastWide
}

// paintLines paints one drawing; nil when it is none.
func paintLines(lines []string) []image.Image {
	ink := inkOf(lines)
	if ink == nil {
		return nil
	}
	rows := make([][]int, len(lines))
	wide := 0
	for y, line := range lines {
		for _, r := range line {
			if mark, ok := ink[r]; ok {
				rows[y] = append(rows[y], mark)
			}
		}
		wide = max(wide, len(rows[y]))
	}
	if across, down := finest(ink); wide*across < leastSide || len(rows)*down < leastSide {
		return nil // smaller than the smallest code
	}
	return []image.Image{paintChars(rows, wide, 1), paintChars(rows, wide, 2)}
}

// finest gives how many modules a character of a drawing can hold, across and
// down: one where all are wholly dark or light.
func finest(ink map[rune]int) (across, down int) {
	const firstAndThird = 0b00110011 // of the four parts one above the other
	across, down = 1, 1
	for _, mark := range ink {
		if mark&leftHalf != mark>>1&leftHalf {
			across = 2
		}
		switch {
		case mark&firstAndThird != mark>>2&firstAndThird:
			down = 4
		case mark&upperHalf != mark>>4:
			down = max(down, 2)
		}
	}
	return across, down
}

// inkOf says which part of each character of a drawing is dark. Of two
// characters one is dark, whichever they are: a code may be inverted.
func inkOf(lines []string) map[rune]int {
	ink := map[rune]int{}
	var order []rune
	for _, line := range lines {
		for _, r := range line {
			if _, ok := ink[r]; ok || widthless(r) {
				continue
			}
			if ink[r] = pattern(r); len(ink) > mostInAll {
				return nil
			}
			order = append(order, r)
		}
	}
	if len(order) == 2 && unicode.IsSpace(order[0]) && unicode.IsSpace(order[1]) {
		return nil // nothing that anyone or any camera sees, such as tabs and spaces between the tags of a page
	}
	if len(order) == 2 && alike(ink[order[0]], ink[order[1]]) {
		return map[rune]int{order[0]: allOfIt, order[1]: 0}
	}
	for _, mark := range ink {
		if mark == unknown {
			return nil
		}
	}
	if len(order) < 2 {
		return nil
	}
	return ink
}

func widthless(r rune) bool {
	return r == 0xFEFF || r == 0xFE0E || r == 0xFE0F || r >= 0x200B && r <= 0x200F
}

// alike reports whether two characters do not say by themselves which of them
// is the dark one.
func alike(a, b int) bool { return a == b || a == unknown && solid(b) || b == unknown && solid(a) }

func solid(mark int) bool { return mark == 0 || mark == allOfIt }

// paintChars paints characters of two by four parts; wider is how many times as
// wide as high a part is.
func paintChars(rows [][]int, wide, wider int) *image.Gray {
	const quiet = 8
	w, h := moduleUnits*wider, moduleUnits
	img := blank(2*w*wide+2*quiet, 4*h*len(rows)+2*quiet)
	for y, row := range rows {
		for x, mark := range row {
			for part := range 8 {
				if mark>>part&1 != 0 {
					fill(img, quiet+(2*x+part&1)*w, quiet+(4*y+part>>1)*h, w, h)
				}
			}
		}
	}
	return img
}

func blank(w, h int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	return img
}

func fill(img *image.Gray, x, y, w, h int) {
	for j := y; j < y+h; j++ {
		clear(img.Pix[j*img.Stride+x : j*img.Stride+x+w])
	}
}
