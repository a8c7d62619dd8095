// Package attachment looks at the files that come with a message: what they
// are by content, what they pretend to be by name, and whether opening one
// would run something. Nothing is executed; archives are only listed, within
// a budget.
package attachment

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"attachment.executable":        {Class: verdict.Danger, Weight: 4.5},
	"attachment.script":            {Class: verdict.Danger, Weight: 4.0},
	"attachment.shortcut":          {Class: verdict.Danger, Weight: 4.5},
	"attachment.disk-image":        {Class: verdict.Danger, Weight: 3.5},
	"attachment.double-extension":  {Class: verdict.Danger, Weight: 3.5},
	"attachment.reversed-name":     {Class: verdict.Danger, Weight: 4.0},
	"attachment.disguised":         {Class: verdict.Danger, Weight: 2.0},
	"attachment.macro":             {Class: verdict.Danger, Weight: 2.5},
	"attachment.remote-template":   {Class: verdict.Danger, Weight: 3.5},
	"attachment.encrypted":         {Class: verdict.Danger, Weight: 2.0},
	"attachment.password-given":    {Class: verdict.Danger, Weight: 1.5},
	"attachment.danger-in-archive": {Class: verdict.Danger, Weight: 4.0},
	"attachment.html":              {Class: verdict.Danger, Weight: 1.8},
	"attachment.smuggling":         {Class: verdict.Danger, Weight: 4.0},
	"attachment.html-form":         {Class: verdict.Danger, Weight: 3.5},
	"attachment.svg-script":        {Class: verdict.Danger, Weight: 4.0},
	"attachment.onenote":           {Class: verdict.Danger, Weight: 2.5},
	"attachment.pdf-active":        {Class: verdict.Danger, Weight: 1.8},
	"attachment.unread":            {Class: verdict.Neutral, Hold: true},
}
