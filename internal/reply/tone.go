package reply

import "github.com/bienvu/bienvu/internal/verdict"

// CheckInput is a finished text and what is known of its reader.
type CheckInput struct {
	Text      string // the plain text
	HTML      string // the HTML part; "" when there is none
	Lang      string
	Situation Situation
	FirstName string          // "" when unknown: then no name is expected
	Signer    string          // the person who signs; "" asks for any name
	Contact   string          // how to reach them besides a reply, such as a number
	Ours      []string        // our own links: the only live ones a letter may hold
	Reported  []string        // links and domains of the reported message: none may reappear live
	Verdict   verdict.Verdict // Corrected: the new verdict; "" accepts any
	Question  string          // what the person asked
	Acted     []Act           // what the person did
	Explained bool            // "phishing" was explained earlier in this conversation
	Reasons   []string        // the reasons the letter gives; what they cite of the reported message are not our words
}

// Problem is one thing the reader would trip over. Start and End count
// characters (runes) of Text; both are 0 where the whole text is meant or the
// fault lies in the HTML. Why and Suggestion are catalogue keys.
type Problem struct {
	Rule       string `json:"rule"` // such as "blame"; stable for ever
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Quote      string `json:"quote,omitempty"` // what stands there
	Why        string `json:"why"`
	Suggestion string `json:"suggestion"`
}

// Tone is how a text reads.
type Tone struct {
	Pass        bool      `json:"pass"`        // no problem at all
	Score       float64   `json:"score"`       // from 0 to 1
	Problems    []Problem `json:"problems"`    // in the order of the text
	Readability float64   `json:"readability"` // Flesch (en) or Kandel–Moles (fr); 60 is plain language
	Words       int       `json:"words"`       // of the body: no signature, no link lines
}
