package subject

import "time"

// Seen is what the house remembers of those who sent a message: of the address
// and of the registrable domain in its From. What came with proof of its sender
// is remembered apart from what merely said so, because anybody can write
// anybody's address.
type Seen struct {
	Reports  int // messages that the house remembers at all; it counts no further than MostReports
	Proved   Side
	Unproved Side
}

// MostReports is where counting the memory of a house ends: it is large enough
// to be asked.
const MostReports = 200

// Side is the memory of an address and of its domain.
type Side struct {
	Sender, Domain Count
	Written        bool // the address wrote to the very person who asks now
}

// Count is how often somebody was seen in reports, and what people of the team
// decided about it. Decisions grow old: one loses half its weight in half a year.
// What was taken back is not in it.
type Count struct {
	Times       int
	People      int // how many different ones reported it
	First, Last time.Time
	Legitimate  Say
	Spam        Say
	Phishing    Say
}

// Say is what the team said of a sender.
type Say struct {
	Times    int     // decisions, each counted once however many cases it answered
	Strength float64 // of them now: 1 for one of today, and at most 2 from one person
}
