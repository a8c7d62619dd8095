package desk

import (
	"embed"
	"io/fs"
)

//go:embed locale/*.json
var locale embed.FS

// Locale holds the sentences of the rooms and of the desk: why a case waits
// ("hold.…"), what was noted in a conversation ("notice.…") and what could not
// be done ("fault.…").
func Locale() fs.FS { return locale }
