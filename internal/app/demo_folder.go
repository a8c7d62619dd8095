package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/bienvu/bienvu/internal/fault"
)

// demoMark is the file by which we know a demo's folder again. Only a folder
// that was empty gets it, and only a folder that has it is ever removed.
const demoMark = ".bienvu-demo"

// folder makes the demo's folder ready: removed first where --fresh asks for it,
// and never a folder that holds anything else.
func (c *demoCommand) folder() error {
	ours, empty, err := look(c.Data)
	switch {
	case err != nil:
		return c.noFolder(err)
	case !ours && !empty:
		return fault.New(fault.Invalid, "app.demo.not-ours", fault.Args{"dir": c.Data})
	case ours && c.Fresh:
		if err := os.RemoveAll(c.Data); err != nil {
			return c.noFolder(err)
		}
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return c.noFolder(err)
	}
	mark, err := os.OpenFile(filepath.Join(c.Data, demoMark), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return c.noFolder(err)
	}
	return mark.Close()
}

// look says whether a folder is a demo's, and whether there is nothing in it.
func look(dir string) (ours, empty bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, true, nil
	}
	for _, e := range entries {
		ours = ours || e.Name() == demoMark && e.Type().IsRegular()
	}
	return ours, len(entries) == 0, err
}

func (c *demoCommand) noFolder(err error) error {
	why := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		why = p.Err
	}
	return &fault.Fault{Kind: fault.Unavailable, Key: "app.demo.folder", Args: fault.Args{"dir": c.Data, "why": why}, Cause: err}
}
