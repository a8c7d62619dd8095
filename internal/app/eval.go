package app

import (
	"fmt"
	"os"
	"strings"

	"github.com/bienvu/bienvu/internal/eval"
	"github.com/bienvu/bienvu/internal/train"
)

// evalCommand is `bienvu eval`: how good the judgement is on folders of labelled
// messages. Those that the embedded model was trained on are judged by models
// that saw no relative of a message (--unseen). `make eval` calls it.
type evalCommand struct {
	Unseen  bool     `help:"${flag_eval_unseen}"`
	Raw     []string `placeholder:"FOLDER=MANIFEST" help:"${flag_eval_raw}"`
	Ablate  bool     `help:"${flag_eval_ablate}"`
	Beside  []string `placeholder:"NAME=FILE" help:"${flag_eval_beside}"`
	Scores  string   `placeholder:"FILE" help:"${flag_eval_scores}"`
	Without []string `placeholder:"SOURCE" help:"${flag_train_without}"`
	Apart   []string `placeholder:"SOURCE" help:"${flag_train_apart}"`
	Corpora []string `arg:"" name:"folder=manifest" help:"${arg_train_corpora}"`
}

// Run prints the figures.
func (c *evalCommand) Run(w *world) error {
	report, err := c.judge(w)
	if err != nil {
		return err
	}
	for _, pair := range c.Beside {
		name, file, ok := strings.Cut(pair, "=")
		if !ok {
			return fmt.Errorf("%q is not NAME=FILE", pair)
		}
		other, err := eval.ReadScores(name, file, report.Told)
		if err != nil {
			return err
		}
		report.Beside = append(report.Beside, other)
	}
	if err := report.Print(w.stdout); err != nil || c.Scores == "" {
		return err
	}
	f, err := os.Create(c.Scores)
	if err != nil {
		return err
	}
	if err := eval.WriteScores(f, report.Told, report.Bounds()); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func (c *evalCommand) judge(w *world) (*eval.Report, error) {
	corpora, err := readCorpora(c.Corpora)
	if err != nil {
		return nil, err
	}
	if !c.Unseen {
		return eval.Shipped(w.stdout, corpora)
	}
	raw, err := readCorpora(c.Raw)
	if err != nil {
		return nil, err
	}
	_, report, err := train.Run(train.Options{Corpora: corpora, Raw: raw, Ablate: c.Ablate, Without: c.Without, Apart: c.Apart})
	return report, err
}
