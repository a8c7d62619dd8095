package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

func TestWhatWouldHaveBeenToldAlone(t *testing.T) {
	t.Parallel()
	strict, now, loose := model.Risk{From: 0.99, To: 0.01}, model.Risk{From: 0.9, To: 0.1}, model.Risk{From: 0.7, To: 0.2}
	hold := []verdict.Finding{{Hold: true}}
	for name, c := range map[string]struct {
		j                    verdict.Judgement
		strict, today, loose bool
	}{
		"surely a trap":                {verdict.Judgement{Verdict: verdict.Phishing, Score: 0.995, Confident: true}, true, true, true},
		"a trap for today's risk":      {verdict.Judgement{Verdict: verdict.Phishing, Score: 0.95, Confident: true}, false, true, true},
		"a trap for a larger risk":     {verdict.Judgement{Verdict: verdict.Phishing, Score: 0.8}, false, false, true},
		"sure, and something stops it": {verdict.Judgement{Verdict: verdict.Phishing, Score: 0.95}, false, false, false},
		"safe for today's risk":        {verdict.Judgement{Verdict: verdict.Legitimate, Score: 0.05, Confident: true}, false, true, true},
		"safe for a larger risk":       {verdict.Judgement{Verdict: verdict.Legitimate, Score: 0.15}, false, false, true},
		"advertising":                  {verdict.Judgement{Verdict: verdict.Spam, Score: 0.95, Confident: true}, false, true, true},
		"a person must look":           {verdict.Judgement{Verdict: verdict.Legitimate, Score: 0.001, Findings: hold}, false, false, false},
		"a proved exercise":            {verdict.Judgement{Verdict: verdict.Simulation, Score: 0.5, Confident: true}, true, true, true},
		"not known":                    {verdict.Judgement{Verdict: verdict.Unsure, Score: 0.5}, false, false, false},
	} {
		if a, b, d := alone(c.j, strict, now), alone(c.j, now, now), alone(c.j, loose, now); a != c.strict || b != c.today || d != c.loose {
			t.Errorf("%s: %t %t %t", name, a, b, d)
		}
	}
}

// Only what a person decided says whether we would have been wrong.
func TestThePastIsCounted(t *testing.T) {
	t.Parallel()
	var all []cases.Past
	add := func(score float64, v, ruled verdict.Verdict) {
		raw, err := json.Marshal(verdict.Judgement{Verdict: v, Score: score, Confident: true})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cases.Past{Reporter: people.ID(fmt.Sprint(len(all) % 3)), Judgement: raw, Ruled: ruled})
	}
	add(0.99, verdict.Phishing, "")
	add(0.99, verdict.Phishing, verdict.Phishing)
	add(0.99, verdict.Phishing, verdict.Unsure)
	add(0.92, verdict.Phishing, verdict.Legitimate)
	add(0.05, verdict.Legitimate, verdict.Legitimate)
	view, err := riskView([]model.Risk{{Share: 0.001, From: 0.95, To: 0.01}, {Share: 0.005, From: 0.9, To: 0.1}}, 0, all)
	if err != nil {
		t.Fatal(err)
	}
	if view.Reports != 5 || view.People != 3 || view.Chosen != 1 {
		t.Errorf("%+v", view)
	}
	a, b := view.Rows[0], view.Rows[1]
	if a.Alone != 3 || a.Ruled != 1 || a.Wrong != 0 || b.Alone != 5 || b.Ruled != 3 || b.Wrong != 1 {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestRiskPage(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	tom := s.tom()
	tom.get("/team/risk").is(http.StatusOK).says("Fewer than 5 people")
	for i := range 5 {
		id := string(s.person(fmt.Sprintf("p%d@atelier.example", i), "Atelier").reported(another(i)))
		if i == 0 {
			tom.decide(id, verdict.Legitimate)
		}
	}
	s.Do()
	a := tom.get("/team/risk").is(http.StatusOK).says("Today you accept that up to 0.5% of such answers are wrong", "Of the last 5 reports", "0.05%", "2%", "chosen today")
	a.saysNot("p1@atelier.example", "P1 Petit", "Question 1")
	s.Org.House.Risk = 0.001
	tom.get("/team/risk").says("up to 0.1% of such answers")
	tom.get("/numbers").says("How sure must we be?")
	s.emma().get("/team/risk").is(http.StatusForbidden)
}
