package model

import (
	"math"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/trait"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/verdict"
)

// wordColumns are the names of WordColumns.
const wordColumns = "words.all words.subject words.most words.least words.names words.advert"

// WordColumns names what the words add to a row, after traits and findings.
func WordColumns() []string { return strings.Fields(wordColumns) }

// Extend adds to a row what a model of the words says.
func Extend(row trait.Row, r words.Read, voices *Voices) []float32 {
	m := &voices.Bad
	most, least := 0.0, 0.0
	for i, w := range r.Windows {
		s := m.Score(w)
		if i == 0 {
			most, least = s, s
		}
		most, least = max(most, s), min(least, s)
	}
	names := float32(r.Mine+r.Theirs) / float32(r.Count+1)
	return append(slices.Clone([]float32(row)), float32(m.Score(r.All)), float32(m.Score(r.Subject)), float32(most), float32(least), names, float32(voices.Advert.Score(r.All)))
}

// Weigh gives the model's opinion of a message and what was found in it, and
// the findings that the model itself makes.
func (m *Model) Weigh(v *view.View, found []verdict.Finding) (verdict.Opinion, []verdict.Finding) {
	read, marks := words.Look(v)
	row := Extend(m.set.Of(v, found), read, &m.Voices)
	o := m.opinion(row, found, boundsOf(m.Risks, v.House.Risk))
	m.want(&o, read, v)
	return o, append(m.said(v, read.Count, marks, o), learned(v, read, found)...)
}

// opinion asks the trees about a row, and what each finding moved.
func (m *Model) opinion(row []float32, found []verdict.Finding, b verdict.Bounds) verdict.Opinion {
	shares := make([]float64, len(row))
	score := m.trees.Explain(row, shares)
	for _, s := range shares {
		score += s
	}
	o := verdict.Opinion{
		Odds:   m.Calibration.Slope*score + m.Calibration.Offset,
		Bulk:   m.Kind.Slope*m.kinds.Score(row) + m.Kind.Offset,
		Shares: m.moved(found, shares), Groups: make(map[string]float64, len(m.groups)),
		Known: m.known, Bounds: b,
	}
	sums := make([]float64, len(m.groups))
	for i, share := range shares {
		if group := m.groupOf[i]; group >= 0 && share != 0 {
			sums[group] += share * m.Calibration.Slope
		}
	}
	for i, sum := range sums {
		if sum != 0 {
			o.Groups[m.groups[i]] = sum
		}
	}
	return o
}

// moved gives how much each of the findings moved the log odds.
func (m *Model) moved(found []verdict.Finding, shares []float64) map[string]float64 {
	out := make(map[string]float64, len(found))
	for _, f := range found {
		if i := m.set.Index(f.ID); i >= 0 && m.groupOf[i] < 0 && shares[i] != 0 {
			out[f.ID] = shares[i] * m.Calibration.Slope
		}
	}
	return out
}

// group sorts the columns: findings stand for themselves, traits are told
// together with the others of their kind.
func (m *Model) group() {
	m.groups, m.groupOf = nil, make([]int, len(m.columns))
	for i, name := range m.columns {
		if m.groupOf[i] = -1; m.known[name] {
			continue
		}
		kind, _, _ := strings.Cut(name, ".")
		at := slices.Index(m.groups, kind)
		if at < 0 {
			at = len(m.groups)
			m.groups = append(m.groups, kind)
		}
		m.groupOf[i] = at
	}
}

// boundsOf gives the thresholds for an accepted risk.
func boundsOf(risks []Risk, allowed float64) verdict.Bounds {
	if len(risks) == 0 {
		return verdict.Bounds{From: 2, To: -1}
	}
	return risks[Chosen(risks, allowed)].Bounds()
}

// Chosen is which of the risks is meant by an accepted one: the largest that is
// not above it, the smallest when all are, the usual for none.
func Chosen(risks []Risk, allowed float64) (at int) {
	if allowed <= 0 {
		allowed = DefaultRisk
	}
	for i, r := range risks {
		if r.Share <= allowed*1.0001 { // a share may be a rounding above the one it names
			at = i
		}
	}
	return at
}

// want says what the words want, what they ask a person to do, and whether they
// push.
func (m *Model) want(o *verdict.Opinion, r words.Read, v *view.View) {
	odds := m.asks.Scores(r.All)
	wants, asks := odds[:len(m.Wants)], odds[len(m.Wants):len(odds)-1]
	if i := largest(wants); i >= 0 {
		o.Intent, o.IntentOdds = m.Intents[i], wants[i]
	}
	for i, d := range m.Demands {
		if !possible(d, v) {
			asks[i] = math.Inf(-1)
		}
	}
	if i := largest(asks); i >= 0 {
		o.Asks = m.Demands[i]
	}
	o.Presses = odds[len(odds)-1] > 0
}

// possible reports whether a message has what it would take to do as it asks.
func possible(demand string, v *view.View) bool {
	switch demand {
	case "click", "login":
		return slices.ContainsFunc(v.Links, view.Link.Clickable)
	case "open-file":
		return slices.ContainsFunc(v.Message.Parts, func(p *mail.Part) bool { return p != nil && p.Attachment })
	}
	return true
}

// largest is where the largest of some numbers stands, -1 where there is none.
func largest(of []float64) (at int) {
	at = -1
	for i, s := range of {
		if at < 0 || s > of[at] {
			at = i
		}
	}
	return at
}
