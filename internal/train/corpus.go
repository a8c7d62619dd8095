// Package train makes the model of the judgement from labelled mail: it reads
// corpora, adds texts of our own and twins made by code, keeps relatives
// together, trains, and measures on mail whose relatives were not trained on.
// `bienvu train` runs it; nothing of it is needed to judge.
package train

import (
	"context"
	"runtime"
	"strings"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Item is one message, read and described.
type Item struct {
	eval.Sample
	Origin origin
	Hand   label // what a person who read it says; zero when nobody did
	Words  words.Read
	Row    trait.Row
	Keys   []string // what it shares with its relatives

	message  *mail.Message
	findings []verdict.Finding
	likeness similar.Print
}

// origin says where an item comes from.
type origin int

const (
	found origin = iota // in a corpus
	own                 // written by us
	made                // made by code from another
)

// label is what a person said of a message.
type label struct {
	Verdict  string // phishing, spam or legitimate
	Intent   string
	Ask      string
	Pressure bool
}

// Load reads and describes the messages of a corpus. Those whose file is not
// there are left out.
func Load(c eval.Corpus, set *trait.Set) []Item {
	out := make([]Item, len(c.Samples))
	each(len(out), func(i int) {
		if raw := c.Open(c.Samples[i]); raw != nil {
			out[i] = describe(mail.Read(raw, mail.DefaultBudget()), c.Samples[i], set)
		}
	})
	return there(out)
}

// there leaves out what could not be read or made.
func there(items []Item) []Item {
	kept := items[:0]
	for i := range items {
		if items[i].message != nil {
			kept = append(kept, items[i])
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

// describe looks at a message as the analysis does; of one that only passes
// another on, at that other, which is what there is to learn from.
func describe(m *mail.Message, s eval.Sample, set *trait.Set) Item {
	if inner, ok := unwrap.Forwarded(m); ok {
		m = inner
	}
	v := view.New(subject.Subject{Message: m, Now: m.Date})
	findings := analysis.Find(context.Background(), v)
	return Item{Sample: s, message: m, Words: words.Of(v), Row: set.Of(v, findings), findings: findings, likeness: similar.Of(v), Keys: keys(v, s)}
}

// keys says what makes relatives, besides their text: the same list or product,
// else the same sender.
func keys(v *view.View, s eval.Sample) []string {
	out := []string{"item " + s.ID}
	switch {
	case strings.HasPrefix(s.Source, "list:"), strings.HasPrefix(s.Source, "template:"):
		return append(out, s.Source)
	case s.Source == "synthetic:twin":
		return append(out, "template:"+strings.TrimPrefix(s.ID[:strings.LastIndexByte(s.ID, '-')], "twin-"))
	case v.Org == "":
		return out
	case domain.FreeMail(v.Org):
		return append(out, "sender "+v.From.Addr)
	}
	return append(out, "domain "+v.Org)
}
