// Package train makes the models of the judgement from labelled mail: it reads
// corpora, keeps relatives together, trains, and measures on mail that was not
// trained on. Run by `bienvu train`; nothing of it is needed to judge.
package train

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Item is one message, read and described.
type Item struct {
	eval.Sample
	Made     bool   // made by us from another
	Own      bool   // one of our own texts
	Intent   string // what it wants, where that is known
	Ask      string
	Pressure bool
	Words    words.Read
	Row      trait.Row
	Keys     []string // what it shares with its relatives
	print    similar.Print
	message  *mail.Message
	Findings []verdict.Finding
}

// load reads and describes the samples of one manifest.
func load(dir string, samples []eval.Sample, set *trait.Set) []Item {
	out := make([]Item, len(samples))
	each(len(samples), func(i int) {
		raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(samples[i].Path)))
		if err != nil {
			return
		}
		out[i] = describe(mail.Read(raw, mail.DefaultBudget()), samples[i], set)
	})
	kept := out[:0]
	for _, it := range out {
		if it.message != nil {
			kept = append(kept, it)
		}
	}
	return kept
}

// each runs work for 0..n-1 on all cores.
func each(n int, work func(int)) {
	next := make(chan int)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	done.Wait()
}

func describe(m *mail.Message, s eval.Sample, set *trait.Set) Item {
	v := view.New(subject.Subject{Message: m, Now: m.Date})
	found := analysis.Find(context.Background(), v)
	it := Item{Sample: s, message: m, Words: words.Of(v), Row: set.Of(v, found), Findings: found, print: similar.Of(v)}
	it.Keys = append(keys(v, s), "item "+s.ID)
	return it
}

// keys says what makes relatives: the same list, product, sender or text.
func keys(v *view.View, s eval.Sample) []string {
	out := []string{}
	switch {
	case strings.HasPrefix(s.Source, "list:"), strings.HasPrefix(s.Source, "template:"):
		return append(out, s.Source)
	case s.Source == "synthetic:twin":
		return append(out, "template:"+strings.TrimPrefix(s.ID[:strings.LastIndexByte(s.ID, '-')], "twin-"))
	}
	if open[v.Org] {
		out = append(out, "sender "+v.From.Addr)
	} else if v.Org != "" {
		out = append(out, "domain "+v.Org)
	}
	return out
}

// open are the senders that have nothing to do with each other.
var open = map[string]bool{"gmail.com": true, "hotmail.com": true, "outlook.com": true, "yahoo.com": true, "aol.com": true, "icloud.com": true}

