// Package reply writes the answers people receive, and checks their tone.
//
// The answer is the product: people stop reporting after one dry or technical
// reply. So nothing here is glued together by a machine that happens to know
// words. Compose picks whole sentences, written by hand in each language and
// each form of address (text/*.json), and lays them out as a letter: thanks
// first, the verdict next, what to do, why, and a person's name. Check reads a
// finished text the way its reader will (it knows nothing of Compose) and
// says, word by word, what would hurt, confuse or endanger them. Every text
// Compose can write passes Check; a text edited by a person goes through the
// same gate.
package reply

import (
	"embed"
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// Locale holds the sentences of this package, in every language shipped.
//
//go:embed text/*.json
var Locale embed.FS

// Situation is why we write.
type Situation string

// The situations.
const (
	Acknowledge       Situation = "acknowledge"        // it arrived; the verdict takes more than a minute
	PhishingConfirmed Situation = "phishing-confirmed" // it is phishing
	ActedOnDanger     Situation = "acted-on-danger"    // it is phishing, and they clicked, typed, opened, paid or replied
	FalseAlarm        Situation = "false-alarm"        // it is genuine
	UnwantedAd        Situation = "unwanted-ad"        // it is advertising
	SimulationSpotted Situation = "simulation-spotted" // it is an exercise of ours
	NotSureYet        Situation = "not-sure-yet"       // a person is looking
	Corrected         Situation = "corrected"          // we told them otherwise
	HelpRequested     Situation = "help-requested"     // a question that reports nothing
	OwnWords          Situation = "own-words"          // a person of the team answers a question, in words of their own
	Rescue            Situation = "rescue"             // they acted; we have no verdict yet
	Unreadable        Situation = "unreadable"         // we could not read what they sent
	TooBig            Situation = "too-big"            // what they sent is over our limit
	Locked            Situation = "locked"             // what they sent is behind a password
	SignIn            Situation = "sign-in"            // their link to sign in
)

// Situations lists every situation, for tests and menus that walk them.
func Situations() []Situation {
	return []Situation{
		Acknowledge, PhishingConfirmed, ActedOnDanger, FalseAlarm, UnwantedAd, SimulationSpotted, NotSureYet,
		Corrected, HelpRequested, OwnWords, Rescue, Unreadable, TooBig, Locked, SignIn,
	}
}

// SituationFor picks the situation that fits a verdict and what the person
// did. Acting on a message we are not sure about is a Rescue: first the steps
// that can wait for nobody, then the verdict.
func SituationFor(v verdict.Verdict, acted []Act) Situation {
	switch v {
	case verdict.Phishing:
		if len(acted) > 0 {
			return ActedOnDanger
		}
		return PhishingConfirmed
	case verdict.Spam:
		return UnwantedAd
	case verdict.Legitimate:
		return FalseAlarm
	case verdict.Simulation:
		return SimulationSpotted
	case verdict.Unsure:
	}
	if len(acted) > 0 {
		return Rescue
	}
	return NotSureYet
}

// Form is how French (and later German, Spanish, …) addresses the reader.
type Form string

// The forms of address. The zero value is Vous.
const (
	Vous Form = "vous"
	Tu   Form = "tu"
)

// Act is what a person did with a message before (or after) reporting it.
type Act string

// The acts.
const (
	Clicked  Act = "clicked"  // followed a link
	Password Act = "password" // typed a password or a code
	Opened   Act = "opened"   // opened an attachment
	Paid     Act = "paid"     // paid, or changed bank details
	Replied  Act = "replied"  // wrote back
)

// Acts lists every act, the most urgent to mend first.
func Acts() []Act { return []Act{Paid, Opened, Password, Replied, Clicked} }

// Milestone is what is special about this report for the person. At most one
// is mentioned, and never as a comparison with anybody else.
type Milestone string

// The milestones. The zero value is an ordinary report.
const (
	Ordinary        Milestone = ""
	FirstReport     Milestone = "first"
	TenthReport     Milestone = "tenth"
	LongSilence     Milestone = "silence"           // months since the last one
	AfterFalseAlarm Milestone = "after-false-alarm" // the last one was a false alarm
)

// Milestones lists every milestone.
func Milestones() []Milestone {
	return []Milestone{Ordinary, FirstReport, TenthReport, LongSilence, AfterFalseAlarm}
}

// Team is who answers.
type Team struct {
	Name   string // such as "Security team"
	Signer string // the person who stands behind the answer; required
	Phone  string // a number to call, as one writes it; may be empty
}

// Wave is what we know of the other copies of this message. Figures under five
// are said in words, so that nobody can be recognised by them.
type Wave struct {
	First     bool // this person is the first to report it
	Earlier   int  // people who reported it before
	Protected int  // colleagues this report helps to protect
}

// Links are our own addresses, each signed for this person. Empty ones leave
// no trace in the letter.
type Links struct {
	Helped    string // "this answer helps me"
	NotHelped string // "I still have a question"
	Clicked   string // "I clicked, help me"
	Case      string // the page of this report
	SignIn    string // SignIn only
}

// Input is all that a letter is made of.
type Input struct {
	Situation    Situation
	Lang         string // ISO 639-1; a language we don't ship is answered in English
	Form         Form
	FirstName    string // may be empty
	Organisation string
	Team         Team
	Subject      string          // of the mail we answer, as it came; "" when there was none
	Count        int             // how many originals it reported; 0 counts as 1
	Reasons      []string        // what decided, in sentences for the reporter, in Lang; as many as fit, at most three
	Doubts       []string        // FalseAlarm: what made it look suspicious, in the same kind of sentence
	Wave         Wave            // PhishingConfirmed and ActedOnDanger
	Acted        []Act           // what the person told us they did
	Question     string          // what the person asked besides; "" when nothing
	Promise      time.Time       // by when a person answers or calls; zero when nothing is promised
	Now          time.Time       // the moment of writing, to say the promise as people do
	Zone         *time.Location  // the reader's clock; nil: the one of Promise
	Links        Links           //
	Milestone    Milestone       //
	Old, New     verdict.Verdict // Corrected: what we had said, what is true
	Explained    bool            // "phishing" was explained earlier in this conversation
	Valid        time.Duration   // SignIn: how long the link works
}

// Letter is an answer, ready to be checked, then sent.
type Letter struct {
	Situation Situation
	Lang      string
	Subject   string // one line, without control characters
	Text      string // complete in itself; lines end with \n
	HTML      string // the same words
}
