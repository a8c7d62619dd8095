package learn

// Panel is several Packed that are asked about the same bags. The weights of a
// word stand side by side, so that a word costs one look at the memory, and
// eight of them are added at once, however many are asked.
type Panel struct {
	each  []Packed
	wide  int      // numbers of eight weights each that a word has
	words []uint64 // of word k at k*wide: weights plus 128, one in each byte
}

// The bytes of a number in turns, each with room for a sum.
const (
	everyOther = 0x00ff00ff00ff00ff
	most       = 65535 / 255 // weights that fit in that room
	shift      = 128         // what was added to each weight
)

// NewPanel puts models of one size together.
func NewPanel(each []Packed) *Panel {
	size := 0
	for i := range each {
		size = max(size, len(each[i].Weights))
	}
	p := &Panel{each: each, wide: (len(each) + 7) / 8}
	p.words = make([]uint64, size*p.wide)
	for first := 0; first < len(each); first += 8 {
		p.fill(first, each[first:min(first+8, len(each))])
	}
	return p
}

// fill puts up to eight models side by side.
func (p *Panel) fill(first int, each []Packed) {
	for i := range each {
		for k, w := range each[i].Weights {
			p.words[k*p.wide+first/8] |= uint64(uint8(int(w)+shift)) << (8 * i)
		}
	}
}

// Scores gives the log odds of a bag, of each model what its own Score gives.
func (p *Panel) Scores(b Bag) []float64 {
	sums := make([]int32, 8*p.wide)
	for rest := b; len(rest) > 0; {
		part := rest[:min(len(rest), most)]
		for at := range p.wide {
			p.add(part, at, sums[8*at:])
		}
		rest = rest[len(part):]
	}
	out := make([]float64, len(p.each))
	for i := range out {
		out[i] = p.each[i].odds(sums[i], len(b))
	}
	return out
}

// add adds the weights of a few words to the sums of eight models.
func (p *Panel) add(b Bag, at int, sums []int32) {
	even, odd := uint64(0), uint64(0)
	for _, k := range b {
		w := p.words[int(k)*p.wide+at]
		even += w & everyOther
		odd += w >> 8 & everyOther
	}
	for i := 0; i < 8; i += 2 {
		sums[i] += int32(even>>(8*i)&0xffff) - int32(shift*len(b))
		sums[i+1] += int32(odd>>(8*i)&0xffff) - int32(shift*len(b))
	}
}
