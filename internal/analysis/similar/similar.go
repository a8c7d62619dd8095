// Package similar gives messages a fingerprint by which those that surely
// belong together are found: the same words, links and build, whoever received
// them and whatever number or token was put in.
//
// The text is folded and freed of what changes from recipient to recipient
// (numbers, codes, the recipient's names), cut into runs of words, and the
// smallest hashes of the runs are kept (Broder, 1997: two sets agree in their
// smallest hashes as often as in their members). The key is made of those and
// of the hosts that the links lead to.
package similar

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
)

const (
	run      = 3    // words in a run
	kept     = 4    // smallest hashes that make the key
	fewest   = 12   // words below which nothing sure can be said
	mostRuns = 4000 // words that are read
)

// Key gives the fingerprint, "" when the message has too little text.
func Key(v *view.View) string {
	words := stable(v)
	if len(words) < fewest {
		return ""
	}
	smallest := sketch(words)
	h := fnv.New64a()
	for _, n := range smallest {
		h.Write(strconv.AppendUint(nil, n, 36))
	}
	h.Write([]byte(build(v)))
	return "c1-" + strconv.FormatUint(h.Sum64(), 36)
}

// sketch keeps the smallest hashes of all runs of words.
func sketch(words []string) []uint64 {
	var all []uint64
	for i := 0; i+run <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+run] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		all = append(all, mix(h.Sum64()))
	}
	slices.Sort(all)
	return slices.Compact(all)[:min(len(all), kept)]
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

// stable gives the words that are the same for every recipient.
func stable(v *view.View) []string {
	own := map[string]bool{}
	for _, to := range v.Message.To {
		local, host, _ := strings.Cut(to.Addr, "@")
		for w := range strings.FieldsSeq(view.Fold(local, to.Name, domain.Label(host), host)) {
			own[w] = true
		}
	}
	var out []string
	for w := range strings.FieldsSeq(v.Words) {
		if len(out) >= mostRuns {
			break
		}
		if !own[w] && !strings.ContainsAny(w, "0123456789") && len(w) < 25 && len(w) > 1 {
			out = append(out, w)
		}
	}
	return out
}

// build is what of the links is the same for every recipient: the domains they
// lead to, but for those that are made anew for each.
func build(v *view.View) string {
	var hosts []string
	for _, l := range v.Links {
		if l.Clickable() && l.Org != "" && !domain.Random(domain.Label(l.Host)) {
			hosts = append(hosts, l.Org)
		}
	}
	slices.Sort(hosts)
	return strings.Join(slices.Compact(hosts), " ")
}
