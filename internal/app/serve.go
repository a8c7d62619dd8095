package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"

	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
)

// serveCommand is `bienvu serve`: the desk for an organisation.
type serveCommand struct{}

// Run serves until ctx ends (main ends it on SIGINT and SIGTERM), then
// finishes what it holds.
func (c *serveCommand) Run(ctx context.Context, w *world) error {
	loaded, err := w.load()
	if err != nil {
		return err
	}
	if missing := needed(loaded.Config); len(missing) > 0 {
		for _, f := range missing {
			w.complain(f.Key, i18n.Args(f.Args))
		}
		return status(misused)
	}
	log := newLog(loaded.Log, w.stderr)
	h, err := build(ctx, loaded.Config, w.say, log, nil)
	if err != nil {
		return err
	}
	h.desk.Guard(h.queue)
	h.keepTidy()
	handler, err := h.pages(w.say, nil)
	if err != nil {
		return errors.Join(err, h.close())
	}
	if err := h.listen(); err != nil { // before the first letter is promised
		return errors.Join(err, h.db.Close())
	}
	if err := h.firstAdmin(ctx); err != nil {
		return errors.Join(err, h.close())
	}
	return h.run(ctx, handler, func() { h.announce(ctx) })
}

// needed names every setting without which no desk can work: who the
// organisation is, who signs, and where people write to.
func needed(cfg config.Config) []*fault.Fault {
	var missing []*fault.Fault
	for _, s := range []struct {
		key, example string
		set          bool
	}{
		{"org.name", "Example Ltd", cfg.Org.Name != ""},
		{"org.domains", "[example.org]", len(cfg.Org.Domains) > 0},
		{"org.signer", "Camille", cfg.Org.Signer != ""},
		{"mail.report_addresses", "[report@example.org]", len(cfg.Mail.ReportAddresses) > 0},
	} {
		if !s.set {
			missing = append(missing, fault.New(fault.Invalid, "config.serve-needs", fault.Args{
				"key": s.key, "example": s.example, "env": "BIENVU_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_")),
			}))
		}
	}
	return missing
}

// whoseDesk is nil where the configuration says whose people may be added.
func whoseDesk(cfg config.Config) error {
	var errs []error
	for _, f := range needed(cfg) {
		if f.Args["key"] == "org.name" || f.Args["key"] == "org.domains" {
			errs = append(errs, f)
		}
	}
	return errors.Join(errs...)
}

// newLog writes structured lines, never the content of a message.
func newLog(cfg config.Log, out io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(cfg.Level)); err != nil {
		level = slog.LevelInfo // the configuration was checked: this does not happen
	}
	options := &slog.HandlerOptions{Level: level}
	if cfg.Format == "json" {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}

// announce says where the doors are, and what is not as it should be on a real
// desk.
func (h *house) announce(ctx context.Context) {
	h.log.InfoContext(ctx, "ready", slog.String("web", h.cfg.PublicURL()), slog.String("smtp", h.cfg.SMTP.Address),
		slog.String("database", string(h.db.Engine())))
	if h.outbox != nil {
		h.log.WarnContext(ctx, "no mail server takes our answers: they stay in the outbox folder", slog.String("set", "submission.host"))
	}
	if u, err := url.Parse(h.cfg.PublicURL()); err == nil && u.Scheme == "http" && !isLocal(u.Hostname()) {
		h.log.WarnContext(ctx, "people reach the desk without encryption", slog.String("set", "http.public_url"))
	}
}

func isLocal(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
