package page

import (
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// WelcomeView is what a visitor who is not signed in sees.
type WelcomeView struct {
	ReportAddress string // where suspicious mail is forwarded to
}

// HomeView is the reporter's first page.
type HomeView struct {
	ReportAddress string
	MaxBytes      int     // largest message taken
	Last          *Report // the last thing this person reported
	Month         *Month  // what everyone achieved this month, nil when it may not be told
	Problem       string  // what was wrong with what was just sent, "" when nothing
	Source, Words string  // what was typed, kept when there was a problem
}

// Month is what the people achieved together; no figure about fewer than five.
type Month struct {
	Reports, People, Threats, Protected int
}

// Report is one line of a person's own reports.
type Report struct {
	Path     string
	Subject  string
	From     string // who the message claimed to come from
	At       time.Time
	Verdict  verdict.Verdict // "" while nothing was answered
	Answered time.Time
	Promise  time.Time // until when we answer, while nothing was
	Question bool      // it reported nothing: a question, or words
	Effect   Effect
	Changed  bool // the verdict was corrected since
}

// Effect is what a report changed for others.
type Effect struct {
	First     bool // nobody had reported it before
	Protected int  // colleagues who had received the same
	Removed   int  // mailboxes it was taken out of
}

// ReportsView is a person's own timeline, newest first.
type ReportsView struct {
	First     string
	Total     int
	Threats   int // dangerous ones among them
	Reports   []Report
	Milestone string // one sentence, ready, "" for none
	Older     string // path of the next page, "" at the end
}

// ReceivedView thanks for a report that is not answered yet.
type ReceivedView struct {
	First   string
	Report  Report
	Rescue  string // path of "I clicked"
	Acted   bool   // the person said that they clicked, typed, opened or paid
	Waiting bool   // a person is looking, not the machine
}

// AnswerView is the answer to one report.
type AnswerView struct {
	First      string
	Report     Report
	Gave       []Gave // at most three things that gave it away, or reassured
	Guest      *Guest // the message itself, shown safely; nil when there is none to show
	Picture    string // path of the picture to keep, "" for none
	PictureAlt string // … and all of it in words
	Steps      []string
	By         Signer
	Letter     string // the answer as it was sent, plain text; "" when nothing was
	Feedback   string // path where "did this help" is posted, "" when it was said
	Helped     Helped
	Rescue     string // path of "I clicked"
	Before     verdict.Verdict
}

// Gave is one reason, in the reporter's words.
type Gave struct {
	Pin  int
	Text string
}

// Signer is who stands behind an answer.
type Signer struct {
	Name  string
	Team  string
	Reach string // telephone or address of a human
}

// Helped is what a person said of an answer.
type Helped string

// What a person can say of an answer.
const (
	NotSaid   Helped = ""
	DidHelp   Helped = "yes"
	DidNot    Helped = "no"
	MaxPhrase        = 2000 // characters of a sentence that goes with it
)

// other is the opposite answer.
func (h Helped) other() Helped {
	if h == DidHelp {
		return DidNot
	}
	return DidHelp
}

// FeedbackView has one button for what a link said; opening it records nothing.
type FeedbackView struct {
	Action  string // where the form is posted
	Subject string
	Said    Helped // what the link said, or what was recorded: DidHelp or DidNot
	Thanks  bool   // it is recorded
}

// Act is what a person did with a dangerous message.
type Act string

// The acts we can help with.
const (
	Clicked  Act = "clicked"
	Password Act = "password"
	Opened   Act = "opened"
	Paid     Act = "paid"
	Replied  Act = "replied"
)

// Acts lists them in the order people see them.
func Acts() []Act { return []Act{Clicked, Password, Opened, Paid, Replied} }

// Valid reports whether a is one of Acts.
func (a Act) Valid() bool { return a.Steps() > 0 }

// Steps is how many rescue steps an act has; 0 when it is none of ours.
func (a Act) Steps() int {
	switch a {
	case Clicked, Password, Opened, Paid, Replied:
		return 3
	}
	return 0
}

// RescueView walks someone who acted through what to do, one step a screen.
// Step 0 asks what happened; a Step above Act.Steps() is the end.
type RescueView struct {
	Action  string // where each step is posted
	Act     Act
	Step    int
	Offer   bool // nothing is told yet: show the first step, and ask whether to help
	First   string
	Signer  Signer
	Subject string    // of the message it is about, "" when unknown
	Calling bool      // a call back was asked for
	By      time.Time // until when a person calls, zero when none was promised
	Known   bool      // the case is open on the desk
	Stuck   bool      // they can't do this step, and we don't know whom to call
}

// SignInView asks for an address, or for the team's password.
type SignInView struct {
	Address  string
	Problem  string // one sentence, "" when nothing is wrong
	Password bool   // show the team's form
	Next     string // where to go afterwards
}

// SignInSentView says that a link is on its way, whether or not it is.
type SignInSentView struct {
	Address string
	Minutes int // how long the link works
}

// SignInConfirmView waits for a press, because mail scanners follow links.
type SignInConfirmView struct {
	Action string
	Next   string
}

// ErrorView says what went wrong, what was kept and what to do.
type ErrorView struct {
	Status   int
	Sentence string // ready, in the person's language
	ID       string // of the fault in the log, only when it is our fault
	Retry    string // path to try again, "" when it would not help
}

// DemoView is the first page of the demo.
type DemoView struct {
	Doors    []Door
	Address  string // SMTP address, such as "127.0.0.1:2525"
	Command  string // the command to try
	Progress float64
	Filling  bool // the history is still being written
}

// Door is one person of the demo one may be.
type Door struct {
	Role, Name, Does string // Role is "reporter", "responder" or "lead"; Does one sentence
	ID               string
}

// OutboxView lists the mails the product sent, newest first.
type OutboxView struct {
	Mails []MailRow
	Total int
	Older string
}

// MailRow is one mail that was sent.
type MailRow struct {
	Path    string
	To      string
	Subject string
	At      time.Time
	State   SendState
}

// SendState is where a mail of ours stands.
type SendState string

// The states of a mail.
const (
	Waits   SendState = "waits"   // to be sent
	Gone    SendState = "gone"    // taken by the other side
	InDoubt SendState = "doubt"   // it cannot be told; a person decides
	Failed  SendState = "failed"  // refused for good
	NotSent SendState = "unsent"  // called back before it left
	Stopped SendState = "stopped" // the tone check kept it
)

// SendStates lists them.
func SendStates() []SendState { return []SendState{Waits, Gone, InDoubt, Failed, NotSent, Stopped} }

// MailView shows one mail the product sent.
type MailView struct {
	MailRow
	From    string
	Text    string
	HTML    string // path of the sandboxed HTML, "" when the mail has none
	Headers []Field
	Own     string // addresses that begin with this are ours and may be followed
}

// Field is one header field.
type Field struct{ Name, Value string }
