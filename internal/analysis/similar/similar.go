// Package similar gives messages a fingerprint by which those that belong
// together are found: the same letter, whoever received it, whatever number or
// token was put in, and largely the same when words, senders and links change.
//
// A [Print] sketches five things by themselves: the runs of words of the letter
// (MinHash: Broder, 1997 – two sets agree in their smallest hashes as often as
// in their members), the build of its HTML (SimHash of the tags), where its
// links lead and how their paths are formed, its pictures and files, and who it
// says it is from. [Compare] says how alike two are, whether they belong to one
// campaign, and why. [Print.Bands] are the keys under which a store finds those
// worth comparing among a million, without looking at each. [Print.Key] is the
// name of the campaign that a message alone would found.
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
	keyRun  = 3 // words in a run of the key
	keyKept = 8 // smallest hashes that make the key: few enough to bear a name put in, too many to lie all in what a house always writes
)

// Key names the campaign that a message alone would found: equal for the same
// letter to others. Where there is too little text it is made of pictures,
// files, links and subject; where there is too little of all, it is "".
func (p Print) Key() string {
	switch {
	case p.Exact != 0:
		return "c1-" + strconv.FormatUint(p.Exact, 36)
	case p.Empty():
		return ""
	}
	p.Sender, p.Box, p.Home, p.Layout, p.Tags, p.Looks = 0, 0, 0, 0, 0, nil
	return "c2-" + strconv.FormatUint(mix(hash(string(p.Bytes()))), 36)
}

// exact hashes what is surely the same for every recipient: the smallest hashes
// of the runs of words, and the domains of the links.
func exact(v *view.View, words []string) uint64 {
	if len(words) < fewest {
		return 0
	}
	h := fnv.New64a()
	for _, n := range smallestRuns(words) {
		_, _ = h.Write(strconv.AppendUint(nil, n, 36))
	}
	_, _ = h.Write([]byte(build(v)))
	return h.Sum64()
}

// smallestRuns keeps the smallest hashes of all runs of words, sorted.
func smallestRuns(words []string) []uint64 {
	least := make([]uint64, 0, keyKept+1)
	for i := 0; i+keyRun <= len(words); i++ {
		h := joined(words[i : i+keyRun])
		at, there := slices.BinarySearch(least, h)
		if there || at == keyKept {
			continue
		}
		least = slices.Insert(least, at, h)
		least = least[:min(len(least), keyKept)]
	}
	return least
}

// build is what of the links is the same for every recipient: the domains they
// lead to, but for those that are made anew for each.
func build(v *view.View) string {
	var hosts []string
	for _, l := range v.Links {
		if l.Clickable() && l.Org != "" && !domain.Random(l.Label()) {
			hosts = append(hosts, l.Org)
		}
	}
	slices.Sort(hosts)
	return strings.Join(slices.Compact(hosts), " ")
}
