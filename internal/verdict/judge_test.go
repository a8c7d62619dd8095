package verdict_test

import (
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

// bounds are thresholds as a model would state them.
var bounds = verdict.Bounds{From: 0.95, To: 0.05}

// opinion is what a model makes of a message: log odds, in all.
func opinion(odds float64) verdict.Opinion {
	return verdict.Opinion{Odds: odds, Bulk: -3, Bounds: bounds}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	held := verdict.Finding{ID: "reading.budget", Class: verdict.Neutral, Hold: true}
	proved := verdict.Finding{ID: "exercise.proved", Class: verdict.Exercise}
	ruled := verdict.Finding{ID: "house.decided-spam", Class: verdict.Bulk, Weight: 1}
	mark := verdict.Finding{ID: "exercise.mark", Class: verdict.Neutral}
	advertising := verdict.Opinion{Odds: 5, Bulk: 3, Bounds: bounds}
	for name, c := range map[string]struct {
		opinion  verdict.Opinion
		findings []verdict.Finding
		want     verdict.Verdict
		sure     bool
	}{
		"the model is sure, and it can be shown":  {opinion(5), []verdict.Finding{danger("link.ip", 0.6)}, verdict.Phishing, true},
		"sure by the words alone":                 {opinion(5), []verdict.Finding{danger("words.fraud", 1)}, verdict.Phishing, false},
		"sure by what advertising does too":       {opinion(5), []verdict.Finding{common("text.click", 3)}, verdict.Phishing, false},
		"the model leans to danger":               {opinion(1.5), nil, verdict.Phishing, false},
		"the model does not know":                 {opinion(0), nil, verdict.Unsure, false},
		"the model leans to safety":               {opinion(-2), nil, verdict.Legitimate, false},
		"the model is sure of safety":             {opinion(-5), nil, verdict.Legitimate, true},
		"but the team called it advertising":      {opinion(-5), []verdict.Finding{ruled}, verdict.Unsure, false},
		"what the model does not know adds":       {opinion(-2), []verdict.Finding{danger("house.own-unproved", 3), danger("listed.url", 3)}, verdict.Phishing, true},
		"a proof of the house makes sure":         {opinion(-1), []verdict.Finding{proof("house.own", -3.5)}, verdict.Legitimate, true},
		"trust never hides a plain danger":        {opinion(-5), []verdict.Finding{proof("house.own", -4), danger("attachment.executable", 4.5)}, verdict.Legitimate, false},
		"what anybody can type earns no trust":    {opinion(-1), []verdict.Finding{trust("bulk.discussion", -3)}, verdict.Unsure, false},
		"a budget that ran out holds":             {opinion(-5), []verdict.Finding{held}, verdict.Unsure, false},
		"and holds danger too":                    {opinion(5), []verdict.Finding{held}, verdict.Unsure, false},
		"a mark alone is no exercise":             {opinion(5), []verdict.Finding{mark, danger("link.ip", 1)}, verdict.Phishing, true},
		"a proved exercise":                       {opinion(5), []verdict.Finding{mark, proved}, verdict.Simulation, true},
		"advertising":                             {advertising, []verdict.Finding{bulk(0.9)}, verdict.Spam, true},
		"advertising that nothing shows":          {advertising, nil, verdict.Spam, false},
		"advertising with a plain danger is none": {advertising, []verdict.Finding{danger("attachment.executable", 4.5)}, verdict.Phishing, true},
		"without a model nothing is confident":    {verdict.Opinion{Bounds: verdict.Bounds{From: 2, To: -1}}, []verdict.Finding{danger("a.a", 9)}, verdict.Phishing, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := verdict.Judge(c.findings, c.opinion)
			if got.Verdict != c.want || got.Confident != c.sure {
				t.Errorf("got %s, confident %t (score %.3f); want %s, %t", got.Verdict, got.Confident, got.Score, c.want, c.sure)
			}
		})
	}
}

// What the model knows is in its odds already: a table's weight must not count twice.
func TestKnownFindingsCountOnce(t *testing.T) {
	t.Parallel()
	o := opinion(1)
	o.Known = map[string]bool{"link.ip": true}
	o.Shares = map[string]float64{"link.ip": 0.4}
	j := verdict.Judge([]verdict.Finding{danger("link.ip", 3)}, o)
	if want := verdict.Judge(nil, opinion(1)).Score; j.Score != want {
		t.Errorf("score %f, want %f", j.Score, want)
	}
	if j.Findings[0].Moved != 0.4 {
		t.Errorf("moved %f, want the model's share 0.4", j.Findings[0].Moved)
	}
}

// What the measures of a group moved is credited to the findings of that group
// that say the same, by their weights.
func TestGroupsAreCredited(t *testing.T) {
	t.Parallel()
	o := opinion(1)
	o.Groups = map[string]float64{"link": 2}
	o.Known = map[string]bool{"link.a": true, "link.b": true, "link.c": true}
	j := verdict.Judge([]verdict.Finding{danger("link.a", 3), danger("link.b", 1), trust("link.c", -1)}, o)
	moved := map[string]float64{}
	for _, f := range j.Findings {
		moved[f.ID] = f.Moved
	}
	if moved["link.a"] != 1.5 || moved["link.b"] != 0.5 || moved["link.c"] != 0 {
		t.Errorf("moved %v", moved)
	}
}

func TestReasonsAreFewAndVisible(t *testing.T) {
	t.Parallel()
	hidden := danger("sender.id-elsewhere", 3)
	hidden.Place = verdict.Place{Spot: verdict.InHeader, Name: "Message-ID"}
	j := verdict.Judge([]verdict.Finding{danger("text.a", 1), danger("link.b", 2), danger("sender.c", 3), danger("text.d", 0.9), hidden, trust("bulk.e", -2)}, opinion(5))
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
	verdict.Judge(in, opinion(0))
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
