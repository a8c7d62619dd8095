package app

import (
	"context"

	"github.com/bienvu/bienvu/internal/fault"
)

// demoCommand is `bienvu demo`: the whole product on embedded parts.
type demoCommand struct {
	Data  string `placeholder:"DIR" default:"bienvu-data/demo" help:"${flag_data}"`
	HTTP  string `name:"http" placeholder:"ADDR" default:"127.0.0.1:8080" help:"${flag_http}"`
	SMTP  string `name:"smtp" placeholder:"ADDR" default:"127.0.0.1:2525" help:"${flag_smtp}"`
	Fresh bool   `help:"${flag_fresh}"`
}

// Run runs the demo until ctx ends.
func (c *demoCommand) Run(_ context.Context, _ *world) error {
	return fault.New(fault.Unavailable, "app.not-yet", nil)
}
