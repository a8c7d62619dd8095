// Package eval measures the judgement on a folder of messages whose labels are
// known: how often it is right, how often wrong with confidence, and how often
// it may answer without a person.
package eval

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Label is what a message of the corpus truly is.
type Label string

// The labels of a manifest. Torture has no verdict: it must be survived.
const (
	Ham        Label = "ham"
	Phish      Label = "phish"
	Spam       Label = "spam"
	Simulation Label = "simulation"
	Torture    Label = "torture"
)

// Labels lists the labels that have a verdict.
func Labels() []Label { return []Label{Phish, Spam, Ham, Simulation} }

// Sample is one line of the manifest.
type Sample struct {
	ID, Path, Source, Lang string
	Kind, Origin, Date     string // what kind of mail it may be, what it was made from, when it was written; "" when not known
	Label                  Label
}

// Judged is a sample with what was said of it.
type Judged struct {
	Sample
	Result analysis.Result
	Took   time.Duration
}

// Run judges every message of the manifest and prints the figures. The paths of
// the manifest are relative to corpusDir, or to it without their first folder.
// Nothing is known of the house and no network is asked.
func Run(w io.Writer, corpusDir, manifest string) error {
	c, err := Read(corpusDir, manifest)
	if err != nil {
		return err
	}
	began := time.Now()
	judged, missing := Judge(c)
	if len(judged) == 0 {
		return fmt.Errorf("eval: none of the %d messages of %s is in %s", len(c.Samples), manifest, corpusDir)
	}
	if missing > 0 {
		fmt.Fprintf(w, "%d messages of the manifest are not in the folder.\n", missing)
	}
	Report(w, judged)
	fmt.Fprintf(w, "\n%d messages in %.1f s.\n", len(judged), time.Since(began).Seconds())
	return nil
}

// Corpus is a folder of messages whose labels are known.
type Corpus struct {
	Dir     string
	Samples []Sample
}

// Open reads the bytes of a sample, nil when its file is not there. Its path is
// relative to the folder, or to it without its own first folder.
func (c Corpus) Open(s Sample) []byte {
	_, rest, _ := strings.Cut(s.Path, "/")
	for _, path := range []string{s.Path, rest} {
		if raw, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(path))); err == nil {
			return raw
		}
	}
	return nil
}

// Read reads the manifest of a folder: CSV with a header naming at least id,
// path and label.
func Read(dir, manifest string) (Corpus, error) {
	rows, err := readManifest(manifest)
	return Corpus{dir, rows}, err
}

func readManifest(manifest string) ([]Sample, error) {
	f, err := os.Open(manifest)
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("eval: %s: %w", manifest, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("eval: %s is empty", manifest)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, name := range []string{"id", "path", "label"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("eval: %s has no column %q", manifest, name)
		}
	}
	return samples(rows[1:], at), nil
}

func samples(rows [][]string, at map[string]int) []Sample {
	get := func(row []string, name string) string {
		if i, ok := at[name]; ok && i < len(row) {
			return row[i]
		}
		return ""
	}
	out := make([]Sample, 0, len(rows))
	for _, row := range rows {
		out = append(out, Sample{
			ID: get(row, "id"), Path: get(row, "path"), Label: Label(get(row, "label")),
			Source: get(row, "source"), Lang: get(row, "lang_guess"),
			Kind: get(row, "subtype_guess"), Origin: get(row, "origin_path"), Date: get(row, "date"),
		})
	}
	return out
}

// Judge judges the samples on all cores, keeping their order, and counts those
// whose file is not there.
func Judge(c Corpus) (judged []Judged, missing int) {
	samples := c.Samples
	all := make([]*Judged, len(samples))
	next := make(chan int)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := range next {
				all[i] = one(c, c.Samples[i])
			}
		})
	}
	for i := range samples {
		next <- i
	}
	close(next)
	done.Wait()
	for _, j := range all {
		if j == nil {
			missing++
			continue
		}
		judged = append(judged, *j)
	}
	return judged, missing
}

func one(c Corpus, s Sample) *Judged {
	raw := c.Open(s)
	if raw == nil {
		return nil
	}
	began := time.Now()
	m := mail.Read(raw, mail.DefaultBudget())
	r := analysis.Analyze(context.Background(), analysis.Subject{Message: m, Now: m.Date})
	return &Judged{Sample: s, Result: r, Took: time.Since(began)}
}

// expected says which verdict is right for a label.
func expected(l Label) verdict.Verdict {
	switch l {
	case Phish:
		return verdict.Phishing
	case Spam:
		return verdict.Spam
	case Simulation:
		return verdict.Simulation
	case Ham:
		return verdict.Legitimate
	case Torture:
	}
	return verdict.Unsure
}
