package similar

const (
	run      = 2 // words in a run
	longWord = 4 // letters of a word that says something by itself
)

const basis = 0xcbf29ce484222325

func hash(s string) uint64 { return onto(basis, s) }

// onto goes on with a hash (FNV-1a).
func onto(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

// joined hashes neighbouring words.
func joined(words []string) uint64 {
	h := uint64(basis)
	for _, w := range words {
		h = onto(onto(h, w), " ")
	}
	return mix(h)
}

// mix spreads the bits, so that the order of hashes has nothing to do with the
// words (finaliser of MurmurHash3, public domain).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// runsOf hashes each run of neighbouring words once, and each longer word by
// itself: who rewords a letter breaks most runs, and keeps most words.
func runsOf(words []string) *set {
	out := newSet(2 * len(words))
	for _, w := range words {
		if len(w) >= longWord {
			out.add(mix(hash(w)))
		}
	}
	for i := 0; i+run <= len(words); i++ {
		out.add(joined(words[i : i+run]))
	}
	return out
}

// sketch is the one-permutation MinHash of a set (Li, Owen, Zhang, 2012): each
// member falls into one place, where the smallest stays. Places that nothing
// fell into borrow from one that is drawn by the place's own number (Shrivastava,
// 2017), so that two sketches agree in as many of their places as the two sets
// have members in common, of all they have.
func sketch(set *set) [slots]uint16 {
	var least [slots]uint64
	var taken [slots]bool
	for _, h := range set.members {
		i := (h >> 32) * slots >> 32
		if !taken[i] || h<<32 < least[i] {
			least[i], taken[i] = h<<32, true
		}
	}
	var out [slots]uint16
	for i := range out {
		from := uint64(i)
		for try := uint64(1); !taken[from] && len(set.members) > 0; try++ {
			from = mix(uint64(i)*slots+try) % slots
		}
		out[i] = uint16(mix(least[from]) >> 48)
	}
	return out
}

// agreement is in how many places of a hundred two sketches agree.
func agreement(a, b *[slots]uint16) float64 {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return float64(n) / slots
}
