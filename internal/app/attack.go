package app

import (
	"github.com/bienvu/bienvu/internal/attack"
	"github.com/bienvu/bienvu/internal/eval"
)

// attackCommand is `bienvu attack CORPUS MANIFEST`: whether words meant for
// machines change a verdict. `make attack` calls it.
type attackCommand struct {
	N        int    `default:"40" help:"${flag_attack_n}"`
	Corpus   string `arg:"" help:"${arg_corpus}"`
	Manifest string `arg:"" help:"${arg_manifest}"`
}

// Run prints the table, and fails when a variant would have been called safe.
func (c *attackCommand) Run(w *world) error {
	corpus, err := eval.Read(c.Corpus, c.Manifest)
	if err != nil {
		return err
	}
	safe, err := attack.Run(w.stdout, corpus, c.N)
	if err == nil && safe > 0 {
		return status(failed)
	}
	return err
}
