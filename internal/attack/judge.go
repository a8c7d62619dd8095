package attack

import (
	"context"
	"math"

	"github.com/bienvu/bienvu/internal/analysis"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Said is what was said of one message.
type Said struct {
	Verdict   verdict.Verdict
	Confident bool
	Odds      float64 // natural log odds that it is not legitimate, within ±most
}

// most is as far as log odds go: a probability that close to 1 has no digits left.
const most = 20

// Safe reports whether a reporter would be told, by us alone, that all is well:
// the one answer that no forgery may ever reach.
func (s Said) Safe() bool {
	return s.Confident && (s.Verdict == verdict.Legitimate || s.Verdict == verdict.Simulation)
}

// Trial is one variant of one sample.
type Trial struct {
	Sample, Kind, How string
	Was, Is           Said
	Why               map[string]float64 // what moved the log odds, by finding or group; only when the answer is another
}

// Fooled reports whether all is well now, and wasn't before.
func (t Trial) Fooled() bool { return t.Is.Safe() && !t.Was.Safe() }

// Left reports whether the verdict is another than before.
func (t Trial) Left() bool { return t.Was.Verdict != t.Is.Verdict }

// subjectOf prepares bytes for the analysis, at the moment they were written.
func subjectOf(raw []byte, house analysis.House) analysis.Subject {
	m := mail.Read(raw, mail.DefaultBudget())
	return analysis.Subject{Message: m, House: house, Now: m.Date}
}

// Judge gives the judgement of a message as it is, and its language.
func Judge(raw []byte, house analysis.House) (Said, string) {
	r := analysis.Analyze(context.Background(), subjectOf(raw, house))
	odds := math.Log(r.Score) - math.Log1p(-r.Score)
	return Said{r.Verdict, r.Confident, max(-most, min(most, odds))}, r.Language
}

// Try makes all variants of a message in a language and judges each. With
// headers, only those that leave the words alone.
func Try(id string, raw []byte, house analysis.House, lang string, headers bool) (out []Trial) {
	l := open(raw)
	if len(l.head) == 0 {
		return nil // no mail, but a file of some program
	}
	was, _ := Judge(raw, house)
	before := weights(subjectOf(raw, house))
	for _, r := range recipes(lang) {
		if headers && !r.header {
			continue
		}
		d := l.draft()
		r.change(d)
		made := d.bytes()
		is, _ := Judge(made, house)
		t := Trial{Sample: id, Kind: r.kind, How: r.how, Was: was, Is: is}
		if t.Left() || t.Fooled() {
			t.Why = differences(before, weights(subjectOf(made, house)))
		}
		out = append(out, t)
	}
	return out
}

// weights says what the sum is made of: the share of each finding, and of the
// measures beside them by their group, such as "(words)".
func weights(s analysis.Subject) map[string]float64 {
	m, err := model.Shipped()
	if err != nil {
		return nil
	}
	v := view.New(s)
	found := analysis.Find(context.Background(), v)
	o, said := m.Weigh(v, found)
	out := map[string]float64{}
	for name, share := range o.Groups {
		out["("+name+")"] = share
	}
	o.Groups = nil // else they are shared among the findings
	for _, f := range verdict.Judge(append(found, said...), o).Findings {
		out[f.ID] += f.Moved
	}
	return out
}

func differences(was, is map[string]float64) map[string]float64 {
	out := map[string]float64{}
	for name, w := range is {
		out[name] += w
	}
	for name, w := range was {
		out[name] -= w
	}
	return out
}
