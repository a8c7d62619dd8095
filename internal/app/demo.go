package app

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/bienvu/bienvu/internal/app/story"
	"github.com/bienvu/bienvu/internal/config"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/post"
)

// demoCommand is `bienvu demo`: the whole product on embedded parts, with an
// invented organisation. Nothing leaves the machine.
type demoCommand struct {
	Data  string `placeholder:"DIR" default:"bienvu-data/demo" help:"${flag_data}"`
	HTTP  string `name:"http" placeholder:"ADDR" default:"127.0.0.1:8080" help:"${flag_http}"`
	SMTP  string `name:"smtp" placeholder:"ADDR" default:"127.0.0.1:2525" help:"${flag_smtp}"`
	Fresh bool   `help:"${flag_fresh}"`
}

// Run runs the demo until ctx ends.
func (c *demoCommand) Run(ctx context.Context, w *world) error {
	for flag, address := range map[string]string{"--http": c.HTTP, "--smtp": c.SMTP} {
		if err := free(flag, address); err != nil {
			return err // before anything is touched: a running demo keeps its data
		}
	}
	if err := c.folder(); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(c.Data, "demo.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return c.noFolder(err)
	}
	defer func() { _ = log.Close() }()
	h, told, err := c.build(ctx, w, log)
	if err != nil {
		return err
	}
	handler, err := c.handler(w, h, told)
	if err != nil {
		return err
	}
	return c.run(ctx, w, h, told, handler)
}

// run opens the doors and lets the story be told beside them.
func (c *demoCommand) run(ctx context.Context, w *world, h *house, told *story.Story, handler http.Handler) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var telling sync.WaitGroup
	defer hangSign(c.SMTP, h.cfg.PublicURL())()
	err := h.run(ctx, handler, func() {
		c.welcome(w, h.cfg.PublicURL(), told)
		telling.Go(func() { tell(ctx, w, h, told) })
	})
	stop()
	telling.Wait()
	return err
}

// free reports whether we can listen there.
func free(flag, address string) error {
	l, err := net.Listen("tcp", address) //nolint:noctx // listening does not wait
	if err != nil {
		return &fault.Fault{Kind: fault.Unavailable, Key: "app.demo.port", Args: fault.Args{"flag": flag, "address": address}, Cause: err}
	}
	return l.Close()
}

// build wires a house with the demo's settings, and its organisation.
func (c *demoCommand) build(ctx context.Context, w *world, log io.Writer) (*house, *story.Story, error) {
	cfg, err := c.config(w)
	if err != nil {
		return nil, nil, err
	}
	h, err := build(ctx, cfg, w.say, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})), nil)
	if err != nil {
		return nil, nil, err
	}
	told, err := story.Open(ctx, h.desk, time.Now())
	if err != nil {
		_ = h.db.Close()
		return nil, nil, err
	}
	return h, told, nil
}

// config is the demo's configuration. It reads no file and no environment: a
// desk that is set up on this machine must not become part of a demo.
func (c *demoCommand) config(w *world) (config.Config, error) {
	set := append([]string{}, w.commands.Set...)
	set = append(set, story.Settings()...)
	set = append(set,
		"data.dir="+c.Data, "http.address="+c.HTTP, "smtp.address="+c.SMTP,
		// A demo need not outlive a power cut; it does outlive being killed.
		"database.url=sqlite:"+filepath.Join(c.Data, "bienvu.db")+"?synchronous=off",
	)
	loaded, err := config.Load(config.Sources{File: os.DevNull, Set: set})
	loaded.Org.Exercises = []config.Exercise{{IP: story.ExerciseIP}}
	return loaded.Config, err
}

// tell tells what is not told yet of the organisation's history. The living
// desk comes first: between two steps it rests as long as a step takes.
func tell(ctx context.Context, w *world, h *house, told *story.Story) {
	done, total := told.Progress()
	if done >= total {
		return
	}
	line := &bar{out: w.stderr, say: func(n int) string {
		return w.t("app.demo.progress", i18n.Args{"done": n, "all": total})
	}}
	if !isTerminal(w.stderr) {
		line = nil
	}
	err := told.Fill(ctx, story.Options{
		Rest: 1, Progress: func(done, _ int) { line.step(done) },
		Sender: func(now func() time.Time) (post.Sender, error) {
			return post.OpenOutbox(filepath.Join(h.cfg.Data.Dir, "outbox"), now)
		},
	})
	line.clear()
	switch {
	case ctx.Err() != nil: // the demo stops; it goes on at the next start
	case err != nil:
		h.log.ErrorContext(ctx, "the history stops here", slog.Any("error", err))
		w.complain("app.demo.stuck", i18n.Args{"file": filepath.Join(h.cfg.Data.Dir, "demo.log")})
	default:
		_, _ = fmt.Fprintln(w.stderr, w.t("app.demo.complete", nil))
	}
}

// example is the file to try first, in the language of the terminal.
func example(w *world) string {
	name := filepath.Join("examples", cmp.Or(map[string]string{"fr": "hameconnage.eml"}[w.lang], "phishing.eml"))
	if _, err := os.Stat(name); err != nil {
		return "FILE.eml"
	}
	return name
}
