package api

import (
	"embed"
	"io/fs"
)

//go:embed locale/*.json
var locale embed.FS

// Locale holds the sentences of this package.
func Locale() fs.FS { return locale }
