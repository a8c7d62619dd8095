// Package sender looks at who a message says it is from.
//
// Anyone can type any name and, where authentication is not enforced, any
// address. What gives a false sender away is what does not fit together: a
// name that claims one organisation over an address of another, a domain that
// looks like a known one, answers that would go elsewhere.
package sender

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"sender.lookalike-house":   {Class: verdict.Danger, Weight: 4.0},
	"sender.lookalike-brand":   {Class: verdict.Danger, Weight: 2.8},
	"sender.confusable":        {Class: verdict.Danger, Weight: 3.0},
	"sender.name-brand":        {Class: verdict.Danger, Weight: 2.6},
	"sender.name-address":      {Class: verdict.Danger, Weight: 2.0},
	"sender.name-person":       {Class: verdict.Danger, Weight: 2.6},
	"sender.name-disguised":    {Class: verdict.Danger, Weight: 2.5},
	"sender.name-symbols":      {Class: verdict.Danger, Weight: 1.7},
	"sender.free-organisation": {Class: verdict.Danger, Weight: 1.6},
	"sender.name-plus-bait":    {Class: verdict.Danger, Weight: 2.5},
	"sender.name-misspelt":     {Class: verdict.Danger, Weight: 2.5},
	"sender.name-domain":       {Class: verdict.Danger, Weight: 2.0},
	"sender.name-linked":       {Class: verdict.Danger, Weight: 1.2},
	"sender.name-unrelated":    {Class: verdict.Danger, Weight: 1.2},
	"sender.free-linked":       {Class: verdict.Danger, Weight: 1.8},
	"sender.signs-elsewhere":   {Class: verdict.Danger, Weight: 1.2},
	"sender.reply-as-name":     {Class: verdict.Danger, Weight: 1.0},
	"sender.reply-free":        {Class: verdict.Danger, Weight: 2.4},
	"sender.reply-elsewhere":   {Class: verdict.Danger, Weight: 0.8},
	"sender.reply-lookalike":   {Class: verdict.Danger, Weight: 3.0},
	"sender.reply-other-box":   {Class: verdict.Danger, Weight: 2.0},
	"sender.impossible":        {Class: verdict.Danger, Weight: 2.5},
	"sender.name-spelt":        {Class: verdict.Danger, Weight: 2.5},
	"sender.service-random":    {Class: verdict.Danger, Weight: 1.2},
	"sender.false-state":       {Class: verdict.Danger, Weight: 2.0},
	"sender.return-elsewhere":  {Class: verdict.Danger, Weight: 0.3, Common: true},
	"sender.id-elsewhere":      {Class: verdict.Danger, Weight: 0.1, Common: true},
	"sender.id-missing":        {Class: verdict.Danger, Weight: 0.3, Common: true},
	"sender.none":              {Class: verdict.Danger, Weight: 1.5},
	"sender.several":           {Class: verdict.Danger, Weight: 1.5},
	"sender.tld":               {Class: verdict.Danger, Weight: 1.8, Common: true}, // many a young firm has one: it adds up, and alone makes nothing sure
	"sender.random":            {Class: verdict.Danger, Weight: 1.4},
	"sender.rented-host":       {Class: verdict.Danger, Weight: 2.0},
	"sender.nobody":            {Class: verdict.Danger, Weight: 1.2, Common: true},
	"sender.himself":           {Class: verdict.Danger, Weight: 1.5},
	"sender.brand-own":         {Class: verdict.Trust, Weight: -0.5},
}
