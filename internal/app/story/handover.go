package story

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// way is how a person hands a message over.
type way string

// The ways.
const (
	attached  way = "attached"  // forwarded as an attachment
	outlook   way = "outlook"   // inline, Outlook
	gmail     way = "gmail"     // inline, Gmail
	apple     way = "apple"     // inline, Apple Mail
	knowBe4   way = "knowbe4"   // KnowBe4's button
	microsoft way = "microsoft" // Microsoft's button
)

// inline reports whether the original's own header is lost on that way.
func (w way) inline() bool { return w == outlook || w == gmail || w == apple }

// handOver composes the mail with which a person reports an original.
func handOver(from member, o original, by way, comment string, at time.Time, r *rand.Rand) []byte {
	l := &letter{name: fmt.Sprintf("r%08x", r.Uint32())}
	begin(l, from, heading(from, o, by), at, r)
	switch by {
	case attached:
		l.text = greet(from, comment)
		l.parts = []part{{"message/rfc822", "", o.raw}}
	case knowBe4:
		l.text = fmt.Sprintf("Reporter: %s\nDisposition: %s\nUser Comments: %s\n", from.Address, "Phish/Suspicious", comment)
		l.parts = []part{{"application/octet-stream", "phish_alert_sp2_2.0.0.0.eml", o.raw}}
	case microsoft:
		l.text = comment + "\n"
		l.parts = []part{{"message/rfc822", o.subject + ".eml", o.raw}}
	case outlook, gmail, apple:
		l.text = greet(from, comment) + quote(from, o, by)
		l.html = asHTML(l.text, o)
	}
	return l.bytes()
}

// begin writes the header of a person's mail.
func begin(l *letter, from member, subject string, at time.Time, r *rand.Rand) {
	l.field("From", mailbox(from.Name+" <"+from.Address+">"))
	l.field("To", "<"+Report+">")
	l.field("Subject", words(subject))
	l.field("Date", stamp(at))
	l.field("Message-ID", fmt.Sprintf("<%016x@%s>", r.Uint64(), from.Address[strings.IndexByte(from.Address, '@')+1:]))
}

// heading is the subject that each way gives the report.
func heading(from member, o original, by way) string {
	switch by {
	case knowBe4:
		return "[Phish Alert] " + o.subject
	case microsoft:
		return "3|" + o.subject
	case outlook:
		if from.Speaks == "fr" {
			return "TR : " + o.subject
		}
		return "FW: " + o.subject
	case attached, gmail, apple:
	}
	return "Fwd: " + o.subject
}

// greet is what a person writes above, with their name below.
func greet(from member, comment string) string {
	if comment == "" {
		return ""
	}
	return comment + "\n\n" + from.first() + "\n\n"
}

// forwardForm is how one client quotes a forwarded header; the arguments are
// sender, date, subject and recipient.
//
//nolint:gochecknoglobals // a constant table
var forwardForm = map[way]map[string]string{
	outlook: {
		"fr": "________________________________\nDe : %[1]s\nEnvoyé : %[2]s\nÀ : %[4]s\nObjet : %[3]s\n\n",
		"en": "________________________________\nFrom: %[1]s\nSent: %[2]s\nTo: %[4]s\nSubject: %[3]s\n\n",
	},
	gmail: {
		"fr": "---------- Forwarded message ---------\nDe : %[1]s\nDate: %[2]s\nSubject: %[3]s\nTo: %[4]s\n\n",
		"en": "---------- Forwarded message ---------\nFrom: %[1]s\nDate: %[2]s\nSubject: %[3]s\nTo: %[4]s\n\n",
	},
	apple: {
		"fr": "Début du message transféré :\n\nDe: %[1]s\nObjet: %[3]s\nDate: %[2]s\nÀ: %[4]s\n\n",
		"en": "Begin forwarded message:\n\nFrom: %[1]s\nSubject: %[3]s\nDate: %[2]s\nTo: %[4]s\n\n",
	},
}

// dateForm is how clients write a date there.
func dateForm(lang string, at time.Time) string {
	if lang == "fr" {
		return fmt.Sprintf("%s %d à %02d:%02d", day("fr", at), at.Year(), at.Hour(), at.Minute())
	}
	return at.Format("2 January 2006 at 15:04")
}

func quote(from member, o original, by way) string {
	form := forwardForm[by][from.Speaks]
	return fmt.Sprintf(form, o.from, dateForm(from.Speaks, o.at), o.subject, from.Name+" <"+from.Address+">") + plainText(o.text) + "\n"
}

// asHTML is the forward as HTML: the words above as they stand, the original
// with its links.
func asHTML(text string, o original) string {
	above, _, _ := strings.Cut(text, plainText(o.text))
	return inHTML(strings.TrimRight(above, "\n") + "\n\n" + o.text)
}

// ask composes a mail that reports nothing.
func ask(from member, t template, at time.Time, r *rand.Rand) []byte {
	l := &letter{name: fmt.Sprintf("q%08x", r.Uint32()), text: blanks{}.fill(t.text, from) + "\n"}
	begin(l, from, t.subject, at, r)
	return l.bytes()
}
