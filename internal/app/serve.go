package app

import (
	"context"

	"github.com/bienvu/bienvu/internal/fault"
)

// serveCommand is `bienvu serve`: the desk for an organisation.
type serveCommand struct{}

// Run serves until ctx ends.
func (c *serveCommand) Run(_ context.Context, _ *world) error {
	return fault.New(fault.Unavailable, "app.not-yet", nil)
}
