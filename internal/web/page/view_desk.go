package page

import (
	"time"

	"github.com/bienvu/bienvu/internal/verdict"
)

// Tab is one list of the queue.
type Tab string

// The lists of the queue.
const (
	TabNew      Tab = "new"
	TabUrgent   Tab = "urgent"
	TabUnsure   Tab = "unsure"
	TabAnswered Tab = "answered"
)

// Tabs lists them in the order people see them.
func Tabs() []Tab { return []Tab{TabUrgent, TabNew, TabUnsure, TabAnswered} }

// QueueView is the desk's queue.
type QueueView struct {
	Tab    Tab
	Counts map[Tab]int
	Rows   []QueueRow
	Open   string // ID of the case that is shown beside it
	Today  Today
	Older  string
}

// Today is what the desk can be glad of.
type Today struct {
	Answered int
	Alone    int           // of them, without a person
	Median   time.Duration // until the answer; 0 when nothing was answered
	Thanks   int           // people who said it helped
}

// QueueRow is one case on one line.
type QueueRow struct {
	ID       string // in the path of the case
	Number   int
	Person   string
	Subject  string
	Since    time.Time
	Promise  time.Time // zero when nothing is owed
	Verdict  verdict.Verdict
	Score    float64 // probability of malice, 0 to 1
	Urgent   bool
	Held     bool // it waits for a person
	Reports  int  // how many people reported the same
	Answered time.Time
	Question bool // nothing was reported: somebody asks
	Decided  bool // by a person: how sure the machine was is no matter
}

// CaseView is one case with its conversation and its evidence.
type CaseView struct {
	Queue    QueueView
	ID       string
	Number   int
	Subject  string
	Person   Reporter
	Urgent   bool
	Acted    []Act
	Promise  time.Time
	Answered time.Time
	Held     []string // why it waits for a person, ready sentences
	Thread   []Entry  // the oldest first
	Evidence *Evidence
	Draft    *Draft
	Told     []Told
	CanSend  bool   // this person may answer
	CanClose bool   // … and end the case without writing
	CanWrite bool   // … and answer in words of their own, without a verdict
	Problem  string // why what was just pressed was not done, "" for nothing
}

// Reporter is the person a case is with.
type Reporter struct {
	Name, Address, Department string
	Lang                      string
	Reports                   int
	Since                     time.Time // first report; zero for the first
	Outside                   bool      // not of the organisation, or not proved
}

// EntryKind is what an entry of a conversation is.
type EntryKind string

// The kinds of entry.
const (
	EntryReport   EntryKind = "report"
	EntryQuestion EntryKind = "question"
	EntryAnswer   EntryKind = "answer"
	EntryFeedback EntryKind = "feedback"
	EntryNote     EntryKind = "note"
)

// Entry is one thing said in a conversation.
type Entry struct {
	Kind  EntryKind
	Who   string
	Ours  bool
	Auto  bool // written and sent without a person
	At    time.Time
	Text  string
	State SendState // of an answer
	Guest *Guest    // the reported message
}

// Draft is an answer prepared for review.
type Draft struct {
	Verdict    verdict.Verdict // what it says
	Correction bool            // people were told otherwise
	Recipients int             // how many people will get it
	Lang       string
	Subject    string
	Text       string
	Problems   []ToneProblem
	Readable   int // Flesch or its adaptation, rounded
	Words      int
	Version    string // what the sender saw, so that nobody sends over a colleague
	Own        bool   // in the person's own words: it tells no verdict
	Nobody     bool   // there is nobody to write to: the verdict is kept, nothing leaves
}

// ToneProblem is one thing the tone check found, at the words themselves.
type ToneProblem struct {
	Quote   string // the words, "" when it is about the whole
	Why     string // ready sentences
	Suggest string
}

// Told is one thing one person was told.
type Told struct {
	Who     string
	What    verdict.Verdict // "" for an acknowledgement
	Subject string
	At      time.Time
	State   SendState
	Mail    string // path in the outbox, "" when it can't be shown
	Resolve string // where a person says whether it left (InDoubt), or sends it again (Failed)
}

// NumbersView is what the lead reads.
type NumbersView struct {
	From, To     time.Time
	Reports      int
	People       int           // who reported; below Few nothing about them is shown
	Answered     int           // reports that were answered
	Alone        int           // of them, without a person
	Median       time.Duration // until the answer
	Slow         time.Duration // nine of ten were faster
	Threats      int
	ThreatPeople int // who reported them
	Helped       int // said that it helped
	DidNot       int // said that it did not
	ThankPeople  int // who said so
	Weeks        []Week
	Kinds        []KindCount
	Lesson       *LessonView // nil for nothing learned, or for who may not see all accounts
}

// Few is the number of people below which no figure is told.
const Few = 5

// Week is one week of the chart.
type Week struct {
	Start        time.Time
	Reports      int
	People       int // who reported them
	Threats      int
	ThreatPeople int           // who reported those; below Few they are not told
	Median       time.Duration // 0 when nothing was answered
}

// hidesThreats reports whether a week's traps stay untold, so that the weeks
// add up to less than the whole.
func (w Week) hidesThreats() bool { return w.Threats > 0 && !shown(w.ThreatPeople) }

// KindCount is how many reports had a verdict.
type KindCount struct {
	Verdict verdict.Verdict
	Count   int
	People  int // who reported them
}

// APIView is the reference of the REST API.
type APIView struct {
	Title, Version, Description string
	Document                    string // path of the OpenAPI document
	Operations                  []Operation
}

// Operation is one call of the API.
type Operation struct {
	ID, Method, Path     string
	Summary, Description string
	Right                string
	Parameters           []Parameter
	Bodies               []Body
	Responses            []Response
}

// Parameter is one parameter of an operation.
type Parameter struct {
	Name, In, Type, Description string
	Required                    bool
}

// Body is one form in which a request may be sent.
type Body struct{ Type, Description, Example string }

// Response is one answer an operation may give.
type Response struct{ Status, Description, Example string }

// elsewhere is the list with something to do when the one shown is empty; ""
// when nothing waits anywhere, or what is done was asked for.
func (v QueueView) elsewhere() Tab {
	if v.Tab == TabAnswered {
		return ""
	}
	for _, t := range []Tab{TabUrgent, TabUnsure, TabNew} {
		if t != v.Tab && v.Counts[t] > 0 {
			return t
		}
	}
	return ""
}
