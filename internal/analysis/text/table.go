// Package text looks at what a message says: what it wants, how it pushes, and
// what it hides between the letters. Words alone never condemn a message: they
// weigh little each, and together with the sender and the links they explain it.
package text

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights. The weight of a
// phrase group is for one phrase; more phrases of it weigh more (see scale).
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"text.credential":     {Class: verdict.Danger, Weight: 1.2},
	"text.blocked":        {Class: verdict.Danger, Weight: 0.9},
	"text.pressure":       {Class: verdict.Danger, Weight: 0.4, Common: true},
	"text.payment":        {Class: verdict.Danger, Weight: 1.2},
	"text.bank-change":    {Class: verdict.Danger, Weight: 2.2},
	"text.gift-card":      {Class: verdict.Danger, Weight: 1.4},
	"text.extortion":      {Class: verdict.Danger, Weight: 1.2},
	"text.advance-fee":    {Class: verdict.Danger, Weight: 1.5},
	"text.callback":       {Class: verdict.Danger, Weight: 0.7},
	"text.parcel":         {Class: verdict.Danger, Weight: 0.4, Topic: true},
	"text.document":       {Class: verdict.Danger, Weight: 1.0},
	"text.mailbox":        {Class: verdict.Danger, Weight: 0.7},
	"text.prize":          {Class: verdict.Danger, Weight: 1.3},
	"text.crypto":         {Class: verdict.Danger, Weight: 0.8, Topic: true},
	"text.refund":         {Class: verdict.Danger, Weight: 0.7, Topic: true},
	"text.job":            {Class: verdict.Danger, Weight: 0.7},
	"text.adult":          {Class: verdict.Danger, Weight: 0.8, Common: true},
	"text.greeting":       {Class: verdict.Danger, Weight: 0.8, Common: true},
	"text.click":          {Class: verdict.Danger, Weight: 1.3, Common: true},
	"text.machine":        {Class: verdict.Danger, Weight: 0.4},
	"text.machine-order":  {Class: verdict.Danger, Weight: 2.0},
	"text.whisper":        {Class: verdict.Danger, Weight: 3.0},
	"text.call-trap":      {Class: verdict.Danger, Weight: 1.5},
	"text.new-iban":       {Class: verdict.Danger, Weight: 1.0},
	"text.ransom":         {Class: verdict.Danger, Weight: 2.5},
	"text.intruder":       {Class: verdict.Danger, Weight: 1.5},
	"text.spaced-words":   {Class: verdict.Danger, Weight: 1.2},
	"text.styled":         {Class: verdict.Danger, Weight: 1.0, Common: true},
	"text.far-below":      {Class: verdict.Danger, Weight: 1.0},
	"text.hidden":         {Class: verdict.Danger, Weight: 0.8},
	"text.split-words":    {Class: verdict.Danger, Weight: 1.8},
	"text.disguised":      {Class: verdict.Danger, Weight: 2.5},
	"text.reversed":       {Class: verdict.Danger, Weight: 2.0},
	"text.windfall":       {Class: verdict.Danger, Weight: 2.0},
	"text.loan":           {Class: verdict.Danger, Weight: 1.5},
	"text.stolen-goods":   {Class: verdict.Danger, Weight: 2.0},
	"text.stranger-asks":  {Class: verdict.Danger, Weight: 2.2},
	"text.sum-and-link":   {Class: verdict.Danger, Weight: 2.2},
	"text.marked":         {Class: verdict.Danger, Weight: 2.2},
	"text.write-to":       {Class: verdict.Danger, Weight: 1.2},
	"text.filler":         {Class: verdict.Danger, Weight: 2.0},
	"text.other-customer": {Class: verdict.Danger, Weight: 2.0},
	"text.recipient":      {Class: verdict.Danger, Weight: 0.3, Common: true},
	"text.odd-subject":    {Class: verdict.Danger, Weight: 1.6, Common: true},
	"text.brand":          {Class: verdict.Danger, Weight: 0.8},
	"text.conversation":   {Class: verdict.Trust, Weight: -3.0},
	"text.threaded":       {Class: verdict.Trust, Weight: -1.2},
	"text.plain":          {Class: verdict.Trust, Weight: -1.2},
}
