package app

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/train"
)

// trainCommand is `bienvu train`: make the model of the judgement anew, or learn
// from the desk's own decisions.
type trainCommand struct {
	Out     string   `placeholder:"FILE" help:"${flag_train_out}"`
	Without []string `placeholder:"SOURCE" help:"${flag_train_without}"`
	Apart   []string `placeholder:"SOURCE" help:"${flag_train_apart}"`
	Desk    bool     `help:"${flag_train_desk}"`
	Forget  bool     `help:"${flag_train_forget}"`
	Corpora []string `arg:"" optional:"" name:"folder=manifest" help:"${arg_train_corpora}"`
}

// Run reads the corpora, trains, measures, and writes the model.
func (c *trainCommand) Run(ctx context.Context, w *world) error {
	switch {
	case c.Desk:
		return c.onDesk(ctx, w)
	case len(c.Corpora) == 0:
		return errNoCorpora
	}
	corpora, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	m, report, err := train.Run(train.Options{Corpora: corpora, Without: c.Without, Apart: c.Apart}) //nolint:contextcheck // nothing of it waits
	if err != nil {
		return err
	}
	if err := report.Brief(w.stdout); err != nil || c.Out == "" {
		return err
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	if err := m.Write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// readCorpora reads the manifests of folders given as FOLDER=MANIFEST.
func readCorpora(pairs []string) (out []eval.Corpus, err error) {
	for _, pair := range pairs {
		dir, manifest, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("%q is not FOLDER=MANIFEST", pair)
		}
		corpus, err := eval.Read(dir, manifest)
		if err != nil {
			return nil, err
		}
		out = append(out, corpus)
	}
	return out, nil
}
