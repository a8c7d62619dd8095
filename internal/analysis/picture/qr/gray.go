package qr

import (
	"image"
	"image/color"
)

// plane is a picture as brightness only, one byte a pixel, row after row.
type plane struct {
	pix  []uint8
	w, h int
}

func newPlane(w, h int) *plane { return &plane{pix: make([]uint8, w*h), w: w, h: h} }

// luminance reads the brightness of a picture, over white where it lets light
// through. The kinds that the decoders give are read without a call per pixel.
func luminance(img image.Image) *plane {
	b := img.Bounds()
	p := newPlane(b.Dx(), b.Dy())
	switch src := img.(type) {
	case *image.Gray:
		p.copyRows(src.Pix[src.PixOffset(b.Min.X, b.Min.Y):], src.Stride)
	case *image.YCbCr:
		p.copyRows(src.Y[src.YOffset(b.Min.X, b.Min.Y):], src.YStride)
	case *image.NRGBA:
		p.fill(src.Pix[src.PixOffset(b.Min.X, b.Min.Y):], src.Stride, false)
	case *image.RGBA:
		p.fill(src.Pix[src.PixOffset(b.Min.X, b.Min.Y):], src.Stride, true)
	case *image.Paletted:
		p.fillPaletted(src)
	case image.RGBA64Image:
		p.fillDeep(src)
	default:
		p.fillAny(img)
	}
	return p
}

func (p *plane) copyRows(from []uint8, stride int) {
	for y := range p.h {
		copy(p.pix[y*p.w:(y+1)*p.w], from[y*stride:])
	}
}

// fill reads four bytes a pixel; multiplied says whether alpha is already in them.
func (p *plane) fill(from []uint8, stride int, multiplied bool) {
	for y := range p.h {
		row := from[y*stride : y*stride+4*p.w]
		out := p.pix[y*p.w : (y+1)*p.w]
		for x := range out {
			c := row[4*x : 4*x+4 : 4*x+4]
			bright := (299*uint32(c[0]) + 587*uint32(c[1]) + 114*uint32(c[2])) / 1000
			if c[3] == 255 {
				out[x] = uint8(bright)
				continue
			}
			out[x] = overWhite(bright, uint32(c[3]), multiplied)
		}
	}
}

func overWhite(bright, alpha uint32, multiplied bool) uint8 {
	if !multiplied {
		bright = bright * alpha / 255
	}
	return uint8(min(bright+255-alpha, 255))
}

func (p *plane) fillPaletted(src *image.Paletted) {
	var table [256]uint8
	for i, c := range src.Palette {
		if i < len(table) {
			table[i] = bright(c)
		}
	}
	b := src.Bounds()
	from := src.Pix[src.PixOffset(b.Min.X, b.Min.Y):]
	for y := range p.h {
		row := from[y*src.Stride : y*src.Stride+p.w]
		for x, i := range row {
			p.pix[y*p.w+x] = table[i]
		}
	}
}

// fillDeep reads the kinds of picture that give a colour without making room
// for it: sixteen bits a colour, and the inks of print.
func (p *plane) fillDeep(img image.RGBA64Image) {
	b := img.Bounds()
	for y := range p.h {
		for x := range p.w {
			c := img.RGBA64At(b.Min.X+x, b.Min.Y+y)
			p.pix[y*p.w+x] = overWhite((299*uint32(c.R)+587*uint32(c.G)+114*uint32(c.B))/1000>>8, uint32(c.A)>>8, true)
		}
	}
}

func (p *plane) fillAny(img image.Image) {
	b := img.Bounds()
	for y := range p.h {
		for x := range p.w {
			p.pix[y*p.w+x] = bright(img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
}

func bright(c color.Color) uint8 {
	r, g, b, a := c.RGBA()
	return overWhite((299*r+587*g+114*b)/1000>>8, a>>8, true)
}

// half gives the picture at half its size, each pixel the mean of four.
func (p *plane) half() *plane {
	out := newPlane(p.w/2, p.h/2)
	for y := range out.h {
		a, b := p.pix[2*y*p.w:(2*y+1)*p.w], p.pix[(2*y+1)*p.w:(2*y+2)*p.w]
		row := out.pix[y*out.w : (y+1)*out.w]
		for x := range row {
			row[x] = uint8((uint32(a[2*x]) + uint32(a[2*x+1]) + uint32(b[2*x]) + uint32(b[2*x+1]) + 2) / 4)
		}
	}
	return out
}

// at reads the brightness between pixels; pixel (0, 0) has its middle at (0, 0).
func (p *plane) at(x, y float64) float64 {
	x, y = min(max(x, 0), float64(p.w-1)), min(max(y, 0), float64(p.h-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, p.w-1), min(y0+1, p.h-1)
	fx, fy := x-float64(x0), y-float64(y0)
	top := float64(p.pix[y0*p.w+x0])*(1-fx) + float64(p.pix[y0*p.w+x1])*fx
	low := float64(p.pix[y1*p.w+x0])*(1-fx) + float64(p.pix[y1*p.w+x1])*fx
	return top*(1-fy) + low*fy
}
