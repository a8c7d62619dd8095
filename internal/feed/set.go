package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"time"
)

// List is one list, made small: of each entry the first 64 bits of a SHA-256,
// sorted. Among a million entries, asking for something that is not listed is
// answered wrongly once in 18 trillion times (2⁶⁴ : 10⁶); a desk that
// asks a thousand times for each of a million messages meets that with a
// probability of 1 in 18,000. To make one's own address collide with a given
// entry takes 2⁶⁴ tries. A List never changes once made.
type List struct {
	Name    string
	Format  Format
	Got     time.Time // when its content was read from its source
	Entries int       // as people count them
	Skipped int
	Cut     bool // a budget ran out: only the beginning is in it
	Files   bool // some entries are files
	sums    []uint64
}

// Compile reads a list from its source.
func Compile(name string, format Format, r io.Reader, got time.Time, budget Budget) (*List, error) {
	l := &List{Name: name, Format: format, Got: got}
	out, err := Parse(format, r, budget, func(e Entry) {
		l.Files = l.Files || e.Kind == File
		l.sums = append(l.sums, sum(e.Kind, e.Value))
	})
	if err != nil {
		return nil, err
	}
	l.Entries, l.Skipped, l.Cut = out.Entries, out.Skipped, out.Cut
	slices.Sort(l.sums)
	l.sums = slices.Clip(slices.Compact(l.sums))
	return l, nil
}

func sum(kind Kind, value string) uint64 {
	var room [128]byte
	whole := sha256.Sum256(append(append(room[:0], byte(kind)), value...))
	return binary.BigEndian.Uint64(whole[:8])
}

func (l *List) holds(key uint64) bool {
	_, found := slices.BinarySearch(l.sums, key)
	return found
}

// Confirmed gives the same list, known to be current at a later moment.
func (l *List) Confirmed(got time.Time) *List {
	again := *l
	again.Got = got
	return &again
}

// Set answers from several lists at once. It never changes, so that any number
// of lookups may run while another set is made; a nil Set holds nothing.
type Set struct {
	lists []*List
}

// NewSet makes a set of lists; the first list that knows something answers.
func NewSet(lists ...*List) *Set {
	return &Set{lists: slices.DeleteFunc(slices.Clone(lists), func(l *List) bool { return l == nil })}
}

// Lists are the lists of the set, in the order asked.
func (s *Set) Lists() []*List {
	if s == nil {
		return nil
	}
	return s.lists
}

// find asks for one entry.
func (s *Set) find(kind Kind, value string) *List {
	if s == nil || len(s.lists) == 0 || value == "" {
		return nil
	}
	key := sum(kind, value)
	for _, l := range s.lists {
		if l.holds(key) {
			return l
		}
	}
	return nil
}

// URL gives the list on which an address stands, nil for none. exact is false
// when the list names it with another query, or without one.
func (s *Set) URL(address string) (l *List, exact bool) {
	if len(s.Lists()) == 0 {
		return nil, false
	}
	p, ok := locate(address)
	if !ok {
		return nil, false
	}
	if l := s.find(URL, p.full()); l != nil {
		return l, true
	}
	if p.query == "" || p.path == "/" {
		return nil, false
	}
	return s.find(URL, p.key()), false
}

// Host gives the list that names the host itself, or a domain above it.
func (s *Set) Host(host string) *List {
	if len(s.Lists()) == 0 {
		return nil
	}
	host = HostName(host)
	if l := s.find(Host, host); l != nil || isIP(host) {
		return l
	}
	for above := host; strings.Contains(above, "."); _, above, _ = strings.Cut(above, ".") {
		if l := s.find(Domain, above); l != nil {
			return l
		}
	}
	return nil
}

// Seen gives the list that names another address at the host.
func (s *Set) Seen(host string) *List {
	if len(s.Lists()) == 0 {
		return nil
	}
	return s.find(Seen, HostName(host))
}

// Files reports whether any list names files: without, no digest is needed.
func (s *Set) Files() bool {
	return slices.ContainsFunc(s.Lists(), func(l *List) bool { return l.Files })
}

// File gives the list that names a file, by its MD5, SHA-1 or SHA-256 in hex.
func (s *Set) File(digest string) *List { return s.find(File, strings.ToLower(digest)) }

// Sender gives the list that names a mail address.
func (s *Set) Sender(addr string) *List {
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || len(s.Lists()) == 0 {
		return nil
	}
	return s.find(Sender, strings.ToLower(addr[:at])+"@"+HostName(addr[at+1:]))
}
