package app

import "github.com/bienvu/bienvu/internal/eval"

// evalCommand is `bienvu eval CORPUS MANIFEST`: how good the judgement is on a
// folder of labelled messages. `make eval` calls it.
type evalCommand struct {
	Corpus   string `arg:"" help:"${arg_corpus}"`
	Manifest string `arg:"" help:"${arg_manifest}"`
}

// Run prints the figures.
func (c *evalCommand) Run(w *world) error { return eval.Run(w.stdout, c.Corpus, c.Manifest) }
