package unwrap

import (
	"regexp"
	"strings"

	"github.com/bienvu/bienvu/internal/mail/forward"
)

// button is one product's way to deliver a report. match must be certain; a
// mail that no button matches is read as one sent by hand, which finds an
// attached original all the same.
type button struct {
	source string
	match  func(*report) bool
	read   func(*report) // after the attached originals were taken
}

// buttons in the order in which they are tried: FortiPhish before KnowBe4,
// whose subject prefix it shares.
//
//nolint:gochecknoglobals // a constant table
var buttons = []button{
	{ShapeFortiPhish, matchFortiPhish, readWords},
	{ShapeKnowBe4, matchKnowBe4, readKnowBe4},
	{ShapeCofense, matchCofense, readCofense},
	{ShapePhishAlarm, matchPhishAlarm, readPhishAlarm},
	{ShapeXARF, matchXARF, readXARF},
	{ShapeARF, matchARF, readARF},
	{ShapeNotify, matchNotify, readNotify},
	{ShapeSoSafe, matchSoSafe, readWords},
	{ShapeHoxhunt, matchHoxhunt, readWords},
	{ShapeUsecure, matchUsecure, readUsecure},
	{ShapeMicrosoft, matchMicrosoft, readMicrosoft},
}

// buttonMark is a line with which a button begins to copy the reported mail
// into its text.
//

var buttonMark = regexp.MustCompile(`(?m)^[ >]*(?:-----BEGIN |-{2,} *Begin (?:Email Headers|Reported Email)|Message headers:|\*?Recipient\*?:)`)

// button finds the one that made the report. Where a forwarded header stands
// above all of a button's marks, a person forwarded the mail, and everything
// that looks like a button's is the lure's own.
func (r *report) button() (button, bool) {
	for _, b := range buttons {
		if !b.match(r) {
			continue
		}
		above := r.text
		if at := buttonMark.FindStringIndex(above); at != nil {
			above = above[:at[0]]
		}
		return b, !r.forwardedIn(above)
	}
	return button{}, false
}

// hasTag reports whether one of the bracket tags before a subject is that
// one: a gateway may have set its own before it.
func hasTag(subject, tag string) bool {
	for {
		s, ok := strings.CutPrefix(strings.TrimSpace(subject), "[")
		if !ok {
			return false
		}
		got, rest, ok := strings.Cut(s, "]")
		if !ok {
			return false
		}
		if strings.EqualFold(strings.TrimSpace(got), tag) {
			return true
		}
		subject = rest
	}
}

func (r *report) fileNamed(prefix string) bool {
	for _, f := range r.files {
		if strings.HasPrefix(strings.ToLower(f.name), prefix) {
			return true
		}
	}
	return false
}

// header finds a field in an attached original, or in the report itself.
func (r *report) header(name string) string {
	if r.m.Header.Has(name) {
		return r.m.Get(name)
	}
	for _, f := range r.files {
		if f.message != nil && f.message.Header.Has(name) {
			return f.message.Get(name)
		}
	}
	return ""
}

func matchFortiPhish(r *report) bool {
	return hasTag(r.m.Subject, "Phish Alert") &&
		(r.header("X-FORTIPHISH-RECIPIENT-UUID") != "" || strings.EqualFold(r.header("X-PHISHTEST"), "FortiPhish"))
}

func matchKnowBe4(r *report) bool {
	return r.fileNamed("phish_alert_") || len(r.files) > 0 && hasTag(r.m.Subject, "Phish Alert")
}

// dispositions are the words of KnowBe4's button.
//
//nolint:gochecknoglobals // a constant table
var dispositions = []struct{ word, choice string }{
	{"phish", ChoicePhishing}, {"suspicious", ChoicePhishing}, {"spam", ChoiceSpam}, {"junk", ChoiceSpam}, {"unknown", ChoiceUnknown}, {"safe", ChoiceLegitimate},
}

func readKnowBe4(r *report) {
	f := fields(r.text, "Reporter", "Disposition", "User Comments", "Comments")
	r.delivery.ReporterHint = forward.ParseMailbox(f["reporter"]).Addr
	r.delivery.Comment = forward.OwnWords(f["user comments"] + f["comments"])
	r.choose(f["disposition"])
	r.note(NoteRebuilt)
	if len(f) == 0 {
		r.delivery.Comment = r.words(r.text)
	}
}

func (r *report) choose(words string) {
	words = strings.ToLower(words)
	for _, d := range dispositions {
		if r.delivery.Choice == "" && strings.Contains(words, d.word) {
			r.delivery.Choice = d.choice
		}
	}
}

// note marks the originals that carry no note yet.
func (r *report) note(note string) {
	for i := range r.delivery.Originals {
		if o := &r.delivery.Originals[i]; o.Note == "" {
			o.Note = note
		}
	}
}

func matchSoSafe(r *report) bool { return r.header("X-SoSafe-Report-Reference") != "" }

