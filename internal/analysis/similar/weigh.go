package similar

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Belonging is the score from which two messages belong to one campaign.
const Belonging = 0.5

// How the text counts. What one house sends shares words that say nothing (its
// greetings, its small print), so between two mails of one house that much is
// taken off; and a short text can be mostly the words that a mail server puts
// over everything.
const (
	commonAtHome = 0.45 // agreement that different notices of one house reach
	commonTitle  = 0.20 // agreement that notices of one house with one subject reach
	commonAbroad = 0.08 // agreement that strangers reach
	enoughAtHome = 0.60 // of what is left: from here on the text counts fully
	enoughAbroad = 0.33
	fullLength   = 40.0 // runs of words from which a text counts fully
)

// weights is what each common thing adds to the score.
type weights struct{ text, layout, hosts, shapes, picture, file, name, sender, box, subject float64 }

// The weights, measured on pairs of which it is known whether they belong
// together (TestMeasure). Layout, hosts and sender are the
// same in all that one house sends.
//
//nolint:gochecknoglobals // constant tables
var (
	abroad         = weights{text: 0.70, layout: 0.12, hosts: 0.12, shapes: 0.12, picture: 0.12, file: 0.30, name: 0.06, sender: 0.08, box: 0.02, subject: 0.18}
	atHome         = weights{text: 0.70, shapes: 0.08, picture: 0.05, file: 0.30, name: 0.04, subject: 0.25}
	wordlessAtHome = weights{hosts: 0.05, shapes: 0.10, picture: 0.35, file: 0.50, name: 0.10, subject: 0.45}
	wordless       = weights{layout: 0.10, hosts: 0.20, shapes: 0.15, picture: 0.35, file: 0.50, name: 0.10, sender: 0.12, box: 0.03, subject: 0.25}
)

// Compare holds two fingerprints against each other.
func Compare(a, b Print) Likeness {
	s := share(&a, &b)
	l := Likeness{Score: score(&a, &b, s)}
	exact := a.Exact != 0 && a.Exact == b.Exact
	if exact {
		l.Score = max(l.Score, Belonging+s.text*(1-Belonging))
	}
	l.Same = l.Score >= Belonging
	l.Twin = exact && s.text >= 0.9 && slices.Equal(a.Hosts, b.Hosts) && slices.Equal(a.Files, b.Files) &&
		slices.Equal(a.Names, b.Names)
	l.Why = why(s)
	return l
}

func score(a, b *Print, s shared) float64 {
	switch {
	case a.Words == 0 && b.Words == 0 && s.home > 0:
		return wordlessAtHome.of(s, 0)
	case a.Words == 0 && b.Words == 0:
		return wordless.of(s, 0)
	case a.Words == 0 || b.Words == 0:
		return abroad.of(s, 0)
	case s.home > 0 && s.subject > 0:
		return atHome.of(s, beyond(s.text, commonTitle, enoughAtHome)*length(a, b))
	case s.home > 0:
		return atHome.of(s, beyond(s.text, commonAtHome, enoughAtHome)*length(a, b))
	}
	return abroad.of(s, beyond(s.text, commonAbroad, enoughAbroad)*length(a, b))
}

// beyond is how far an agreement goes beyond what is common, 1 from enough on.
func beyond(text, common, enough float64) float64 {
	return min(1, max(0, text-common)/(1-common)/enough)
}

// length is how much the shorter text may say.
func length(a, b *Print) float64 {
	return min(1, math.Sqrt(float64(min(a.Words, b.Words))/fullLength))
}

func (w weights) of(s shared, text float64) float64 {
	return min(1, w.text*text+w.layout*s.layout+w.hosts*s.hosts+w.shapes*s.shapes+w.picture*s.picture+w.file*s.file+
		w.name*s.name+w.sender*s.sender+w.box*s.box+w.subject*s.subject)
}

// why lists what two messages have in common, the weightiest first.
func why(s shared) []Reason {
	type one struct {
		id    string
		share float64
		from  float64 // below, it is not worth saying
	}
	var out []Reason
	for _, o := range []one{
		{"text", s.text, 0.15}, {"file", s.file, 0.5}, {"picture", s.picture, 0.5}, {"subject", s.subject, 1},
		{"shapes", s.shapes, 0.5}, {"hosts", s.hosts, 0.5}, {"layout", s.layout, 0.7}, {"sender", max(s.sender, s.box*s.home), 1},
		{"name", s.name, 0.5},
	} {
		if o.share < o.from {
			continue
		}
		r := Reason{ID: o.id}
		if o.id == "text" {
			r.Args = map[string]string{"n": strconv.Itoa(int(o.share*100 + 0.5))}
		}
		out = append(out, r)
	}
	return out
}

// Nearest orders likenesses: the highest score first.
func Nearest(a, b Likeness) int { return cmp.Compare(b.Score, a.Score) }
