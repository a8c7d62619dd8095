package app

import (
	"net/http"

	"github.com/bienvu/bienvu/internal/app/story"
	"github.com/bienvu/bienvu/internal/web"
)

// handler is what a browser meets: the pages, and the demo's doors besides.
func (c *demoCommand) handler(w *world, h *house, told *story.Story) (http.Handler, error) {
	demo := &web.Demo{SMTP: c.SMTP, Command: c.command(w), Progress: told.Progress}
	for _, d := range told.Doors() {
		demo.Doors = append(demo.Doors, web.Door{Role: d.Role, Address: d.Address})
	}
	return h.pages(w.say, demo)
}
