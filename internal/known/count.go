package known

import (
	"math"
	"time"

	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/verdict"
)

const (
	halfLife  = 180 * 24 * time.Hour // after which a decision counts half
	mostOfOne = 2.0                  // strength that the decisions of one person can reach
)

// side counts what was seen with proof, or without.
func side(q Question, proved bool, byDomain, byAddress []seen) subject.Side {
	out := subject.Side{Domain: count(byDomain, proved, q.Now), Sender: count(byAddress, proved, q.Now)}
	for _, s := range byAddress {
		out.Written = out.Written || s.proved == proved && s.person == q.Person
	}
	return out
}

// count adds sightings up, the newest first.
func count(all []seen, proved bool, now time.Time) subject.Count {
	var c subject.Count
	persons, said := map[people.ID]bool{}, map[verdict.Verdict]*saying{}
	for _, s := range all {
		if s.proved != proved {
			continue
		}
		if c.Times++; c.Last.IsZero() {
			c.Last = s.at
		}
		c.First, persons[s.person] = s.at, true
		if s.verdict != "" {
			if said[s.verdict] == nil {
				said[s.verdict] = &saying{counted: map[decision]bool{}, by: map[people.ID]float64{}}
			}
			said[s.verdict].add(s, now)
		}
	}
	c.People = len(persons)
	c.Legitimate, c.Spam, c.Phishing = said[verdict.Legitimate].say(), said[verdict.Spam].say(), said[verdict.Phishing].say()
	return c
}

// decision is one act of a person: what it answered besides has the same moment.
type decision struct {
	by people.ID
	at time.Time
}

// saying gathers the decisions of one verdict.
type saying struct {
	counted map[decision]bool
	by      map[people.ID]float64
}

func (s *saying) add(one seen, now time.Time) {
	d := decision{one.by, one.decided}
	if s.counted[d] {
		return
	}
	s.counted[d] = true
	age := max(now.Sub(one.decided), 0)
	s.by[one.by] = min(s.by[one.by]+math.Exp2(-float64(age)/float64(halfLife)), mostOfOne)
}

func (s *saying) say() subject.Say {
	if s == nil {
		return subject.Say{}
	}
	out := subject.Say{Times: len(s.counted)}
	for _, strength := range s.by {
		out.Strength += strength
	}
	return out
}