// matchHoxhunt knows only what is certain: its own header fields, or its name
// beside an attached original.
func matchHoxhunt(r *report) bool {
	return r.m.Header.HasPrefix("X-Hoxhunt") || len(r.files) > 0 && strings.Contains(strings.ToLower(r.m.Subject), "hoxhunt")
}

func readWords(r *report) { r.delivery.Comment = r.words(r.text) }

// microsoftMarks begin the subject of a report by Microsoft's own button.
//
//nolint:gochecknoglobals // a constant table
var microsoftMarks = []struct{ prefix, choice string }{
	{"1|", ChoiceSpam}, {"junk:", ChoiceSpam}, {"2|", ChoiceLegitimate}, {"not junk:", ChoiceLegitimate},
	{"3|", ChoicePhishing}, {"phishing:", ChoicePhishing},
}

func microsoftChoice(subject string) string {
	s := strings.ToLower(forward.StripTags(subject))
	for _, m := range microsoftMarks {
		if strings.HasPrefix(s, m.prefix) {
			return m.choice
		}
	}
	return ""
}

func matchMicrosoft(r *report) bool {
	return microsoftChoice(r.m.Subject) != "" &&
		(len(r.files) > 0 || r.m.Author().Addr == "submissions@messaging.microsoft.com")
}

func readMicrosoft(r *report) {
	r.delivery.Choice = microsoftChoice(r.m.Subject)
	r.delivery.Comment = r.words(r.text)
}

func matchNotify(r *report) bool {
	s := strings.ToLower(r.m.Subject)
	return strings.Contains(s, "[user alert] suspicious mail") && strings.Contains(r.text, "Message headers:")
}

// readNotify takes the headers that NotifySecurity copies into the text: an
// Outlook item dragged from a mailbox may have lost its own.
func readNotify(r *report) {
	_, rest, _ := strings.Cut(r.text, "Message headers:")
	headers := strings.TrimLeft(strings.TrimSpace(rest), "-=_ \n")
	if headerFields(headers) < 2 {
		return
	}
	if len(r.delivery.Originals) == 0 {
		r.add(Original{Raw: crlf(headers + "\n\n"), Shape: ShapeNotify, Complete: true, Note: NoteHeaders})
		return
	}
	if o := &r.delivery.Originals[0]; !o.Complete && o.Raw != nil {
		o.Raw, o.Note = withHeader(headers, o.Raw), NoteRebuilt
		o.Complete = headerHas(headers, "received")
	}
}

func matchUsecure(r *report) bool {
	f := fields(r.text, usecureKeys()...)
	return f["recipient"] != "" && f["sender"] != "" && f["subject"] != "" && (f["message id"] != "" || f["network message id"] != "")
}

func usecureKeys() []string {
	return []string{"Recipient", "Sender", "Subject", "Received At (UTC)", "Received At", "Message ID", "Network Message ID", "Attachments"}
}

// readUsecure: an original made by Office JS has neither header nor
// attachments, and the text says which way it was made.
func readUsecure(r *report) {
	f := fields(r.text, usecureKeys()...)
	r.delivery.ReporterHint = forward.ParseMailbox(f["recipient"]).Addr
	if strings.Contains(strings.ToLower(r.text), "office js") || strings.Contains(strings.ToLower(r.text), "office.js") {
		for i := range r.delivery.Originals {
			r.delivery.Originals[i].Complete, r.delivery.Originals[i].Note = false, NoteSummary
		}
	}
	if len(r.delivery.Originals) > 0 {
		return
	}
	from := forward.ParseMailbox(f["sender"])
	raw := rebuilt{from: from, to: []forward.Mailbox{forward.ParseMailbox(f["recipient"])}, subject: f["subject"], messageID: f["message id"]}.bytes()
	r.add(Original{Raw: raw, Shape: ShapeUsecure, Note: NoteSummary})
}

// maxValue is more than any button writes into one field.
const maxValue = 16 << 10

// fields reads "Key: value" lines by their keys, lower case in the result. A
// value goes on over the lines below until another key, and a blank line
// ends all but the last key's.
func fields(text string, keys ...string) map[string]string {
	out := map[string]string{}
	current := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "*|"))
		name, value, ok := strings.Cut(line, ":")
		key := keyOf(strings.Trim(name, "* "), keys)
		switch {
		case ok && key != "" && out[key] == "":
			current, out[key] = key, strings.TrimSpace(strings.Trim(value, "*"))
		case current == "" || len(out[current]) > maxValue:
		case line == "" && out[current] != "" && current != strings.ToLower(keys[len(keys)-1]):
			if !strings.Contains(current, "comment") {
				current = ""
			}
		default:
			out[current] = strings.TrimSpace(out[current] + "\n" + line)
		}
	}
	return out
}

func keyOf(name string, keys []string) string {
	for _, k := range keys {
		if strings.EqualFold(name, k) {
			return strings.ToLower(k)
		}
	}
	return ""
}
