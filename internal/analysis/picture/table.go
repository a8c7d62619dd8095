package picture

import "github.com/bienvu/bienvu/internal/verdict"

// Table lists the findings of this package with their weights.
//
//nolint:gochecknoglobals // a constant table
var Table = verdict.Table{
	"picture.qr-link":    {Class: verdict.Danger, Weight: 1.5},
	"picture.qr-call":    {Class: verdict.Danger, Weight: 1.0},
	"picture.qr-crypto":  {Class: verdict.Danger, Weight: 2.0},
	"picture.qr-payment": {Class: verdict.Neutral},
	"picture.qr-setup":   {Class: verdict.Danger, Weight: 1.5},
	"picture.qr-text":    {Class: verdict.Neutral},
	"picture.qr-drawn":   {Class: verdict.Danger, Weight: 3.0},
	"picture.qr-unread":  {Class: verdict.Neutral, Hold: true},
	"picture.only":       {Class: verdict.Danger, Weight: 0.6, Common: true},
	"picture.only-link":  {Class: verdict.Danger, Weight: 1.3, Common: true},
	"picture.unread":     {Class: verdict.Neutral, Hold: true},
	"picture.broken":     {Class: verdict.Neutral, Hold: true},
}
