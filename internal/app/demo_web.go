package app

import (
	"net/http"

	"github.com/bienvu/bienvu/internal/app/story"
)

// handler is what a browser meets.
func (c *demoCommand) handler(_ *world, _ *house, _ *story.Story) (http.Handler, error) {
	return http.NotFoundHandler(), nil
}
