// Package attachment looks at the files that come with a message: what they
// are by content, what they pretend to be by name, and whether opening one
// would run something. Nothing is executed; what is inside is read by package
// document, within a budget that all files of the message share.
//
// Much that traps do, honest documents do as well: workbooks with macros, PDFs
// with a link, pages with a chart. Such findings weigh little; heavy are those
// that start or fetch a program by themselves.
package attachment

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"attachment.executable":         {Class: verdict.Danger, Weight: 4.5},
	"attachment.script":             {Class: verdict.Danger, Weight: 4.0},
	"attachment.shortcut":           {Class: verdict.Danger, Weight: 4.5},
	"attachment.shortcut-command":   {Class: verdict.Danger, Weight: 2.0},
	"attachment.shortcut-remote":    {Class: verdict.Danger, Weight: 2.5},
	"attachment.disk-image":         {Class: verdict.Danger, Weight: 3.5},
	"attachment.double-extension":   {Class: verdict.Danger, Weight: 3.5},
	"attachment.reversed-name":      {Class: verdict.Danger, Weight: 4.0},
	"attachment.disguised":          {Class: verdict.Danger, Weight: 2.0},
	"attachment.macro":              {Class: verdict.Danger, Weight: 1.5},
	"attachment.macro-auto":         {Class: verdict.Danger, Weight: 1.0},
	"attachment.macro-attack":       {Class: verdict.Danger, Weight: 4.0},
	"attachment.macro-hidden":       {Class: verdict.Danger, Weight: 2.5},
	"attachment.macro-sheet":        {Class: verdict.Danger, Weight: 2.5},
	"attachment.dde":                {Class: verdict.Danger, Weight: 3.5},
	"attachment.equation":           {Class: verdict.Danger, Weight: 3.0},
	"attachment.remote-template":    {Class: verdict.Danger, Weight: 3.5},
	"attachment.encrypted":          {Class: verdict.Danger, Weight: 2.0},
	"attachment.pdf-locked":         {Class: verdict.Danger, Weight: 0.8},
	"attachment.password-given":     {Class: verdict.Danger, Weight: 1.5},
	"attachment.danger-in-archive":  {Class: verdict.Danger, Weight: 4.0},
	"attachment.embedded-danger":    {Class: verdict.Danger, Weight: 4.0},
	"attachment.html":               {Class: verdict.Danger, Weight: 1.5},
	"attachment.smuggling":          {Class: verdict.Danger, Weight: 3.5},
	"attachment.page-hidden":        {Class: verdict.Danger, Weight: 2.5},
	"attachment.page-redirect":      {Class: verdict.Danger, Weight: 2.5},
	"attachment.html-form":          {Class: verdict.Danger, Weight: 3.5},
	"attachment.svg-script":         {Class: verdict.Danger, Weight: 4.0},
	"attachment.onenote":            {Class: verdict.Danger, Weight: 2.5},
	"attachment.pdf-active":         {Class: verdict.Danger, Weight: 1.2},
	"attachment.pdf-launch":         {Class: verdict.Danger, Weight: 4.0},
	"attachment.pdf-lure":           {Class: verdict.Danger, Weight: 1.5},
	"attachment.calendar-organiser": {Class: verdict.Danger, Weight: 0.8},
	"attachment.mail":               {Class: verdict.Neutral},
	"attachment.unread":             {Class: verdict.Neutral, Hold: true},
}
