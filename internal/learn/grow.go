package learn

import "math"

// leaf is a leaf that may still be split.
type leaf struct {
	node   int32
	rows   []int32
	g, h   float64
	lo, hi float64 // what its value must keep within, for features that may only raise or lower
	best   split
}

// split is the best way to divide a leaf.
type split struct {
	gain    float64
	feature int
	bin     int // rows up to this bin go left
}

// tree grows one tree, the most useful split first, and adds it to the scores.
func (b *booster) tree() Tree {
	b.derive()
	rows := b.sample()
	root := leaf{rows: rows, lo: math.Inf(-1), hi: math.Inf(1)}
	for _, i := range rows {
		root.g += b.g[i]
		root.h += b.h[i]
	}
	t := Tree{{Feature: -1}}
	t[0].Value = b.value(&root)
	b.look(&root)
	leaves := []*leaf{&root}
	for len(leaves) < b.Leaves {
		most := mostGain(leaves)
		if most < 0 {
			break
		}
		left, right := b.divide(&t, leaves[most])
		leaves[most] = left
		leaves = append(leaves, right)
	}
	for i, row := range b.table.Rows {
		n := &t[0]
		for n.Feature >= 0 {
			n = &t[n.next(row)]
		}
		b.score[i] += float64(n.Value)
	}
	return t
}

// sample draws the rows and features that a tree sees.
func (b *booster) sample() []int32 {
	var rows []int32
	for i := range b.table.Rows {
		if b.random.Chance() < b.Rows {
			rows = append(rows, int32(i))
		}
	}
	b.columns = b.columns[:0]
	for k := range b.cuts {
		if len(b.cuts[k]) > 0 && b.random.Chance() < b.Features {
			b.columns = append(b.columns, k)
		}
	}
	return rows
}

func mostGain(leaves []*leaf) int {
	best, gain := -1, 1e-9
	for i, l := range leaves {
		if l.best.gain > gain {
			best, gain = i, l.best.gain
		}
	}
	return best
}

// value is the best answer of a leaf, scaled by the rate and kept in bounds.
func (b *booster) value(l *leaf) float32 { return float32(b.Rate * b.free(l.g, l.h, l.lo, l.hi)) }

func (b *booster) free(g, h, lo, hi float64) float64 { return min(max(-g/(h+b.Ridge), lo), hi) }

// look finds the best split of a leaf.
func (b *booster) look(l *leaf) {
	if l.h < 2*b.Least {
		return
	}
	var g, h [bins * 2]float64
	for _, k := range b.columns {
		n := len(b.cuts[k]) + 1
		clear(g[:n])
		clear(h[:n])
		for _, i := range l.rows {
			g[b.binned[k][i]] += b.g[i]
			h[b.binned[k][i]] += b.h[i]
		}
		b.scan(l, k, g[:n], h[:n])
	}
}

// scan tries every cut of one feature.
func (b *booster) scan(l *leaf, k int, g, h []float64) {
	gl, hl := 0.0, 0.0
	for bin := range len(g) - 1 {
		gl += g[bin]
		hl += h[bin]
		gr, hr := l.g-gl, l.h-hl
		if hl < b.Least || hr < b.Least {
			continue
		}
		wl, wr := b.free(gl, hl, l.lo, l.hi), b.free(gr, hr, l.lo, l.hi)
		if rise := b.rise(k); rise > 0 && wl > wr || rise < 0 && wl < wr {
			continue
		}
		gain := b.worth(gl, hl, wl) + b.worth(gr, hr, wr) - b.worth(l.g, l.h, b.free(l.g, l.h, l.lo, l.hi))
		if gain > l.best.gain {
			l.best = split{gain: gain, feature: k, bin: bin}
		}
	}
}

// worth is how much a leaf of value w lowers the loss.
func (b *booster) worth(g, h, w float64) float64 { return -(g*w + 0.5*(h+b.Ridge)*w*w) }

func (b *booster) rise(k int) int8 {
	if b.table.Rise == nil {
		return 0
	}
	return b.table.Rise[k]
}

// divide splits a leaf and looks at its halves.
func (b *booster) divide(t *Tree, l *leaf) (left, right *leaf) {
	s := l.best
	left, right = &leaf{lo: l.lo, hi: l.hi}, &leaf{lo: l.lo, hi: l.hi}
	for _, i := range l.rows {
		to := right
		if int(b.binned[s.feature][i]) <= s.bin {
			to = left
		}
		to.rows = append(to.rows, i)
		to.g += b.g[i]
		to.h += b.h[i]
	}
	b.bound(s, left, right)
	left.node, right.node = int32(len(*t)), int32(len(*t)+1)
	*t = append(*t, Node{Feature: -1, Value: b.value(left)}, Node{Feature: -1, Value: b.value(right)})
	n := &(*t)[l.node]
	n.Feature, n.Cut, n.Left, n.Right = int32(s.feature), b.cuts[s.feature][s.bin], left.node, right.node
	b.look(left)
	b.look(right)
	return left, right
}

// bound keeps what grows below both halves on its side of the middle, where the
// feature may only raise or lower the score.
func (b *booster) bound(s split, left, right *leaf) {
	middle := (b.free(left.g, left.h, left.lo, left.hi) + b.free(right.g, right.h, right.lo, right.hi)) / 2
	switch rise := b.rise(s.feature); {
	case rise > 0:
		left.hi, right.lo = middle, middle
	case rise < 0:
		left.lo, right.hi = middle, middle
	}
}
