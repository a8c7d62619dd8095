package web

import (
	"fmt"
	"log/slog"
	"net/http"

	"github.com/bienvu/bienvu/internal/httpd"
)

// healthy says that the process lives.
func (s *site) healthy(v *visit) error { return v.plain(http.StatusOK, "ok") }

// ready says whether the house can work: the database answers, the queue runs.
func (s *site) ready(v *visit) error {
	if s.Ready == nil {
		return v.plain(http.StatusOK, "ready")
	}
	if err := s.Ready(v.ctx); err != nil {
		s.Log.WarnContext(v.ctx, "not ready", slog.String("id", httpd.ID(v.ctx)), slog.Any("cause", err))
		return v.plain(http.StatusServiceUnavailable, "not ready")
	}
	return v.plain(http.StatusOK, "ready")
}

// plain answers a machine.
func (v *visit) plain(status int, text string) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, _ = fmt.Fprintln(v.w, text)
	return nil
}
