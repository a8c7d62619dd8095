package app

import (
	"github.com/bienvu/bienvu/internal/fault"
)

// reportCommand is `bienvu report FILE`.
type reportCommand struct {
}

// Run prints the figures.
func (c *reportCommand) Run(_ *world) error {
	return fault.New(fault.Unavailable, "app.not-yet", nil)
}
