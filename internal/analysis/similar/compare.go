package similar

import (
	"math/bits"
)

// Reason is one thing that two messages have in common. Its sentence stands in
// the catalogue under "similar." and the ID.
type Reason struct {
	ID   string
	Args map[string]string
}

// Likeness says how much two messages have in common.
type Likeness struct {
	Score float64  // 0 for nothing, 1 for the same
	Same  bool     // they belong to one campaign
	Twin  bool     // they are one letter: text, links and files are the same, and what one is, the other is
	Why   []Reason // the weightiest first; what is written on the message, not what was made of it
}

// shared is what two fingerprints have in common, each from 0 to 1.
type shared struct {
	text    float64 // runs of words
	layout  float64
	hosts   float64 // of the domains of links, those of the one that has fewer
	shapes  float64 // of the forms of paths
	picture float64
	file    float64
	name    float64 // of attached files
	sender  float64
	box     float64
	home    float64
	subject float64
}

func share(a, b *Print) shared {
	s := shared{
		layout: alike(*a, *b), hosts: overlap(a.Hosts, b.Hosts), shapes: overlap(a.Shapes, b.Shapes),
		picture: max(overlap(a.Images, b.Images), looksAlike(a.Looks, b.Looks)),
		file:    overlap(a.Files, b.Files), name: overlap(a.Names, b.Names),
		sender: equal(a.Sender, b.Sender), box: equal(a.Box, b.Box), home: equal(a.Home, b.Home), subject: equal(a.Subject, b.Subject),
	}
	if a.Words > 0 && b.Words > 0 {
		s.text = agreement(&a.Text, &b.Text)
	}
	return s
}

func equal(a, b uint32) float64 {
	if a != 0 && a == b {
		return 1
	}
	return 0
}

// overlap is how many of the fewer are among the others. Both are sorted.
func overlap(a, b []uint32) float64 {
	fewer := min(len(a), len(b))
	if fewer == 0 {
		return 0
	}
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(n) / float64(fewer)
}

// looksAlike is 1 when a picture of each differs in few of its 64 places.
func looksAlike(a, b []uint64) float64 {
	const most = 6
	for _, x := range a {
		for _, y := range b {
			if x != 0 && bits.OnesCount64(x^y) <= most {
				return 1
			}
		}
	}
	return 0
}
