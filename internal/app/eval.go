package app

import (
	"github.com/bienvu/bienvu/internal/fault"
)

// evalCommand is `bienvu eval CORPUS MANIFEST`.
type evalCommand struct {
	Corpus   string `arg:"" help:"${arg_corpus}"`
	Manifest string `arg:"" help:"${arg_manifest}"`
}

// Run prints the figures.
func (c *evalCommand) Run(_ *world) error {
	return fault.New(fault.Unavailable, "app.not-yet", nil)
}
