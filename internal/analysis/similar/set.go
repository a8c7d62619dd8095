package similar

import "math/bits"

// set holds hashes, each once. They are well mixed already, so that each tells
// itself where it is looked for.
type set struct {
	members []uint64 // in the order they came
	at      []uint16 // by the low bits of a hash: the member there plus one, 0 for none
}

// newSet makes room for so many members, fewer than 65,536.
func newSet(most int) *set {
	return &set{members: make([]uint64, 0, most), at: make([]uint16, 2<<bits.Len(uint(most)))}
}

// add puts a hash in. The set never holds more than it was made for.
func (s *set) add(h uint64) {
	last := uint64(len(s.at) - 1)
	i := h & last
	for ; s.at[i] != 0; i = (i + 1) & last {
		if s.members[s.at[i]-1] == h {
			return
		}
	}
	s.members = append(s.members, h)
	s.at[i] = uint16(len(s.members))
}
