package words

import (
	"math/bits"

	"github.com/bienvu/bienvu/internal/learn"
)

// bagger gathers features, each once and in order: a bit for each feature that
// there could be, and a bit for each 64 of those, so that neither sorting nor
// looking at the empty ones costs anything.
type bagger struct {
	there [Size / 64]uint64
	any   [Size / 64 / 64]uint64
	n     int // put in, twice counted twice
}

func (b *bagger) put(feature uint32) {
	k := feature & (Size - 1)
	b.there[k>>6] |= 1 << (k & 63)
	b.any[k>>12] |= 1 << (k >> 6 & 63)
	b.n++
}

func (b *bagger) add(features []uint32) {
	for _, f := range features {
		b.put(f)
	}
}

// addPairs adds words and the pairs of neighbours.
func (b *bagger) addPairs(run []uint32) {
	for i, h := range run {
		b.put(h)
		if i > 0 {
			b.put(pair(run[i-1], h))
		}
	}
}

// bag gives what was gathered, and begins again.
func (b *bagger) bag() learn.Bag {
	out := make(learn.Bag, 0, b.n)
	for i, groups := range b.any {
		for ; groups != 0; groups &= groups - 1 {
			k := i<<6 | bits.TrailingZeros64(groups)
			for set := b.there[k]; set != 0; set &= set - 1 {
				out = append(out, uint32(k<<6|bits.TrailingZeros64(set)))
			}
			b.there[k] = 0
		}
		b.any[i] = 0
	}
	b.n = 0
	return out
}
