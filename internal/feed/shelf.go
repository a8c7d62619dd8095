package feed

import "sync/atomic"

// Shelf holds the set that is current. It is replaced whole: whoever took a set
// finishes with it. The zero Shelf holds an empty set.
type Shelf struct {
	set atomic.Pointer[Set]
}

// Set gives the current set; a nil Shelf has none.
func (s *Shelf) Set() *Set {
	if s == nil {
		return nil
	}
	return s.set.Load()
}

// Put makes a set the current one.
func (s *Shelf) Put(set *Set) { s.set.Store(set) }
