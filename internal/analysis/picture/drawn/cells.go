package drawn

import (
	"image"
	"math"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	leastTags   = 150     // a code of version 1 whose equal neighbours are merged has more cells
	leastColour = 60      // mentions of a background
	htmlLooked  = 1 << 20 // bytes
	mostCells   = 200_000
	leastSide   = 21 // modules
	mostSide    = 200
	pixels      = 4 // pixels a module when painted
)

// cell is one coloured box.
type cell struct {
	dark bool
	span int     // columns it says it takes
	px   float64 // its width in pixels, 0 when it says none
}

// Cells paints the codes drawn with coloured cells of tables or coloured boxes.
func Cells(source string) []image.Image {
	source = source[:min(len(source), htmlLooked)]
	if strings.Count(source, "<") < leastTags || mentions(source) < leastColour {
		return nil
	}
	w := walker{classes: map[string]bool{}, left: mostCells}
	w.walk(source)
	return w.out
}

// mentions counts what gives things a colour.
func mentions(source string) int {
	return strings.Count(source, "ackground") + strings.Count(source, "gcolor") + strings.Count(source, "GCOLOR") +
		strings.Count(source, "BgColor") + strings.Count(source, "BACKGROUND") + strings.Count(source, "class=")
}

// walker goes through the tags of a page and gathers rows of cells.
type walker struct {
	out     []image.Image
	classes map[string]bool // dark or not, of the classes in style sheets
	style   bool            // inside a style sheet
	line    bool            // whether the row's own colour is dark
	box     bool            // inside a coloured box that is no cell of a table
	row     []cell
	rows    [][]cell
	left    int // cells that may still be read
}

func (w *walker) walk(source string) {
	z := html.NewTokenizer(strings.NewReader(source))
	for w.left > 0 {
		switch z.Next() {
		case html.ErrorToken:
			w.endRow()
			w.endGrid()
			return
		case html.TextToken:
			w.text(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(atom.Lookup(name))
		}
	}
}

func (w *walker) start(z *html.Tokenizer) {
	raw, more := z.TagName()
	tag := atom.Lookup(raw)
	switch tag {
	case atom.Style:
		w.style = true
	case atom.Tr:
		w.endRow()
		_, w.line = w.look(z, more)
	case atom.Br, atom.Table, atom.P:
		w.endRow()
	case atom.Td, atom.Th:
		c, coloured := w.look(z, more)
		c.dark = c.dark || !coloured && w.line
		w.add(c)
	case atom.Span, atom.Div, atom.Font, atom.I, atom.B, atom.Em, atom.Strong, atom.Li, atom.A:
		w.boxed(tag, z, more)
	}
}

// boxed takes note of a coloured box that is no cell of a table.
func (w *walker) boxed(tag atom.Atom, z *html.Tokenizer, more bool) {
	c, coloured := w.look(z, more)
	if !coloured {
		if tag == atom.Div {
			w.endRow()
		}
		return
	}
	if c.px == 0 {
		c.span = 0 // as wide as the text in it
	}
	w.box = true
	w.add(c)
}

func (w *walker) end(tag atom.Atom) {
	switch tag {
	case atom.Style:
		w.style = false
	case atom.Tr, atom.Table, atom.P:
		w.endRow()
	case atom.Div:
		if !w.box {
			w.endRow()
		}
		w.box = false
	case atom.Span, atom.Font, atom.I, atom.B, atom.Em, atom.Strong, atom.Li, atom.A:
		w.box = false
	}
}

// text widens a box that is as wide as its text. Spaces that do not collapse,
// outside a box, are bright.
func (w *walker) text(z *html.Tokenizer) {
	if w.style {
		w.sheet(string(z.Text()))
		return
	}
	n, words := 0, false
	for _, r := range string(z.Text()) {
		if r == nbsp || r > ' ' {
			n++
			words = words || r != nbsp
		}
	}
	switch last := len(w.row) - 1; {
	case n == 0:
	case w.box && last >= 0 && w.row[last].px == 0:
		w.row[last].span += n
	case !w.box && (last < 0 && !words || last >= 0 && w.row[last].px == 0):
		w.add(cell{span: n})
	}
}

// nbsp is a space that takes its width wherever it stands.
const nbsp = 0xA0

func (w *walker) add(c cell) {
	if w.left--; w.left > 0 {
		w.row = append(w.row, c)
	}
}

// endRow keeps a row that can be part of a code; another one ends the drawing.
func (w *walker) endRow() {
	row := w.row
	w.row = nil
	switch {
	case len(row) == 0:
	case len(row) < 4:
		w.endGrid()
	case len(row) >= leastSide*leastSide:
		w.endGrid()
		w.wrapped(row)
	default:
		w.rows = append(w.rows, row)
	}
}

// wrapped reads boxes that flow on into the next line by themselves.
func (w *walker) wrapped(row []cell) {
	side := int(math.Sqrt(float64(len(row))))
	if side*side != len(row) || side > mostSide {
		return
	}
	for y := range side {
		w.rows = append(w.rows, row[y*side:(y+1)*side])
	}
	w.endGrid()
}

// endGrid paints the rows gathered when they can be a code.
func (w *walker) endGrid() {
	rows := w.rows
	w.rows = nil
	if len(rows) < leastSide || len(rows) > 2*mostSide || len(w.out) >= mostBlocks {
		return
	}
	if grid := even(rows); grid != nil {
		w.out = append(w.out, paintGrid(grid))
	}
}

// even lays the cells on a grid: by the columns they take, else by their widths.
func even(rows [][]cell) [][]bool {
	if grid := lay(rows, func(c cell) int { return c.span }); grid != nil {
		return grid
	}
	unit := math.Inf(1)
	for _, row := range rows {
		for _, c := range row {
			if c.px >= 1 {
				unit = min(unit, c.px)
			}
		}
	}
	return lay(rows, func(c cell) int { return int(math.Round(min(c.px/unit, mostSide))) })
}

// lay makes a grid of rows, nil when most are not equally wide, too narrow or too wide.
func lay(rows [][]cell, span func(cell) int) [][]bool {
	out := make([][]bool, 0, len(rows))
	widths := map[int]int{}
	for _, row := range rows {
		var line []bool
		for _, c := range row {
			for range min(span(c), mostSide) {
				line = append(line, c.dark)
			}
			if len(line) > 2*mostSide {
				return nil
			}
		}
		widths[len(line)]++
		out = append(out, line)
	}
	for width, n := range widths {
		if width >= leastSide && 10*n >= 9*len(rows) {
			return out
		}
	}
	return nil
}

func paintGrid(grid [][]bool) image.Image {
	const quiet = 4 * pixels
	wide := 0
	for _, row := range grid {
		wide = max(wide, len(row))
	}
	high := pixels
	if wide > len(grid)*3/2 {
		high = 2 * pixels // characters in boxes are twice as high as wide
	}
	img := blank(wide*pixels+2*quiet, len(grid)*high+2*quiet)
	for y, row := range grid {
		for x, dark := range row {
			if dark {
				fill(img, quiet+x*pixels, quiet+y*high, pixels, high)
			}
		}
	}
	return img
}
