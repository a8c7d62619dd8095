// Package link looks at where the links of a message lead.
//
// A link has two faces: what a person reads and where a browser goes. A lie
// between the two is the plainest mark of a trap; others are hosts that look
// like known ones, pages that anyone can put up in a minute, and addresses
// written so that people, or programs, misread them. Nothing is ever fetched.
package link

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"link.text-lies":        {Class: verdict.Danger, Weight: 1.2, Common: true},
	"link.ip":               {Class: verdict.Danger, Weight: 2.4},
	"link.shortener":        {Class: verdict.Danger, Weight: 2.4},
	"link.confusable":       {Class: verdict.Danger, Weight: 3.0},
	"link.lookalike-house":  {Class: verdict.Danger, Weight: 4.0},
	"link.lookalike-brand":  {Class: verdict.Danger, Weight: 2.5},
	"link.userinfo":         {Class: verdict.Danger, Weight: 2.3},
	"link.port":             {Class: verdict.Danger, Weight: 0.3},
	"link.script":           {Class: verdict.Danger, Weight: 3.5},
	"link.deep":             {Class: verdict.Danger, Weight: 0.3, Common: true},
	"link.brand-elsewhere":  {Class: verdict.Danger, Weight: 1.5},
	"link.free-host":        {Class: verdict.Danger, Weight: 2.5},
	"link.form-builder":     {Class: verdict.Danger, Weight: 1.5},
	"link.tld":              {Class: verdict.Danger, Weight: 1.8, Common: true},
	"link.ambiguous":        {Class: verdict.Danger, Weight: 2.5},
	"link.form":             {Class: verdict.Danger, Weight: 0.6, Common: true},
	"link.password-form":    {Class: verdict.Danger, Weight: 3.5},
	"link.name-plus-bait":   {Class: verdict.Danger, Weight: 2.5},
	"link.near-sender":      {Class: verdict.Danger, Weight: 2.5},
	"link.name-rented":      {Class: verdict.Danger, Weight: 1.5},
	"link.unlike-name":      {Class: verdict.Danger, Weight: 0.8, Common: true},
	"link.images-elsewhere": {Class: verdict.Danger, Weight: 1.0},
	"link.odd-one":          {Class: verdict.Danger, Weight: 0.4, Common: true},
	"link.not-sender":       {Class: verdict.Danger, Weight: 0.7, Common: true},
	"link.all-strangers":    {Class: verdict.Danger, Weight: 1.9},
	"link.foreign-page":     {Class: verdict.Danger, Weight: 1.0},
	"link.machine":          {Class: verdict.Danger, Weight: 1.8},
	"link.one-target":       {Class: verdict.Danger, Weight: 0.5, Common: true},
	"link.recipient":        {Class: verdict.Danger, Weight: 1.8},
	"link.random":           {Class: verdict.Danger, Weight: 1.2},
	"link.redirect":         {Class: verdict.Danger, Weight: 1.2, Common: true},
	"link.coded-target":     {Class: verdict.Danger, Weight: 1.5},
	"link.layered":          {Class: verdict.Danger, Weight: 1.5},
	"link.opaque":           {Class: verdict.Neutral},
	"link.hacked-site":      {Class: verdict.Danger, Weight: 2.0},
	"link.plain-http":       {Class: verdict.Danger, Weight: 0.1, Common: true},
	"link.sender-own":       {Class: verdict.Trust, Weight: -0.7},
	"link.none":             {Class: verdict.Trust, Weight: -0.2},
}
