package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/bienvu/bienvu/internal/i18n"
)

// bar shows how far we are, on one line of a terminal that it rewrites. A nil
// bar shows nothing.
type bar struct {
	out   io.Writer
	say   func(done int) string
	shown bool
	last  time.Time
}

// progress gives a bar when there is a folder to go through and somebody to
// watch: the files are counted first, which takes a moment only.
func (w *world) progress(paths []string) *bar {
	if !isTerminal(w.stderr) {
		return nil
	}
	folder, all := false, 0
	for _, path := range paths {
		info, err := os.Stat(path)
		folder = folder || err == nil && info.IsDir()
		for range files(path) {
			all++
		}
	}
	if !folder {
		return nil
	}
	return &bar{out: w.stderr, say: func(n int) string {
		return w.t("app.analyze.progress", i18n.Args{"done": n, "all": max(n, all)})
	}}
}

// step shows the new count, ten times a second at most.
func (b *bar) step(n int) {
	if b == nil || time.Since(b.last) < 100*time.Millisecond {
		return
	}
	b.last, b.shown = time.Now(), true
	_, _ = fmt.Fprintf(b.out, "\r\x1b[K%s", b.say(n))
}

// clear takes the line away, so that something else may be printed.
func (b *bar) clear() {
	if b == nil || !b.shown {
		return
	}
	b.shown = false
	_, _ = fmt.Fprint(b.out, "\r\x1b[K")
}

// isTerminal reports whether a person may be watching this stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
