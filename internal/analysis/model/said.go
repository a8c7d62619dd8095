package model

import (
	"github.com/bienvu/bienvu/internal/analysis/domain"
	"github.com/bienvu/bienvu/internal/analysis/view"
	"github.com/bienvu/bienvu/internal/analysis/words"
	"github.com/bienvu/bienvu/internal/verdict"
)

// Table lists the findings that the words of a message make: what it wants,
// when they sound like fraud. Their weight here only divides what the words
// moved; how much that was, the model says for each message.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"words.credential":  {Class: verdict.Danger, Weight: 1},
	"words.payment":     {Class: verdict.Danger, Weight: 1},
	"words.delivery":    {Class: verdict.Danger, Weight: 1},
	"words.invoice":     {Class: verdict.Danger, Weight: 1},
	"words.callback":    {Class: verdict.Danger, Weight: 1},
	"words.extortion":   {Class: verdict.Danger, Weight: 1},
	"words.advance-fee": {Class: verdict.Danger, Weight: 1},
	"words.job":         {Class: verdict.Danger, Weight: 1},
	"words.malware":     {Class: verdict.Danger, Weight: 1},
	"words.prize":       {Class: verdict.Danger, Weight: 1},
	"words.investment":  {Class: verdict.Danger, Weight: 1},
	"words.fraud":       {Class: verdict.Danger, Weight: 1, Topic: true}, // nobody can see it for themselves
	"words.advertising": {Class: verdict.Danger, Weight: 1, Topic: true},
	"words.honest":      {Class: verdict.Trust, Weight: -1},
}

// How much the words must have moved the log odds to be told.
const (
	telling = 0.7
	plain   = -0.5 // log odds from which the intent is named
)

// said tells what the words moved, and points at the passage that did most.
func (m *Model) said(v *view.View, count int, marks words.Marks, o verdict.Opinion) []verdict.Finding {
	moved := o.Groups["words"]
	if count == 0 {
		return nil
	}
	whole := verdict.Place{Spot: verdict.InWhole}
	switch {
	case moved < -telling:
		return []verdict.Finding{Table.Find("words.honest", whole, nil)}
	case moved < telling:
		return nil
	}
	id := "words.fraud"
	if o.Bulk > 0 {
		id = "words.advertising"
	} else if _, fraud := Table["words."+o.Intent]; fraud && o.Intent != "advertising" && o.IntentOdds > plain {
		id = "words." + o.Intent
	}
	quote := marks.Worst(v, &m.Voices.Bad)
	if quote == "" {
		return []verdict.Finding{Table.Find(id, whole, map[string]string{"quote": ""})}
	}
	place := verdict.Place{Spot: verdict.InText, Quote: view.Quote(quote)}
	return []verdict.Finding{Table.Find(id, place, map[string]string{"quote": domain.Defang(view.Quote(quote))})}
}
