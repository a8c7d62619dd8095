package app

import (
	"bufio"
	"context"
	"encoding/json"
	"runtime"
	"strings"

	"github.com/bienvu/bienvu/internal/i18n"
	"github.com/bienvu/bienvu/internal/verdict"
)

// analyzeCommand is `bienvu analyze`: judge mails with no configuration, no
// database and no network.
type analyzeCommand struct {
	JSON  bool     `name:"json" help:"${flag_json}"`
	Lang  string   `placeholder:"LANG" enum:"en,fr," default:"" help:"${flag_lang}"`
	Paths []string `arg:"" name:"path" help:"${arg_path}"`
}

// judged is one line of --json: a message and what we say of it. A message that
// could not be read is unsure, and Error says why.
type judged struct {
	File      string          `json:"file"`
	Verdict   verdict.Verdict `json:"verdict"`
	Score     float64         `json:"score"`
	Confident bool            `json:"confident"`
	Findings  []seen          `json:"findings"`
	Language  string          `json:"language"`
	Campaign  string          `json:"campaign"`
	Intent    string          `json:"intent"`
	Asks      string          `json:"asks"`
	Presses   bool            `json:"presses"`
	Error     string          `json:"error"`

	sheet sheet // what a person reads besides
}

// seen is one finding in words.
type seen struct {
	ID       string  `json:"id"`
	Weight   float64 `json:"weight"`
	Moved    float64 `json:"moved"` // how much it moved the log odds of malice in this message
	Expert   string  `json:"expert"`
	Reporter string  `json:"reporter"`
}

// Run judges every message of the paths, in order.
func (c *analyzeCommand) Run(ctx context.Context, w *world) error {
	if c.Lang != "" {
		w.lang = c.Lang
	}
	spendMemory()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	out := bufio.NewWriter(w.stdout)
	j := newJudge(w, !c.JSON)
	bar := w.progress(c.Paths)
	total := map[verdict.Verdict]int{}
	unread, n := 0, 0
	for line := range inOrder(ctx, runtime.GOMAXPROCS(0), messages(ctx, c.Paths, w.stdin), j.look) {
		if err := c.write(out, w, bar, line); err != nil {
			return err
		}
		n++
		if line.Error != "" {
			unread++
		} else {
			total[line.Verdict]++
		}
		bar.step(n)
	}
	bar.clear()
	if n == 0 && ctx.Err() == nil { // beside the lines, so that a program reads nothing it does not expect
		w.complain("app.analyze.nothing", i18n.Args{"paths": plain(strings.Join(c.Paths, ", "))})
	}
	if !c.JSON && n > 1 {
		writeTotal(out, w, n, unread, total)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if unread > 0 || ctx.Err() != nil {
		return status(failed)
	}
	return nil
}

// write writes one message. Lines reach the reader as they come: a pipe into
// another program must not wait for the end of a folder.
func (c *analyzeCommand) write(out *bufio.Writer, w *world, bar *bar, line judged) error {
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(line); err != nil {
			return err
		}
	} else {
		bar.clear()
		line.write(out, w)
	}
	return out.Flush()
}
