// Package listed compares a message with what others know: threat lists, the
// well-known sites, and since when a domain exists.
//
// A list is the word of strangers, mostly right and sometimes hasty: it names
// the one page of a trap, and now and then the whole of a place that a million
// honest people share. So the very address counts most; that another page of
// the same host is listed counts little, and nothing at places where anyone has
// pages; and no list speaks against our own domains. What a list said long ago
// counts little too: traps live for days, and names change hands.
//
// Traps are built on fresh names, because old ones are on lists. A domain of a
// few days is worth a second look, whoever it says it is.
package listed

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"listed.url":        {Class: verdict.Danger, Weight: 5.0},
	"listed.domain":     {Class: verdict.Danger, Weight: 4.0},
	"listed.near":       {Class: verdict.Danger, Weight: 1.5},
	"listed.file":       {Class: verdict.Danger, Weight: 6.0},
	"listed.sender":     {Class: verdict.Danger, Weight: 4.0},
	"listed.old":        {Class: verdict.Danger, Weight: 1.0},
	"listed.known-site": {Class: verdict.Trust, Weight: -0.4},
	"domain.new":        {Class: verdict.Danger, Weight: 2.0},
	"domain.young":      {Class: verdict.Danger, Weight: 0.7},
}
