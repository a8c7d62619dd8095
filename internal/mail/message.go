// Package mail reads any message, however broken, and writes ours.
//
// Read never fails on content: what is wrong with a message is a Defect, and
// what is over a budget is cut and said so. Nothing here touches the network,
// a file or a clock.
package mail

import "time"

// Message is a mail as we understand it. Everything text is valid UTF-8.
type Message struct {
	Raw    []byte // the bytes as received; never changed
	Header Header // every field in order, decoded where RFC 2047 allows

	Subject    string
	From       []Address
	Sender     *Address // RFC 5322 Sender, nil when absent
	ReplyTo    []Address
	To, Cc     []Address
	ReturnPath string // address of the envelope sender when a server noted it, "" when unknown; "<>" for the null sender
	MessageID  string // without angle brackets
	InReplyTo  []string
	References []string
	Date       time.Time // zero when absent or unreadable

	Parts []*Part // all leaf parts and attached messages, in reading order
	Text  string  // what a person reads: the text/plain part, else the HTML as text
	Plain string  // the text/plain part as it is, "" when there is none
	Shown string  // what an ordinary client shows: the HTML as text when there is HTML, else Plain
	// Hidden is the text of the HTML that is there but cannot be seen: not
	// displayed, without size, transparent, or in the colour of its ground.
	Hidden string
	HTML   string // the first text/html part as UTF-8, not sanitised: never render outside the sandbox
	page   *paper // what HTML shows and hides, nil where it was not noted
	Links  []Link // every link of text, HTML and calendar parts, in reading order

	Auth    []AuthResults // RFC 8601 fields, the topmost (nearest to us) first
	Route   []Hop         // RFC 5322 Received fields, the topmost (newest) first
	Defects []Defect      // what is wrong with it, in the order found
}

// Header is every field of a header in order.
type Header []Field

// Field is one header field, unfolded.
type Field struct {
	Name  string // as written
	Value string // RFC 2047 decoded, unfolded, trimmed, valid UTF-8
	Raw   string // unfolded only
}

// Address is one mailbox.
type Address struct {
	Name string // display name, decoded
	Addr string // local@domain, domain in lower case; "" when unreadable
}

// Part is one leaf of the MIME tree, or an attached message.
type Part struct {
	Path        string // "1.2": the position in the tree, counted from 1
	Type        string // declared media type, lower case, such as "application/pdf"
	TrueType    string // media type by content, such as "application/x-msdownload"; "" when not recognised
	Charset     string
	Disposition string   // "inline", "attachment" or ""
	Name        string   // file name, RFC 2231 and RFC 2047 decoded, no path
	ContentID   string   // without angle brackets
	Body        []byte   // transfer decoding undone, at most the budget
	Size        int      // bytes after decoding, before any cut
	Cut         bool     // Body is shorter than Size
	Message     *Message // for message/rfc822 (and .eml, .msg): the message inside, within the depth budget
	Attachment  bool     // a person would see it as a file
}

// LinkSource says where a link was found.
type LinkSource string

// Where links are found.
const (
	LinkAnchor   LinkSource = "a"        // <a href>, <area href>
	LinkForm     LinkSource = "form"     // <form action>
	LinkImage    LinkSource = "img"      // remote image
	LinkText     LinkSource = "text"     // an address written in plain text
	LinkOther    LinkSource = "other"    // base, iframe, meta refresh, link, script …
	LinkCalendar LinkSource = "calendar" // text/calendar
	LinkHeader   LinkSource = "header"   // List-Unsubscribe and the like
	LinkPicture  LinkSource = "picture"  // a code in a picture, such as a QR code; found by the analysis, never by Read
	LinkFile     LinkSource = "file"     // inside an attached file; found by the analysis, never by Read
)

// Link is one link with what a person sees of it.
type Link struct {
	URL    string // as written, entity-decoded, trimmed
	Text   string // the visible text; "" for images without alternative text
	Source LinkSource
	Part   int // index in Message.Parts, -1 for headers
}

// AuthResults is one Authentication-Results field (RFC 8601).
type AuthResults struct {
	Server  string // authserv-id
	Results []AuthResult
	Raw     string
}

// AuthResult is one method's outcome, such as spf=pass smtp.mailfrom=a@b.example.
type AuthResult struct {
	Method string            // "spf", "dkim", "dmarc", "arc", …
	Value  string            // "pass", "fail", "none", …
	Props  map[string]string // "smtp.mailfrom", "header.d", "header.from", "policy.…"
}

// Hop is one Received field.
type Hop struct {
	From string    // the name the client gave
	IP   string    // the address our side saw, "" when absent
	By   string    // the server that wrote it
	With string    // protocol, such as "ESMTPS"
	At   time.Time // zero when unreadable
	Raw  string
}

// Defect is one thing wrong with a message.
type Defect struct {
	ID   string // stable, such as "mime.unclosed-boundary", "budget.depth"
	Path string // the part it concerns, "" for the whole
	Note string // for the expert and the log, English
}

// Budget limits what reading one message may cost.
type Budget struct {
	Depth       int // nested multiparts and attached messages together
	Parts       int // leaves in the whole tree
	HeaderBytes int // of one header section
	PartBytes   int // of one decoded body
	TotalBytes  int // of all decoded bodies together (expansion)
	Links       int
}

// DefaultBudget is what the product uses: 20 levels, 1,000 parts, 1 MiB of
// header, 50 MiB a part, 150 MiB in all, 2,000 links.
func DefaultBudget() Budget {
	return Budget{Depth: 20, Parts: 1000, HeaderBytes: 1 << 20, PartBytes: 50 << 20, TotalBytes: 150 << 20, Links: 2000}
}
