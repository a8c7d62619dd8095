// Package analysis runs the analyzers over one message within a budget and
// adds their findings up. Bytes in, values out: no SQL, no server, no clock.
package analysis

import (
	"context"

	"github.com/bienvu/bienvu/internal/analysis/subject"
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
}

// analyzer looks at one aspect of a message.
type analyzer func(context.Context, Subject) []verdict.Finding

// analyzers is the explicit list of all of them.
func analyzers() []analyzer { return []analyzer{} }

// Analyze runs every analyzer over the subject and adds their findings up.
func Analyze(ctx context.Context, s Subject) Result {
	var found []verdict.Finding
	for _, look := range analyzers() {
		found = append(found, look(ctx, s)...)
	}
	return Result{Judgement: verdict.Judge(found)}
}
