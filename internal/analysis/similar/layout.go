package similar

import (
	"math/bits"
	"strings"
)

const (
	mostHTML = 256 << 10 // bytes of HTML whose tags are read
	mostTags = 3000
	gram     = 4 // tags in a run
)

// layout is the SimHash (Charikar, 2002) of the runs of tags: builds that differ
// in few runs differ in few bits. It gives the number of tags too.
func layout(source string) (sum uint64, tags uint16) {
	var votes [64]int
	var last [gram]uint64
	n := 0
	each(source, func(name string) {
		copy(last[:], last[1:])
		last[gram-1] = hash(name)
		if n++; n >= gram {
			vote(&votes, mix(last[0]^mix(last[1]^mix(last[2]^mix(last[3])))))
		}
	})
	if n < fewTags {
		return 0, 0
	}
	for i, v := range votes {
		if v > 0 {
			sum |= 1 << i
		}
	}
	return sum, uint16(min(n, mostTags))
}

func vote(votes *[64]int, h uint64) {
	for i := range votes {
		votes[i] += int(h>>i&1)*2 - 1
	}
}

// each calls f with the names of the opening tags, in order. What is inside a
// style or a script may look like a tag; it is the same in both messages then.
func each(source string, f func(name string)) {
	if len(source) > mostHTML {
		source = source[:mostHTML]
	}
	for n := 0; n < mostTags; {
		at := strings.IndexByte(source, '<')
		if at < 0 {
			return
		}
		source = source[at+1:]
		if name := tagName(source); name != "" && !inline[name] {
			f(name)
			n++
		}
	}
}

// inline are tags that come and go with the words.
//
//nolint:gochecknoglobals // a constant table
var inline = map[string]bool{"br": true, "b": true, "i": true, "u": true, "em": true, "strong": true, "font": true, "span": true, "o": true, "wbr": true}

func tagName(s string) string {
	const longest = 12
	end := 0
	for end < len(s) && end < longest && (s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z' || end > 0 && s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return strings.ToLower(s[:end])
}

// alike is how much two layouts agree: 1 for the same, 0 for what two layouts
// that have nothing to do with each other show.
func alike(a, b Print) float64 {
	if a.Tags == 0 || b.Tags == 0 {
		return 0
	}
	return max(0, 1-float64(bits.OnesCount64(a.Layout^b.Layout))/24)
}
