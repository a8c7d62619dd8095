package train

import (
	"fmt"
	"io"
	"strings"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/learn"
)

// Slice is a part of the corpora that is measured by itself.
type Slice struct {
	Name      string
	Bad, Good func(*eval.Sample) bool
}

func phish(s *eval.Sample) bool { return s.Label == eval.Phish }
func ham(s *eval.Sample) bool   { return s.Label == eval.Ham }
func twin(s *eval.Sample) bool  { return s.Source == "synthetic:twin" }

func product(s *eval.Sample) bool {
	return ham(s) && (strings.HasPrefix(s.Source, "template:") || s.Source == "synthetic:workplace2")
}

// hard is modern legitimate mail that is no list post.
func hard(s *eval.Sample) bool {
	return ham(s) && s.Source != "spamassassin" && !strings.HasPrefix(s.Source, "list:")
}

// Slices lists the parts in the order of the report.
func Slices() []Slice {
	real := func(s *eval.Sample) bool { return phish(s) && !twin(s) }
	in := func(lang string, of func(*eval.Sample) bool) func(*eval.Sample) bool {
		return func(s *eval.Sample) bool { return s.Lang == lang && of(s) }
	}
	out := []Slice{
		{"all", phish, ham},
		{"hard", real, hard},
		{"fixtures", real, func(s *eval.Sample) bool { return hard(s) && !product(s) }},
		{"twins", twin, product},
	}
	for _, lang := range strings.Fields("en fr de nl pt es it") {
		out = append(out, Slice{lang, in(lang, phish), in(lang, ham)})
	}
	return out
}

// Print prints one line of figures.
func (s Slice) Print(w io.Writer, all []learn.Scored) {
	yes := 0
	for _, one := range all {
		if one.True {
			yes++
		}
	}
	fmt.Fprintf(w, "%-10s %5d bad %5d good   AUC %.4f   found at 1 %% %5.1f %%   alone at 0.5 %% %5.1f %%   at 0.2 %% %5.1f %%   ECE %.4f\n",
		s.Name, yes, len(all)-yes, learn.AUC(all), 100*learn.Found(all, 0.01),
		100*learn.BestTriage(all, 0.005).Alone, 100*learn.BestTriage(all, 0.002).Alone, learn.ECE(all, 15))
}
