package eval

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/learn"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Told is a message with what was said of it.
type Told struct {
	Sample
	Family  string          // relatives share it: one list, sender or campaign
	Score   float64         // probability that it is malicious
	Verdict verdict.Verdict // what it would be told to be, with confidence or not
	Leaning verdict.Verdict // phishing, spam or legitimate: the verdict if there had to be one
	May     bool            // no guard forbids to say so alone; the thresholds decide
}

// Bounds are the thresholds for one share of wrong decisions.
type Bounds struct{ Share, From, To float64 }

// Alone reports whether the verdict would be given without a person.
func (t *Told) Alone(b Bounds) bool {
	switch t.Verdict {
	case verdict.Phishing, verdict.Spam:
		return t.May && t.Score >= b.From
	case verdict.Legitimate:
		return t.May && t.Score <= b.To
	case verdict.Simulation, verdict.Unsure:
	}
	return t.May && t.Verdict == verdict.Simulation
}

// Half parts messages in two by a hash of their ID, always the same way.
func Half(id string) int {
	sum := sha256.Sum256([]byte(id))
	return int(sum[0] & 1)
}

// OfJudged is what the product said, in the form that is measured.
func OfJudged(judged []Judged) []Told {
	out := make([]Told, 0, len(judged))
	for i := range judged {
		j := &judged[i]
		t := Told{Sample: j.Sample, Family: j.family(), Score: j.Result.Score, Verdict: j.Result.Verdict, Leaning: j.Result.Verdict, May: j.may()}
		if t.Leaning == verdict.Unsure || t.Leaning == verdict.Simulation {
			t.Leaning = verdict.Legitimate
			if t.Score >= 0.5 {
				t.Leaning = verdict.Phishing
			}
		}
		out = append(out, t)
	}
	return out
}

// may reports whether a message may be told alone, were its score extreme. For
// advertising, and exercises, only what was is known.
func (j *Judged) may() bool {
	all := j.Result.Findings
	if slices.ContainsFunc(all, func(f verdict.Finding) bool { return f.Hold }) {
		return false
	}
	switch j.Result.Verdict {
	case verdict.Phishing:
		return verdict.Evident(all)
	case verdict.Legitimate:
		return verdict.Unalarming(all)
	case verdict.Spam, verdict.Simulation, verdict.Unsure:
	}
	return j.Result.Confident
}

// family is what can be known of relatives without reading the message.
func (s *Sample) family() string {
	switch {
	case strings.HasPrefix(s.Source, "list:"), strings.HasPrefix(s.Source, "template:"):
		return s.Source
	case s.Sender != "":
		return s.Sender
	}
	return s.ID
}

// scores pairs what was said with the truth, for what a slice is about.
func scores(all []Told, s Slice) []learn.Scored {
	var out []learn.Scored
	for i := range all {
		if bad := s.Bad(&all[i].Sample); bad || s.Good(&all[i].Sample) {
			out = append(out, learn.Scored{Score: all[i].Score, True: bad})
		}
	}
	return out
}

// WriteScores writes one line of CSV a message: id, label (1 malicious, 0
// legitimate, or the name of another), score, and what the product would have
// told alone within b (phish, spam, safe, or review), for other tools to measure.
func WriteScores(w io.Writer, all []Told, b Bounds) error {
	rows := [][]string{{"id", "label", "score", "verdict"}}
	for i := range all {
		t := &all[i]
		rows = append(rows, []string{t.ID, t.Label.number(), fmt.Sprintf("%.9f", t.Score), t.triage(b)})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func (l Label) number() string {
	switch l {
	case Phish:
		return "1"
	case Ham:
		return "0"
	case Spam, Simulation, Torture:
	}
	return string(l)
}

func (t *Told) triage(b Bounds) string {
	if !t.Alone(b) {
		return "review"
	}
	switch t.Verdict {
	case verdict.Phishing:
		return "phish"
	case verdict.Legitimate:
		return "safe"
	case verdict.Spam, verdict.Simulation, verdict.Unsure:
	}
	return string(t.Verdict)
}
