package app

import (
	"github.com/bienvu/bienvu/internal/fault"
)

// analyzeCommand is `bienvu analyze PATH…`.
type analyzeCommand struct {
}

// Run prints the figures.
func (c *analyzeCommand) Run(_ *world) error {
	return fault.New(fault.Unavailable, "app.not-yet", nil)
}
