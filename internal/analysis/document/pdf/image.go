package pdf

import (
	"image"
	"image/color"
	"iter"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/raster"
)

// Limits of pictures.
const (
	mostImages  = 20
	mostPixels  = 12 << 20 // of one picture
	smallestPic = 20       // width and height below which no picture says anything
)

// Images gives the pictures of a PDF, one at a time, those that pure Go can
// read: JPEG, and plain samples in grey, RGB, CMYK or a palette. A mask is a
// picture as well, since a code can be drawn with it alone.
func Images(b []byte, budget *paper.Budget) iter.Seq[image.Image] {
	return func(yield func(image.Image) bool) {
		f := open(b, budget)
		if f.locked() {
			return
		}
		n := 0
		for _, o := range f.all {
			if n >= mostImages || budget.Bytes == 0 {
				return
			}
			if o.raw == nil || f.get(o.dict()["Subtype"]) != name("Image") {
				continue
			}
			if img := f.image(o); img != nil {
				n++
				if !yield(img) {
					return
				}
			}
		}
	}
}

func (f *file) image(o *object) image.Image {
	d := o.dict()
	w, h := int(f.number(d["Width"])), int(f.number(d["Height"]))
	if w < smallestPic || h < smallestPic || w > mostPixels || h > mostPixels || w*h > mostPixels {
		return nil
	}
	body, kind := f.bytes(o, 4*mostPixels)
	switch kind {
	case "DCTDecode", "DCT":
		return f.jpeg(body)
	case "":
		return f.samples(d, body, w, h)
	}
	return nil
}

func (f *file) jpeg(body []byte) image.Image {
	s, ok := raster.Measure(body)
	if !ok || s.Cost > mostPixels || !f.take(s.Cost) {
		return nil
	}
	return raster.Decode(body)
}

// colours is how samples become colours.
type colours struct {
	n       int     // samples a pixel
	palette []uint8 // grey of each index, nil without a palette
}

// samples reads plain pixels into grey: a code needs no colour.
func (f *file) samples(d dict, body []byte, w, h int) image.Image {
	bits := orElse(int(f.number(d["BitsPerComponent"])), 1)
	c := f.colours(d["ColorSpace"], 0)
	if f.get(d["ImageMask"]) == true {
		bits, c = 1, colours{n: 1}
	}
	row := (w*c.n*bits + 7) / 8
	if bits != 1 && bits != 2 && bits != 4 && bits != 8 || c.n == 0 || len(body) < row*h || row == 0 || !f.take(w*h/2) {
		return nil
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	turned := f.turned(d)
	for y := range h {
		line := body[y*row : (y+1)*row]
		for x := range w {
			g := c.grey(line, x, bits)
			if turned {
				g = 255 - g
			}
			img.Pix[y*img.Stride+x] = g
		}
	}
	return img
}

// turned reports whether the samples count down (Decode [1 0]).
func (f *file) turned(d dict) bool {
	a := f.array(d["Decode"])
	return len(a) >= 2 && f.number(a[0]) > f.number(a[1])
}

// colours reads a colour space (8.6).
func (f *file) colours(v any, depth int) colours {
	v = f.get(v)
	kind, _ := v.(name)
	a, _ := v.([]any)
	if len(a) > 0 {
		kind, _ = f.get(a[0]).(name)
	}
	switch kind {
	case "DeviceRGB", "CalRGB", "Lab", "RGB":
		return colours{n: 3}
	case "DeviceCMYK", "CMYK":
		return colours{n: 4}
	case "ICCBased":
		if len(a) > 1 {
			return colours{n: int(min(max(f.number(f.dict(a[1])["N"]), 0), 4))}
		}
	case "Indexed", "I":
		if len(a) >= 4 && depth == 0 {
			return f.indexed(a)
		}
	case "DeviceGray", "CalGray", "G", "Separation":
		return colours{n: 1}
	}
	return colours{}
}

func (f *file) indexed(a []any) colours {
	base := f.colours(a[1], 1)
	s := f.string(a[3])
	table := []byte(s[:min(len(s), 4<<10)])
	if o := f.target(a[3]); o != nil && o.raw != nil {
		table, _ = f.bytes(o, 4<<10)
	}
	c := colours{n: 1, palette: make([]uint8, 256)}
	for i := range c.palette {
		if base.n > 0 && (i+1)*base.n <= len(table) {
			c.palette[i] = base.grey(table, i, 8)
		}
	}
	return c
}

// grey gives how bright pixel x of a line is.
func (c colours) grey(line []byte, x, bits int) uint8 {
	if bits < 8 {
		v := sample(line, x*c.n, bits)
		switch {
		case c.palette != nil:
			return c.palette[v]
		default:
			return v * (255 / (1<<bits - 1))
		}
	}
	p := line[x*c.n : x*c.n+c.n]
	switch {
	case c.palette != nil:
		return c.palette[p[0]]
	case c.n == 3:
		return uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
	case c.n == 4:
		r, g, b := color.CMYKToRGB(p[0], p[1], p[2], p[3])
		return uint8((299*int(r) + 587*int(g) + 114*int(b)) / 1000)
	}
	return p[0]
}

// sample reads sample number i of a line with 1, 2 or 4 bits each.
func sample(line []byte, i, bits int) uint8 {
	at := i * bits
	return line[at/8] >> (8 - bits - at%8) & (1<<bits - 1)
}
