package qr

// What is dark is a matter of the surroundings: a code may be grey on grey, or
// lie in a shadow. So each block of pixels is parted at the middle between the
// darkest and the brightest of its neighbourhood.
const (
	blockBits = 4              // a block is 16 pixels wide and high
	block     = 1 << blockBits // pixels
	contrast  = 20             // a neighbourhood that differs by less is flat: nothing is drawn there
)

// ground holds, for each block, where dark ends; 0 where the picture is flat.
type ground struct {
	cut    []uint8
	bw, bh int
}

type extent struct{ low, high uint8 }

func newGround(p *plane) *ground {
	g := &ground{bw: (p.w + block - 1) / block, bh: (p.h + block - 1) / block}
	g.cut = make([]uint8, g.bw*g.bh)
	own := extents(p, g.bw, g.bh)
	for by := range g.bh {
		for bx := range g.bw {
			e := around(own, g.bw, g.bh, bx, by)
			if e.high-e.low >= contrast {
				g.cut[by*g.bw+bx] = uint8((uint16(e.low)+uint16(e.high))/2) | 1
			}
		}
	}
	return g
}

// extents finds the darkest and brightest pixel of each block.
func extents(p *plane, bw, bh int) []extent {
	out := make([]extent, bw*bh)
	for i := range out {
		out[i] = extent{255, 0}
	}
	for y := range p.h {
		row := p.pix[y*p.w : (y+1)*p.w]
		line := out[(y>>blockBits)*bw:]
		for bx := range bw {
			e := line[bx]
			for _, v := range row[bx*block : min((bx+1)*block, p.w)] {
				e.low, e.high = min(e.low, v), max(e.high, v)
			}
			line[bx] = e
		}
	}
	return out
}

// around is the extent of a block and its eight neighbours.
func around(own []extent, bw, bh, bx, by int) extent {
	e := extent{255, 0}
	for y := max(by-1, 0); y <= min(by+1, bh-1); y++ {
		for x := max(bx-1, 0); x <= min(bx+1, bw-1); x++ {
			e.low, e.high = min(e.low, own[y*bw+x].low), max(e.high, own[y*bw+x].high)
		}
	}
	return e
}

// at gives the cut at a pixel, 0 where the picture is flat.
func (g *ground) at(x, y int) uint8 { return g.cut[(y>>blockBits)*g.bw+x>>blockBits] }
