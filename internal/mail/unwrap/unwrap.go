// Package unwrap finds the reported original inside a report.
//
// Buttons, clients and people all deliver differently: the original attached,
// zipped, converted to Outlook's format, rebuilt from pieces, or quoted in
// the text. Unwrap recognises each way and gives the original as RFC 5322
// bytes with what is known about how faithful it is, and with the reporter's
// own words.
package unwrap

import "github.com/bienvu/bienvu/internal/mail"

// Original is one reported message.
type Original struct {
	Raw      []byte // RFC 5322, converted or rebuilt where needed; nil when Note is NoteEncrypted
	Shape    string // a Shape constant: how it was delivered
	Complete bool   // false: headers are missing or rebuilt, so authentication is unknown
	Note     string // a Note constant or ""
}

// Shapes of an original.
const (
	ShapeRFC822    = "attached-rfc822" // message/rfc822
	ShapeEML       = "attached-eml"    // a message in an application/octet-stream
	ShapeMSG       = "msg"             // Outlook's file format
	ShapeTNEF      = "tnef"            // winmail.dat
	ShapeZip       = "zip-eml"         // a message in a zip archive
	ShapeInline    = "inline-forward"  // quoted in the text
	ShapePasted    = "pasted"          // the source, pasted as text
	ShapeDescribed = "described"       // only a link or the person's description
	ShapeEncrypted = "encrypted"       // cannot be opened here
)

// Notes about an original.
const (
	NoteEncrypted = "encrypted" // Raw is nil: ask the person for an open copy
	NoteCut       = "cut"       // longer than the budget, the end is missing
	NoteSummary   = "summary"   // a button's summary, not evidence
	NoteNested    = "nested"    // found inside a report that was forwarded
	NoteCarrier   = "carrier"   // the report that was forwarded, judged too: it could itself be the lure
	NoteDefanged  = "defanged"  // the button had disarmed the links; they are armed again in Raw
	NoteHeaders   = "headers"   // only the header is known
)

// What a person says they did.
const (
	ActedClicked  = "clicked"
	ActedPassword = "password"
	ActedOpened   = "opened"
	ActedPaid     = "paid"
	ActedReplied  = "replied"
)

// Delivery is a report, understood.
type Delivery struct {
	Originals    []Original
	Source       string   // the button or client that delivered it, such as "knowbe4", "gmail"; "" when unknown
	Comment      string   // the reporter's own words, without boilerplate, quoted text or signature
	Choice       string   // "phishing", "spam", "legitimate", "unknown" as the reporter chose in a button, "" when they could not
	ReporterHint string   // an address that the button names; never proof
	Question     bool     // nothing is reported: a question or a request for help
	Acted        []string // Acted constants, when the reporter's own words say so
}

// Unwrap reads a report.
func Unwrap(m *mail.Message) Delivery {
	return Delivery{}
}
