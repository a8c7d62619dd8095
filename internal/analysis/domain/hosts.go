package domain

import "strings"

// hosts is a set of hosts that is asked about each link of each message, nearly
// always in vain: lengths and first letters are looked at before the names.
type hosts struct {
	names map[string]bool
	some  [1 << 12 / 64]uint64 // by length and first letter, some taken for others
}

func (h *hosts) add(name string) {
	if h.names == nil {
		h.names = map[string]bool{}
	}
	h.names[name] = true
	k := likeness(name)
	h.some[k/64] |= 1 << (k % 64)
}

func hostsOf(names map[string]bool) (h hosts) {
	for name := range names {
		h.add(name)
	}
	return h
}

func (h *hosts) has(name string) bool {
	k := likeness(name)
	return h.some[k/64]&(1<<(k%64)) != 0 && h.names[name]
}

// within reports whether host or one of its parents is in the set.
func (h *hosts) within(host string) bool {
	for host != "" {
		if h.has(host) {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}

// likeness is a number below 4096 of the length and the first letter.
func likeness(name string) uint {
	if name == "" {
		return 0
	}
	return (uint(name[0])<<6 | uint(len(name))&63) & 4095
}
