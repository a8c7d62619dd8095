package app

import (
	"cmp"
	"runtime"
	"runtime/debug"
)

// versionCommand is `bienvu version`.
type versionCommand struct{}

// Run prints what was built, from which commit, with which Go.
func (c *versionCommand) Run(w *world) error {
	version, commit := builtFrom()
	w.printf("bienvu %s (%s, %s, %s/%s)\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// builtFrom reads the version and the commit that the Go tool noted in the program.
func builtFrom() (version, commit string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)", "?"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = s.Value[:min(12, len(s.Value))]
		}
		if s.Key == "vcs.modified" && s.Value == "true" {
			commit += "+"
		}
	}
	return cmp.Or(info.Main.Version, "(devel)"), cmp.Or(commit, "?")
}
