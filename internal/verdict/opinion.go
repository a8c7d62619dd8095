package verdict

// Opinion is what a learned model makes of a message and of the findings it
// knows.
type Opinion struct {
	Odds   float64 // natural log odds that the message is not legitimate, calibrated
	Bulk   float64 // log odds that, if it is not legitimate, it is unwanted advertising and not fraud
	Intent string  // what its words want most, such as "credential"; "" when nothing was learned

	IntentOdds float64            // log odds of that intent
	Asks       string             // what its words ask a person to do, such as "click" or "none"
	Presses    bool               // whether its words push
	Shares     map[string]float64 // by finding: how much it moved Odds
	Groups     map[string]float64 // by group of findings: how much the measures beside them moved Odds
	Known      map[string]bool    // findings that are in Odds already; others count as their tables say
	Bounds     Bounds
}

// Bounds are the probabilities that part "answer now" from "a person looks",
// chosen for a stated risk on messages that the model never saw.
type Bounds struct {
	From float64 // not legitimate from here on
	To   float64 // legitimate up to here
}

// Beyond reports whether the probability of a judgement alone would do for an
// answer; what else it takes, Judge knows.
func (b Bounds) Beyond(j Judgement) bool {
	switch j.Verdict {
	case Phishing, Spam:
		return j.Score >= b.From
	case Legitimate:
		return j.Score <= b.To
	case Simulation, Unsure:
	}
	return false
}
