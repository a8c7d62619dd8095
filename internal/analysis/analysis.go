// Package analysis runs the analyzers over one message within a budget and
// adds their findings up. Bytes in, values out: no SQL, no server, no clock.
//
// To add a check, write a package with a table of findings and a Check
// function, put both in the list below, and write the two sentences of each
// finding in every language (package sentences).
package analysis

import (
	"context"
	"slices"
	"strings"

	"github.com/bienvu/bienvu/internal/analysis/attachment"
	"github.com/bienvu/bienvu/internal/analysis/authcheck"
	"github.com/bienvu/bienvu/internal/analysis/bulk"
	"github.com/bienvu/bienvu/internal/analysis/exercise"
	"github.com/bienvu/bienvu/internal/analysis/house"
	"github.com/bienvu/bienvu/internal/analysis/language"
	"github.com/bienvu/bienvu/internal/analysis/link"
	"github.com/bienvu/bienvu/internal/analysis/listed"
	"github.com/bienvu/bienvu/internal/analysis/model"
	"github.com/bienvu/bienvu/internal/analysis/picture"
	"github.com/bienvu/bienvu/internal/analysis/sender"
	"github.com/bienvu/bienvu/internal/analysis/similar"
	"github.com/bienvu/bienvu/internal/analysis/subject"
	"github.com/bienvu/bienvu/internal/analysis/text"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/mail/unwrap"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Subject is what an analyzer looks at.
type Subject = subject.Subject

// House is what this organisation knows.
type House = subject.House

// Exercise is a second proof that a message is an exercise.
type Exercise = subject.Exercise

// Result is everything the analysis says of one message.
type Result struct {
	verdict.Judgement
	Language string // ISO 639-1 of the message's text, "" when it can't be told
	Campaign string // fingerprint: equal for messages that surely belong together, "" when too little text
	Proved   bool   // the author's domain was authenticated, by us or by a server that the house trusts

	Print similar.Print `json:"-"` // what the message is held against others by; kept apart, by package campaign
}

// analyzer looks at one aspect of a message.
type analyzer struct {
	check func(context.Context, *view.View) []verdict.Finding
	table verdict.Table
}

// analyzers is the explicit list of all of them, but for the authentication
// check, which runs before because others build on it.
func analyzers() []analyzer {
	return []analyzer{
		{house.Check, house.Table},
		{sender.Check, sender.Table},
		{attachment.Check, attachment.Table}, // before link: it adds the links inside files
		{picture.Check, picture.Table},       // before link as well: it adds the links of QR codes
		{link.Check, link.Table},
		{listed.Check, listed.Table}, // after link: by now every link is known
		{text.Check, text.Table},
		{bulk.Check, bulk.Table},
		{exercise.Check, exercise.Table},
		{reading, readingTable},
	}
}

// IDs lists every kind of finding, sorted.
func IDs() []string {
	out := append(authcheck.IDs(), model.Table.IDs()...)
	for _, a := range analyzers() {
		out = append(out, a.table.IDs()...)
	}
	slices.Sort(out)
	return out
}

// Analyze runs every analyzer over the subject and adds their findings up. When
// ctx ends before all have run, that is itself a finding and a person looks.
// Of a mail that only passes another on, both are judged, and the graver counts.
func Analyze(ctx context.Context, s Subject) Result {
	r := judge(ctx, s)
	if inner, ok := unwrap.Forwarded(s.Message); ok {
		outer := s.Message
		s.Message = inner
		r = graver(r, judge(ctx, s), outer, inner)
	}
	return r
}

func judge(ctx context.Context, s Subject) Result {
	v := view.New(s)
	found := Find(ctx, v)
	opinion, said := weigh(v, found)
	known := similar.Of(v)
	return Result{
		Print:     known,
		Judgement: verdict.Judge(append(found, said...), opinion),
		Language:  language.Of(v.Words, v.Message.Text),
		Campaign:  known.Key(),
		Proved:    house.Proved(v),
	}
}

// weigh asks the model, and tells what it made of the words. Without a model,
// which the tests make impossible, the tables add up and nothing is confident.
func weigh(v *view.View, found []verdict.Finding) (verdict.Opinion, []verdict.Finding) {
	m, err := model.Shipped()
	if err != nil {
		return verdict.Opinion{Bounds: verdict.Bounds{From: 2, To: -1}}, nil
	}
	return m.Weigh(v, found)
}

// usual is more findings than most messages have.
const usual = 40

// Find runs every analyzer over a message that was prepared.
func Find(ctx context.Context, v *view.View) []verdict.Finding {
	v.Auth, v.Signed = authentication(ctx, v.Subject)
	found := append(make([]verdict.Finding, 0, usual), v.Auth...)
	for _, a := range analyzers() {
		if ctx.Err() != nil {
			found = append(found, readingTable.Find("reading.time", verdict.Place{Spot: verdict.InWhole}, nil))
			break
		}
		found = append(found, a.check(ctx, v)...)
	}
	if found = append(found, house.Together(v, found)...); len(found) == 0 {
		return nil
	}
	return found
}

// readingTable lists what reading the message itself tells.
//
//nolint:gochecknoglobals // a constant table
var readingTable = verdict.Table{
	"reading.budget": {Class: verdict.Neutral, Hold: true},
	"reading.time":   {Class: verdict.Neutral, Hold: true},
	"reading.empty":  {Class: verdict.Neutral, Hold: true},
	"reading.long":   {Class: verdict.Neutral, Hold: true},
	"reading.passed": {Class: verdict.Neutral},
}

// reading tells of messages that could not be read whole: what nobody saw can
// hold anything, so a person looks.
func reading(_ context.Context, v *view.View) []verdict.Finding {
	m := v.Message
	whole := verdict.Place{Spot: verdict.InWhole}
	for _, d := range m.Defects {
		if strings.HasPrefix(d.ID, "budget.") {
			return []verdict.Finding{readingTable.Find("reading.budget", whole, map[string]string{"what": d.ID})}
		}
	}
	if v.Clipped {
		return []verdict.Finding{readingTable.Find("reading.long", whole, nil)}
	}
	if strings.TrimSpace(v.Words) == "" && len(m.Parts) == 0 || len(m.Header) == 0 {
		return []verdict.Finding{readingTable.Find("reading.empty", whole, nil)}
	}
	return nil
}
