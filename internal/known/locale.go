package known

import "embed"

// Locale holds the sentences of this package's faults.
//
//go:embed *.json
var Locale embed.FS
