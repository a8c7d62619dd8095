// Package model is the learned part of the judgement: from the words of a
// message, from the numbers that describe it and from the findings, it says how
// likely the message is not what it claims, and how much each of them moved
// that opinion.
//
// Two stages, both trained by `bienvu train`: a logistic regression reads the
// words (package words), and a sum of small decision trees (package learn)
// weighs its score together with the traits and findings. A calibration fitted
// on messages that the model never saw turns the sum into a true probability.
// The weights are embedded; docs/model-card.md says what they were made of.
package model

import (
	"bytes"
	_ "embed"
	"encoding/gob"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Model is everything that was learned.
type Model struct {
	Findings    []string // IDs of the findings that the trees ask for, after the traits
	Traits      []string // names of the traits when the model was trained
	Voices      Voices
	Intents     []string // what a message may want, in the order of Wants
	Wants       []learn.Packed
	Demands     []string       // what a message may ask a person to do, in the order of Asks
	Asks        []learn.Packed // in log odds, like Wants
	Pressure    learn.Packed
	Trees       learn.Forest      // is it legitimate?
	Kinds       learn.Forest      // if it is not: is it advertising?
	Calibration learn.Calibration // of Trees
	Kind        learn.Calibration // of Kinds
	Risks       []Risk            // thresholds, the smallest risk first
	Notes       string            // what it was trained on, for people

	set     *trait.Set
	asks    *learn.Panel    // Wants, then Asks, then Pressure
	trees   *learn.Grove    // Trees
	kinds   *learn.Grove    // Kinds
	columns []string        // names of the numbers that the trees ask for
	groups  []string        // kinds of traits
	groupOf []int           // by column: its kind, -1 for a finding
	known   map[string]bool // findings whose weight was learned, or that the model makes
}

// DefaultRisk is the share of wrong decisions that is accepted where nobody chose.
const DefaultRisk = 0.005

// Voices are what the words say, each in log odds.
type Voices struct {
	Bad    learn.Packed // is it something else than legitimate mail?
	Advert learn.Packed // if so, is it advertising?
}

// Risk is a pair of thresholds, chosen on messages that the model never saw.
type Risk struct {
	Share    float64 // of each class decided wrongly, at most
	From, To float64 // dangerous from this probability on, legitimate up to that one
}

// Bounds are the thresholds as the judgement wants them.
func (r Risk) Bounds() verdict.Bounds { return verdict.Bounds{From: r.From, To: r.To} }

//go:embed model.bin
var embedded []byte

//nolint:gochecknoglobals // read once
var shipped = sync.OnceValues(func() (*Model, error) { return Read(bytes.NewReader(embedded)) })

// Shipped gives the embedded model. It is safe for concurrent use.
func Shipped() (*Model, error) { return shipped() }

// Read reads a model as Write left it.
func Read(r io.Reader) (*Model, error) {
	m := &Model{}
	if err := gob.NewDecoder(r).Decode(m); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	for _, p := range m.packs() {
		p.Restore()
	}
	return m, m.Ready()
}

// packs lists the models of words.
func (m *Model) packs() []*learn.Packed {
	out := []*learn.Packed{&m.Voices.Bad, &m.Voices.Advert, &m.Pressure}
	for _, more := range [][]learn.Packed{m.Wants, m.Asks} {
		for i := range more {
			out = append(out, &more[i])
		}
	}
	return out
}

// Write writes a model; the same model always gives the same bytes. They are not
// packed: that would halve the file and cost every start of the program more
// than all the rest of it.
func (m *Model) Write(w io.Writer) error {
	stored := *m
	stored.Wants, stored.Asks = slices.Clone(m.Wants), slices.Clone(m.Asks)
	for _, p := range stored.packs() {
		*p = p.Store()
	}
	if err := gob.NewEncoder(w).Encode(&stored); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

// Ready checks that the model fits this program: its trees ask for traits that
// are still measured, and its words are hashed as they are today.
func (m *Model) Ready() error {
	m.set = trait.NewSet(m.Findings)
	m.asks = learn.NewPanel(slices.Concat(m.Wants, m.Asks, []learn.Packed{m.Pressure}))
	m.trees, m.kinds = m.Trees.Grove(), m.Kinds.Grove()
	m.columns = slices.Concat(m.set.Names, WordColumns())
	m.known = map[string]bool{}
	for _, id := range slices.Concat(m.Findings, Table.IDs()) {
		m.known[id] = true
	}
	m.group()
	if len(m.Traits)+len(m.Findings) != len(m.set.Names) {
		return fmt.Errorf("model: it was trained on %d traits and there are %d: run `bienvu train`", len(m.Traits), len(m.set.Names)-len(m.Findings))
	}
	for i, name := range m.Traits {
		if m.set.Names[i] != name {
			return fmt.Errorf("model: it was trained on %q where there is %q: run `bienvu train`", name, m.set.Names[i])
		}
	}
	if len(m.Voices.Bad.Weights) != words.Size {
		return fmt.Errorf("model: it knows %d words and there are %d: run `bienvu train`", len(m.Voices.Bad.Weights), words.Size)
	}
	return nil
}
