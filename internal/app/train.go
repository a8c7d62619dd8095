package app

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/train"
)

// trainCommand is `bienvu train`: make the model of the judgement anew.
type trainCommand struct {
	Out     string   `placeholder:"FILE" help:"${flag_train_out}"`
	Without []string `placeholder:"SOURCE" help:"${flag_train_without}"`
	Apart   []string `placeholder:"SOURCE" help:"${flag_train_apart}"`
	Corpora []string `arg:"" name:"folder=manifest" help:"${arg_train_corpora}"`
}

// Run reads the corpora, trains, measures, and writes the model.
func (c *trainCommand) Run(_ context.Context, w *world) error {
	o := train.Options{Without: c.Without, Apart: c.Apart}
	for _, pair := range c.Corpora {
		dir, manifest, ok := strings.Cut(pair, "=")
		if !ok {
			return fmt.Errorf("train: %q is not FOLDER=MANIFEST", pair)
		}
		corpus, err := eval.Read(dir, manifest)
		if err != nil {
			return err
		}
		o.Corpora = append(o.Corpora, corpus)
	}
	m, err := train.Run(w.stdout, o)
	if err != nil || c.Out == "" {
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
