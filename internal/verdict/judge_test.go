package verdict_test

import (
	"math"
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/verdict"
)

func danger(id string, w float64) verdict.Finding {
	return verdict.Finding{ID: id, Class: verdict.Danger, Weight: w, Place: verdict.Place{Spot: verdict.InText}}
}

// common is a danger that honest advertising shows as well.
func common(id string, w float64) verdict.Finding {
	f := danger(id, w)
	f.Common = true
	return f
}

func trust(id string, w float64) verdict.Finding {
	return verdict.Finding{ID: id, Class: verdict.Trust, Weight: w, Place: verdict.Place{Spot: verdict.InHeader, Name: "From"}}
}

func bulk(w float64) verdict.Finding {
	return verdict.Finding{ID: "bulk.advertising", Class: verdict.Bulk, Weight: w, Place: verdict.Place{Spot: verdict.InText}}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	held := verdict.Finding{ID: "reading.budget", Class: verdict.Neutral, Hold: true}
	proved := verdict.Finding{ID: "exercise.proved", Class: verdict.Exercise}
	mark := verdict.Finding{ID: "exercise.mark", Class: verdict.Neutral}
	for name, c := range map[string]struct {
		findings []verdict.Finding
		want     verdict.Verdict
		sure     bool
	}{
		"nothing is known":                        {nil, verdict.Unsure, false},
		"hardly anything is known":                {[]verdict.Finding{trust("link.none", -0.2)}, verdict.Unsure, false},
		"danger in two places":                    {[]verdict.Finding{danger("link.ip", 3), danger("text.click", 3)}, verdict.Phishing, true},
		"danger in one place is not enough":       {[]verdict.Finding{danger("text.a", 3), danger("text.b", 3)}, verdict.Phishing, false},
		"one plain danger is enough":              {[]verdict.Finding{danger("attachment.executable", 4.5)}, verdict.Phishing, true},
		"what advertising does too is never sure": {[]verdict.Finding{common("text.click", 3), common("link.not-sender", 3), danger("text.prize", 1.4)}, verdict.Phishing, false},
		"with something grave it is":              {[]verdict.Finding{common("text.click", 3), danger("link.ip", 1.5)}, verdict.Phishing, true},
		"trust without danger":                    {[]verdict.Finding{trust("house.own", -3.5)}, verdict.Legitimate, true},
		"weak trust is not enough":                {[]verdict.Finding{trust("a.a", -1), trust("b.b", -0.9)}, verdict.Legitimate, false},
		"trust never hides a strong danger":       {[]verdict.Finding{trust("house.own", -4), trust("b.b", -4), danger("link.ip", 2.4)}, verdict.Legitimate, false},
		"trust never hides many small dangers":    {[]verdict.Finding{trust("house.own", -4), trust("b.b", -4), danger("a.a", 1.1), danger("c.c", 1.1)}, verdict.Legitimate, false},
		"a budget that ran out holds":             {[]verdict.Finding{trust("house.own", -4), held}, verdict.Unsure, false},
		"and holds danger too":                    {[]verdict.Finding{danger("attachment.executable", 4.5), held}, verdict.Unsure, false},
		"a mark alone is no exercise":             {[]verdict.Finding{danger("link.ip", 3), danger("text.click", 3), mark}, verdict.Phishing, true},
		"a proved exercise":                       {[]verdict.Finding{danger("link.ip", 3), mark, proved}, verdict.Simulation, true},
		"advertising":                             {[]verdict.Finding{trust("text.plain", -3), bulk(4)}, verdict.Spam, true},
		"advertising that is dangerous":           {[]verdict.Finding{danger("link.ip", 4.5), bulk(4)}, verdict.Phishing, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := verdict.Judge(c.findings)
			if got.Verdict != c.want || got.Confident != c.sure {
				t.Errorf("got %s, confident %t (score %.3f); want %s, %t", got.Verdict, got.Confident, got.Score, c.want, c.sure)
			}
		})
	}
}

func TestCorrelatedFindingsAreCapped(t *testing.T) {
	t.Parallel()
	var many []verdict.Finding
	for range 50 {
		many = append(many, danger("text.pressure", 1))
	}
	some := verdict.Judge(many[:10]).Score
	if got := verdict.Judge(many).Score; got != some || math.IsNaN(got) {
		t.Errorf("fifty findings of one group score %f, ten %f: the group is not capped", got, some)
	}
}

func TestReasonsAreFewAndVisible(t *testing.T) {
	t.Parallel()
	hidden := danger("sender.id-elsewhere", 3)
	hidden.Place = verdict.Place{Spot: verdict.InHeader, Name: "Message-ID"}
	j := verdict.Judge([]verdict.Finding{danger("text.a", 1), danger("link.b", 2), danger("sender.c", 3), danger("text.d", 0.9), hidden, trust("bulk.e", -2)})
	var got []string
	for _, f := range j.Reasons {
		got = append(got, f.ID)
	}
	if len(got) != 3 || got[0] != "sender.c" || got[1] != "link.b" || got[2] != "text.a" {
		t.Errorf("reasons %v", got)
	}
	if j.Findings[0].Weight < j.Findings[len(j.Findings)-1].Weight {
		t.Error("the heaviest finding does not stand first")
	}
}

func TestJudgeLeavesItsInputAlone(t *testing.T) {
	t.Parallel()
	in := []verdict.Finding{danger("a.a", 1), danger("b.b", 2)}
	verdict.Judge(in)
	if in[0].ID != "a.a" {
		t.Error("the caller's findings were reordered")
	}
}

// proof is trust that nobody else can copy.
func proof(id string, w float64) verdict.Finding {
	f := trust(id, w)
	f.Proof = true
	return f
}

// What anybody can type is no reason to trust; what the message is about is no
// reason to fear it; how we know an exercise teaches nobody anything.
func TestReasonsTeachTheRightThing(t *testing.T) {
	t.Parallel()
	topic := danger("text.parcel", 0.8)
	topic.Topic = true
	exercise := verdict.Finding{ID: "exercise.proved", Class: verdict.Exercise, Place: verdict.Place{Spot: verdict.InHeader, Name: "X-Mark"}}
	all := []verdict.Finding{
		trust("text.plain", -4), trust("text.conversation", -3), trust("sender.brand-own", -1), topic, exercise,
		proof("auth.proved", -0.3), proof("house.own", -3.5), danger("link.a", 2), bulk(0.9),
	}
	for v, want := range map[verdict.Verdict]string{
		verdict.Phishing:   "link.a",
		verdict.Spam:       "bulk.advertising",
		verdict.Legitimate: "house.own link.a",
		verdict.Simulation: "link.a",
		verdict.Unsure:     "link.a house.own",
	} {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			if got := ids(verdict.Reasons(all, v)); got != want {
				t.Errorf("reasons %q, want %q", got, want)
			}
		})
	}
	if got := ids(verdict.Reasons(all[:5], verdict.Phishing)); got != "" {
		t.Errorf("a phishing verdict that no danger explains has the reasons %q", got)
	}
}

func ids(findings []verdict.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, f.ID)
	}
	return strings.Join(out, " ")
}
