// Package attack tries to talk the judgement out of its verdict.
//
// Whoever writes a mail writes nearly all that a machine reads of it: words that
// nobody sees, header fields that servers are thought to have written, honest
// prose around the lure. Facts must decide, not words, so nothing of that may
// make a phishing mail legitimate. The package takes real samples, makes every
// variant of each by code, on the raw bytes, always the same, and counts what
// became of the verdict. One variant that we would call safe without asking a
// person is a failure.
//
// The other way round, forged fields must not make honest mail proved: what
// anybody can type is no reason to be sure.
package attack

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/verdict"
)

// ErrNone says that the corpus has no sample to begin with.
var ErrNone = errors.New("attack: no malicious message of the manifest is there and judged phishing")

// Run tries all variants of n malicious and n honest messages, prints what
// became of them, and gives how many variants of the malicious ones we would
// have called safe without asking a person.
func Run(w io.Writer, c eval.Corpus, n int) (safe int, err error) {
	bad := pick(c, n, eval.Phish, func(s Said) bool { return s.Verdict == verdict.Phishing })
	if len(bad) == 0 {
		return 0, ErrNone
	}
	fmt.Fprintf(w, "%s that are judged phishing, and every variant of each\n\n", spreadOf(bad))
	trials := all(bad, false)
	Table(w, trials)
	good := pick(c, n, eval.Ham, func(s Said) bool { return !s.Safe() })
	if len(good) > 0 {
		fmt.Fprintf(w, "\nThe other way round: %s that are not called legitimate with confidence, with forged headers alone\n\n", spreadOf(good))
		Table(w, all(good, true))
	}
	return count(trials, Trial.Fooled), nil
}

// sample is a message that was picked.
type sample struct {
	eval.Sample
	raw  []byte
	lang string
}

// pick takes n messages with a label that were judged as wanted: one of each
// source and language in turn, within them in an order that only their IDs tell.
func pick(c eval.Corpus, n int, label eval.Label, wanted func(Said) bool) (out []sample) {
	for _, s := range inTurn(c.Samples, label) {
		raw := c.Open(s)
		if raw == nil {
			continue
		}
		if said, lang := Judge(raw, analysis.House{}); wanted(said) {
			out = append(out, sample{s, raw, lang})
		}
		if len(out) == n {
			break
		}
	}
	return out
}

// inTurn orders the samples of a label for pick.
func inTurn(all []eval.Sample, label eval.Label) []eval.Sample {
	all = slices.DeleteFunc(slices.Clone(all), func(s eval.Sample) bool { return s.Label != label })
	slices.SortFunc(all, func(a, b eval.Sample) int { return cmp.Compare(hash(a.ID), hash(b.ID)) })
	seen, place := map[string]int{}, map[string]int{}
	for _, s := range all {
		place[s.ID] = seen[s.Source+s.Lang]
		seen[s.Source+s.Lang]++
	}
	slices.SortStableFunc(all, func(a, b eval.Sample) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return all
}

func hash(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	return h.Sum64()
}

// all tries the variants of all samples, on all cores, keeping their order.
func all(samples []sample, headers bool) []Trial {
	out := make([][]Trial, len(samples))
	next := make(chan int)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := range next {
				out[i] = Try(samples[i].ID, samples[i].raw, analysis.House{}, samples[i].lang, headers)
			}
		})
	}
	for i := range samples {
		next <- i
	}
	close(next)
	done.Wait()
	return slices.Concat(out...)
}

// spreadOf says how many messages there are, of how many sources and languages.
func spreadOf(samples []sample) string {
	sources, langs := map[string]bool{}, map[string]bool{}
	for _, s := range samples {
		sources[s.Source], langs[s.Lang] = true, true
	}
	return fmt.Sprintf("%d messages of %d sources and %d languages", len(samples), len(sources), len(langs))
}
