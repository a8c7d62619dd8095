package page

import (
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// Guest is a reported message, shown so that it can do no harm: text only,
// links unfollowable, its HTML behind a sandbox.
type Guest struct {
	Headers []GuestField
	Text    string
	Marks   []Mark
	Hidden  string // text that is there and that nobody sees
	Veiled  []Mark // marks in Hidden
	Codes   []GuestCode
	HTML    string // path of the sandboxed view, "" when there is no HTML
	Links   []GuestLink
	Files   []GuestFile
	Limit   int // bytes of text shown; 0 is the default
}

// GuestField is one line of a guest's header table.
type GuestField struct {
	Name  string // catalogue key below "guest."
	Value string
	Pins  []int
}

// GuestLink is one link, written so that it can't be followed.
type GuestLink struct {
	Text string // what a person sees of it
	URL  string // defanged here if it is not yet
	Host string // where it leads in the end, "" where that is plain to see
	Via  string // the service that it goes through, "" for none
	Shut bool   // that service keeps the destination to itself
	Pins []int
}

// GuestCode is a code that a telephone reads, with where it leads.
type GuestCode struct {
	Name string // of the picture, "" for none
	What string // the address, the number, the account, defanged
	Pins []int
}

// GuestFile is one attachment, by name only.
type GuestFile struct {
	Name, Type, TrueType string
	Size                 int
	Pins                 []int
}

// Evidence is what the judgement rests on.
type Evidence struct {
	Verdict   verdict.Verdict
	Score     float64
	Confident bool
	From, To  float64 // answered alone from this probability on, and up to that one; From 0: not told
	Wants     string  // what the words want, a ready sentence; "" when that can't be told
	ByPerson  string  // who decided, "" for the machine
	Reasons   []Reason
	Checks    []Check // authentication, one line each
	Route     []Hop
	Campaign  string // path of the queue with the same messages, "" for none
	Same      int    // reports of the same campaign
	Kin       []Kin  // cases of the same campaign, the most alike first
}

// Reason is one finding for the expert.
type Reason struct {
	ID     string
	Pin    int // where it is pointed out; 0 nowhere
	Expert string
	Class  verdict.Class
	Weight float64
	Moved  float64 // how much it moved the log odds of malice in this message
	Main   bool    // one of the reasons the reporter is told
	Hold   bool
}

// Check is one method of authentication and its outcome.
type Check struct {
	Name, Outcome, Detail string
	Good, Bad             bool
}

// Hop is one server the message came through.
type Hop struct {
	From, IP, By string
	At           time.Time
}
