// Package unwrap finds the reported original inside a report.
//
// Buttons, clients and people all deliver differently: the original attached,
// zipped, converted to Outlook's format, rebuilt from pieces, or quoted in
// the text. Unwrap recognises each way and gives the original as RFC 5322
// bytes with what is known about how faithful it is, and with the reporter's
// own words.
//
// One rule stands above the convenient ones: a mail that is itself the lure
// may look like a report, or carry a harmless message. So where two messages
// could be the original, both are given, and whoever judges takes the worse.
package unwrap

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/mail"
	"github.com/bienvu/bienvu/internal/mail/forward"
)

// Original is one reported message.
type Original struct {
	Raw      []byte // RFC 5322, converted or rebuilt where needed; nil when Note is NoteEncrypted
	Shape    string // a Shape constant: how it was delivered
	Complete bool   // false: headers are missing or rebuilt, so authentication is unknown
	Note     string // a Note constant or ""
}

// Shapes of an original.
const (
	ShapeRFC822     = "attached-rfc822" // message/rfc822
	ShapeEML        = "attached-eml"    // a message in another media type
	ShapeMSG        = "msg"             // Outlook's file format
	ShapeTNEF       = "tnef"            // winmail.dat
	ShapeZip        = "zip-eml"         // a message in a zip archive
	ShapeInline     = "inline-forward"  // quoted in the text
	ShapePasted     = "pasted"          // the source, pasted as text
	ShapeDescribed  = "described"       // only a link, a file, or the person's description
	ShapeEncrypted  = "encrypted"       // the report itself can't be opened here
	ShapeKnowBe4    = "knowbe4"
	ShapeFortiPhish = "fortiphish"
	ShapeCofense    = "cofense"
	ShapePhishAlarm = "phishalarm"
	ShapeMicrosoft  = "microsoft"
	ShapeNotify     = "notifysecurity"
	ShapeSoSafe     = "sosafe"
	ShapeHoxhunt    = "hoxhunt"
	ShapeUsecure    = "usecure"
	ShapeARF        = "arf"  // RFC 5965
	ShapeXARF       = "xarf" // its successor in JSON
)

// Notes about an original.
const (
	NoteEncrypted = "encrypted" // Raw is nil: ask the person for an open copy
	NoteCut       = "cut"       // longer than the budget, the end is missing
	NoteRebuilt   = "rebuilt"   // the header is the one it travelled with, the body was written anew: body signatures can't be checked
	NoteSummary   = "summary"   // what a button says about it, not the message
	NoteNested    = "nested"    // found inside a report that was forwarded
	NoteCarrier   = "carrier"   // the report that was forwarded, or the mail of a colleague: it could itself be the lure
	NoteDefanged  = "defanged"  // a summary whose links were disarmed and are armed again in Raw
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

// Choices a button offers.
const (
	ChoicePhishing   = "phishing"
	ChoiceSpam       = "spam"
	ChoiceLegitimate = "legitimate"
	ChoiceUnknown    = "unknown"
)

// Delivery is a report, understood.
type Delivery struct {
	Originals    []Original
	Source       string   // the button or client that delivered it, such as "knowbe4", "gmail"; "" when unknown
	Comment      string   // the reporter's own words, without boilerplate, quoted text or signature
	Choice       string   // a Choice constant as the reporter chose in a button, "" when they could not
	ReporterHint string   // an address that the button names; never proof
	Question     bool     // nothing is reported: a question or a request for help
	Acted        []string // Acted constants, when the reporter's own words say so
}

const (
	maxDepth     = 3  // reports inside reports
	maxOriginals = 50 // in one report
)

// maxText is how much of a text is searched for a forward, in bytes. What a
// person writes or quotes is far shorter; the search is slower than reading.
const maxText = 1 << 20

func head(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "")
}

// Unwrap reads a report.
func Unwrap(m *mail.Message) Delivery { return unwrap(m, newRoom(), 0) }

func unwrap(m *mail.Message, room *room, depth int) Delivery {
	m, sealed := open(m)
	if sealed {
		return Delivery{
			Originals: []Original{{Shape: ShapeEncrypted, Note: NoteEncrypted}},
			Source:    client(m), Comment: forward.OwnWords(m.Text),
		}
	}
	c := collect(m, room)
	r := report{m: m, room: room, text: head(c.text(m)), files: c.files}
	r.read()
	d := r.delivery
	d.Originals = distinct(r.nested(d.Originals, depth))
	d.Question = len(d.Originals) == 0
	d.Acted = Acted(d.Comment + "\n" + ownSubject(m.Subject))
	return d
}

// ownSubject is the subject where the person wrote it themselves.
func ownSubject(subject string) string {
	if forward.IsForward(subject) {
		return ""
	}
	return forward.StripTags(subject)
}

