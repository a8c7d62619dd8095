// Package verdict says what a finding is and how findings add up.
//
// A finding is one fact about a message: a stable ID, a weight (the natural
// logarithm of how much more often it is seen in malicious mail than in
// legitimate mail, so weights add), and the place in the message where a person
// can see it. Its two sentences (for the expert, for the reporter) live in the
// catalogues under "finding.<id>.expert" and "finding.<id>.reporter".
package verdict

// Verdict is what we say about a message.
type Verdict string

// The verdicts. There are no others.
const (
	Phishing   Verdict = "phishing"   // meant to harm: theft, fraud, malware
	Spam       Verdict = "spam"       // unwanted advertising, not dangerous
	Legitimate Verdict = "legitimate" // what it says it is
	Simulation Verdict = "simulation" // an exercise the organisation runs, proved twice
	Unsure     Verdict = "unsure"     // a person looks
)

// All lists the verdicts in the order people see them.
func All() []Verdict { return []Verdict{Phishing, Spam, Legitimate, Simulation, Unsure} }

// Valid reports whether v is one of All.
func (v Verdict) Valid() bool {
	switch v {
	case Phishing, Spam, Legitimate, Simulation, Unsure:
		return true
	}
	return false
}

// Spot is the kind of place a finding points to.
type Spot string

// The kinds of place.
const (
	InHeader     Spot = "header"     // Name is the header field
	InLink       Spot = "link"       // Index counts in mail.Message.Links
	InAttachment Spot = "attachment" // Index counts in mail.Message.Parts
	InText       Spot = "text"       // Quote is a run of the visible text
	InWhole      Spot = "message"    // the message as a whole
)

// Place is where in the message a finding can be seen.
type Place struct {
	Spot  Spot   `json:"spot"`
	Name  string `json:"name,omitempty"`
	Index int    `json:"index,omitempty"`
	Quote string `json:"quote,omitempty"` // what stands there, at most 200 characters
}

// Class is what a finding speaks for.
type Class string

// The classes a finding can speak for. Danger and Trust pull the probability
// of malice up (weight > 0) and down (weight < 0).
const (
	Danger   Class = "danger"   // malicious
	Trust    Class = "trust"    // legitimate
	Bulk     Class = "bulk"     // advertising or newsletter: moves legitimate and spam, not malice
	Exercise Class = "exercise" // a mark of a simulation; Weight 0, two proofs are needed
	Neutral  Class = "neutral"  // told to the expert, moves nothing (a budget that ran out holds the case: see Hold)
)

// Finding is one fact about a message.
type Finding struct {
	ID     string            `json:"id"` // such as "link.lookalike-domain"; stable for ever
	Class  Class             `json:"class"`
	Weight float64           `json:"weight"`          // natural log of the likelihood ratio
	Moved  float64           `json:"moved,omitempty"` // how much it moved the log odds of malice in this very message
	Place  Place             `json:"place"`
	Args   map[string]string `json:"args,omitempty"`  // placeholders of its sentences; addresses already defanged
	Hold   bool              `json:"hold,omitempty"`  // a person must look, whatever the sum says
	Common bool              `json:"-"`               // honest advertising shows it too: such findings alone never make danger sure
	Proof  bool              `json:"proof,omitempty"` // nobody else can copy it: the only kind of trust that is ever a reason to show
	Topic  bool              `json:"topic,omitempty"` // what the message is about, no sign of fraud by itself: never a reason to show
}

// Judgement is what the findings add up to.
type Judgement struct {
	Verdict   Verdict   `json:"verdict"`
	Score     float64   `json:"score"`             // probability from 0 to 1 that the message is not legitimate
	Confident bool      `json:"confident"`         // true where the product may answer without a person
	Intent    string    `json:"intent,omitempty"`  // what the words want most, such as "credential"
	Asks      string    `json:"asks,omitempty"`    // what they ask a person to do: click, login, reply, call, pay, open-file or none
	Presses   bool      `json:"presses,omitempty"` // whether they push: a deadline, a threat, a prize that goes
	Findings  []Finding `json:"findings"`          // all, those that moved the decision most first
	Reasons   []Finding `json:"reasons"`           // at most three that moved the decision and that a reporter can see
}
