package similar

import "testing"

// A set holds each hash once, those that look for the same place and zero too.
func TestSetHoldsEachOnce(t *testing.T) {
	t.Parallel()
	s := newSet(6)
	for _, h := range []uint64{7, 7 + 1<<40, 0, 7, 7 + 2<<40, 0} {
		s.add(h)
	}
	if want := []uint64{7, 7 + 1<<40, 0, 7 + 2<<40}; len(s.members) != len(want) {
		t.Errorf("it holds %v, want %v", s.members, want)
	}
}