// report is a delivery being read.
type report struct {
	m        *mail.Message
	room     *room
	text     string
	files    []file // attached originals
	delivery Delivery
}

// read tries the buttons in the order of their table, then what a person may
// do by hand.
func (r *report) read() {
	if b, ok := r.button(); ok {
		r.delivery.Source = b.source
		r.attached(b.source)
		b.read(r)
		return
	}
	r.delivery.Source = client(r.m)
	r.attached("")
	r.byHand()
}

// attached takes the attached originals. A button's name stands for the
// shape of a whole message that it attached.
func (r *report) attached(source string) {
	for _, f := range r.files {
		o := f.Original
		if source != "" && (o.Shape == ShapeRFC822 || o.Shape == ShapeEML || o.Shape == ShapeMSG) {
			o.Shape = source
		}
		r.add(o)
	}
}

func (r *report) add(o Original) { r.delivery.Originals = append(r.delivery.Originals, o) }

// byHand reads a mail that a person forwarded, pasted or wrote.
func (r *report) byHand() {
	if o, above, ok := pasted(r.text); ok && !r.forwardedIn(above) {
		r.add(o)
		r.delivery.Comment = r.words(above)
		return
	}
	if f, ok := r.inline(); ok {
		r.delivery.Originals = append(inlineOriginals(expanded(r.m), f), r.delivery.Originals...)
		r.delivery.Comment = r.words(f.Comment)
		return
	}
	r.delivery.Comment = r.words(r.text)
	if len(r.delivery.Originals) == 0 {
		if o, ok := described(expanded(r.m), r.delivery.Comment); ok {
			r.add(o)
		}
	}
}

// words are the person's own, without their name under them.
func (r *report) words(text string) string {
	text = forward.OwnWords(text)
	i := strings.LastIndexByte(text, '\n')
	if i < 0 || len(r.m.From) == 0 {
		return text
	}
	name := strings.Fields(strings.ToLower(r.m.From[0].Name))
	for w := range strings.FieldsSeq(strings.ToLower(text[i:])) {
		if !slices.Contains(name, strings.Trim(w, ".,")) {
			return text
		}
	}
	return strings.TrimSpace(text[:i])
}

// inline looks for a forward in the text, and in the HTML where the plain
// text is another one.
func (r *report) inline() (forward.Forward, bool) {
	subject := forward.StripTags(r.m.Subject)
	if f, ok := forward.Parse(subject, r.text); ok {
		return f, true
	}
	return forward.Parse(subject, head(r.m.Shown))
}

// forwardedIn reports whether a forwarded header stands in a text. What comes
// after it was written by the sender of the lure, who may well imitate a
// button's report or a pasted source.
func (r *report) forwardedIn(text string) bool {
	_, ok := forward.Parse(forward.StripTags(r.m.Subject), text)
	return ok
}

// distinct drops copies and what goes over maxOriginals.
func distinct(in []Original) []Original {
	seen := map[[sha256.Size]byte]bool{}
	var out []Original
	for _, o := range in {
		if key := sha256.Sum256(o.Raw); len(out) < maxOriginals && (o.Raw == nil || !seen[key]) {
			seen[key] = true
			out = append(out, o)
		}
	}
	return out
}

// nested opens attached originals that are themselves a colleague's report:
// what it reports is meant, but the report stays, for it may be a lure that
// only looks like one.
func (r *report) nested(originals []Original, depth int) []Original {
	var inner []Original
	for _, f := range r.files {
		if depth >= maxDepth || f.message == nil || !colleague(r.m, f.message) || !isReport(f.message, r.room) {
			continue
		}
		for _, o := range unwrap(f.message, r.room, depth+1).Originals {
			o.Note = noteOr(o.Note, NoteNested)
			inner = append(inner, o)
		}
		for i := range originals {
			if bytes.Equal(originals[i].Raw, f.Raw) {
				originals[i].Note = noteOr(originals[i].Note, NoteCarrier)
			}
		}
	}
	return append(inner, originals...)
}

func noteOr(old, note string) string {
	if old != "" && old != NoteRebuilt {
		return old
	}
	return note
}

// colleague reports whether two mails say they come from one domain. It is
// no proof, and none is needed: nothing is left out because of it.
func colleague(a, b *mail.Message) bool {
	return len(a.From) > 0 && len(b.From) > 0 && a.From[0].Domain() != "" && strings.EqualFold(a.From[0].Domain(), b.From[0].Domain())
}

func isReport(m *mail.Message, room *room) bool {
	c := collect(m, room)
	r := report{m: m, room: room, text: head(c.text(m)), files: c.files}
	if _, ok := r.button(); ok {
		return true
	}
	return len(c.files) > 0 && forward.IsForward(m.Subject)
}
