package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bienvu/bienvu/internal/cases"
	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/letters"
	"github.com/bienvu/bienvu/internal/login"
	"github.com/bienvu/bienvu/internal/people"
	"github.com/bienvu/bienvu/internal/reply"
	"github.com/bienvu/bienvu/internal/verdict"
)

// draft is a letter about to be written.
type draft struct {
	input    reply.Input
	text     string // the body as a person wrote it; "" lets reply compose it
	to       string
	thread   cases.Delivery // the mail it answers
	tells    verdict.Verdict
	reported []string  // links and domains that must not reappear live
	by       people.ID // who sends it; "" for the product
	anyway   bool      // a person takes the text upon themselves though it fails the tone check
	once     string
	now      time.Time
}

// linkLife is how long the links in a letter work.
const linkLife = 90 * 24 * time.Hour

// input is what every letter of a case has in common.
func (d *Desk) input(c *cases.Case, p people.Person, now time.Time) reply.Input {
	return reply.Input{
		Lang: c.Language, Form: d.Org.Form, FirstName: reply.FirstName(p.Name, c.ReporterAddress),
		Organisation: d.Org.Name, Team: d.Team(c.Language), Subject: c.Subject, Promise: c.Promised, Now: now, Zone: d.Org.Zone,
		Links: d.links(c, p.ID, now),
	}
}

// links are the one-click links of a letter, signed for its person.
func (d *Desk) links(c *cases.Case, person people.ID, now time.Time) reply.Links {
	sign := func(action string) string {
		return d.Org.PublicURL + "/a/" + login.Sign(d.Key, action, string(c.ID), string(person), now.Add(linkLife))
	}
	return reply.Links{
		Helped: sign(ActionHelped), NotHelped: sign(ActionNotHelped), Clicked: sign(ActionClicked),
		Case: d.Org.PublicURL + "/reports/" + string(c.ID),
	}
}

// The actions of the signed links in our letters.
const (
	ActionHelped    = "helped"
	ActionNotHelped = "not-helped"
	ActionClicked   = "clicked"
)

// write composes a letter, has its tone checked and, when it passes, queues its
// sending. A text that fails waits on the desk, and held is true. Nothing else
// makes letters.
func (d *Desk) write(ctx context.Context, tx *db.Tx, c *cases.Case, w draft) (held bool, err error) {
	composed, tone, err := d.compose(w)
	if err != nil {
		return false, err
	}
	l, err := d.letter(c, w, composed, tone)
	if err != nil {
		return false, err
	}
	added, err := letters.Add(ctx, tx, l)
	if err != nil || !added {
		return false, err
	}
	if err := d.say(ctx, tx, cases.Entry{Case: c.ID, Kind: cases.EntryLetter, Author: w.by, Letter: string(l.ID), At: w.now}); err != nil {
		return false, err
	}
	if l.State == letters.Held {
		c.Wait(cases.HoldTone)
		return true, nil
	}
	if w.tells != "" {
		c.Answered = w.now
		if c.Hold == cases.HoldNone {
			c.State = cases.Answered
		}
	}
	return false, d.Jobs.Add(ctx, tx, SendJob{l.ID})
}

// compose gives the letter and what the tone check says of it.
func (d *Desk) compose(w draft) (reply.Letter, reply.Tone, error) {
	letter, err := reply.Compose(d.Words, w.input)
	if err != nil {
		return letter, reply.Tone{}, err
	}
	if w.text != "" {
		if letter, err = reply.Edited(d.Words, w.input, w.text); err != nil {
			return letter, reply.Tone{}, err
		}
	}
	return letter, reply.Check(reply.Checkable(w.input, letter, w.reported)), nil
}

// letter fills in everything but the words.
func (d *Desk) letter(c *cases.Case, w draft, words reply.Letter, tone reply.Tone) (letters.Letter, error) {
	made, err := d.newID(w.now)
	if err != nil {
		return letters.Letter{}, err
	}
	checked, err := json.Marshal(tone)
	if err != nil {
		return letters.Letter{}, err
	}
	l := letters.Letter{
		ID: letters.ID(made), Case: c.ID, Person: c.Reporter, Once: w.once, To: w.to, Situation: string(words.Situation),
		Language: words.Lang, Verdict: w.tells, Subject: words.Subject, Text: words.Text, HTML: words.HTML,
		MessageID: d.messageID(made, c.Number), ReplyTo: d.replyAddress(c.Number),
		Tone: checked, TonePass: tone.Pass, ApprovedBy: w.by, State: letters.Ready, Created: w.now,
	}
	if w.thread.Channel == cases.BySMTP {
		l.References = usable(append(append([]string{}, w.thread.References...), w.thread.MessageID))
		l.InReplyTo = strings.Join(usable([]string{w.thread.MessageID}), "")
	}
	if !tone.Pass && !w.anyway {
		l.State, l.ApprovedBy = letters.Held, ""
	}
	return l, nil
}

// longestID is more than any mail program makes; a field's line ends at 998.
const longestID = 500

// usable leaves out the identifiers that can't be written in a header of ours.
// Some programs make them; an answer that stands beside its thread is better
// than none.
func usable(ids []string) []string {
	return slices.DeleteFunc(ids, func(id string) bool {
		return id == "" || len(id) > longestID || !utf8.ValidString(id) ||
			strings.ContainsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '<' || r == '>' })
	})
}

// messageID is stable: made once, when the letter is written (RFC 5322 3.6.4).
func (d *Desk) messageID(made string, number int) string {
	_, domain, _ := strings.Cut(d.Org.From.Addr, "@")
	return fmt.Sprintf("%s.case-%d@%s", made, number, domain)
}
