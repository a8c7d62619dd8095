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
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/mail"
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
	Sender                 string // domain of the author; "" when not known
	Label                  Label
}

// Judged is a sample with what was said of it.
type Judged struct {
	Sample
	Result analysis.Result
	Took   time.Duration
}

// Shipped judges the messages of folders with the embedded model and prints how
// fast. Nothing is known of the house and no network is asked. Where the model
// was trained on these messages, what it says of them proves nothing.
func Shipped(w io.Writer, corpora []Corpus) (*Report, error) {
	m, err := model.Shipped()
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	var all []Judged
	for _, c := range corpora {
		judged, missing := Judge(c)
		if missing > 0 {
			fmt.Fprintf(w, "%d messages of the manifest are not in %s.\n", missing, c.Dir)
		}
		all = append(all, judged...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("eval: no message of the manifests is there")
	}
	proved(w, all)
	speed(w, all)
	return &Report{Notes: fmt.Sprintf("%d messages, judged by the embedded model.", len(all)), Told: OfJudged(all), Risks: OfModel(m.Risks)}, nil
}

// OfModel gives the thresholds of a model.
func OfModel(risks []model.Risk) []Bounds {
	out := make([]Bounds, 0, len(risks))
	for _, r := range risks {
		out = append(out, Bounds{r.Share, r.From, r.To})
	}
	return out
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
			Sender: get(row, "sender_domain"),
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
