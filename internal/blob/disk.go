package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/bienvu/bienvu/internal/fault"
)

// Disk keeps each blob in a file, ab/cd/abcd…, readable by this user alone.
type Disk struct{ dir string }

// Files and folders hold other people's mail.
const (
	fileMode = 0o600
	dirMode  = 0o700
	tempDir  = "tmp" // half-written files; those left by a crash go at the next start
)

// NewDisk opens the store in dir, and makes it if it is not there.
func NewDisk(dir string) (*Disk, error) {
	d := &Disk{dir: dir}
	if err := os.RemoveAll(d.temp()); err != nil {
		return nil, translate(err)
	}
	if err := os.MkdirAll(d.temp(), dirMode); err != nil {
		return nil, translate(err)
	}
	return d, nil
}

func (d *Disk) temp() string { return filepath.Join(d.dir, tempDir) }

func (d *Disk) path(h Hash) string {
	return filepath.Join(d.dir, string(h[0:2]), string(h[2:4]), string(h))
}

// Put writes beside, syncs, and moves into place: a reader sees the whole blob
// or none. Bytes that are there already are checked, and mended if damaged.
func (d *Disk) Put(ctx context.Context, data []byte) (Hash, error) {
	h := Sum(data)
	if _, err := d.Get(ctx, h); err == nil {
		return h, translate(d.syncNames(h)) // another Put may have moved it just now
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := d.write(h, data); err != nil {
		return "", translate(err)
	}
	return h, nil
}

func (d *Disk) write(h Hash, data []byte) error {
	temp, err := d.writeTemp(data)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	folder := filepath.Dir(d.path(h))
	if err := os.MkdirAll(folder, dirMode); err != nil {
		return err
	}
	if err := os.Rename(temp, d.path(h)); err != nil {
		return err
	}
	return d.syncNames(h)
}

// syncNames brings the names themselves to the disk: of the file, and of its
// folders, which may be new.
func (d *Disk) syncNames(h Hash) error {
	folder := filepath.Dir(d.path(h))
	return errors.Join(syncDir(folder), syncDir(filepath.Dir(folder)), syncDir(d.dir))
}

func (d *Disk) writeTemp(data []byte) (name string, err error) {
	f, err := os.CreateTemp(d.temp(), "blob") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return f.Name(), err
}

// spare is the room below which a disk counts as full: a little before it is,
// so that there is still room for the database and the log.
const spare = 1 << 20

// Writable is nil while blobs can be kept: it writes a file and removes it.
func (d *Disk) Writable() error {
	name, err := d.writeTemp(make([]byte, spare))
	if err != nil {
		return unwritable(err)
	}
	return translate(os.Remove(name))
}

// unwritable is a fault for people too where the folder is gone or read-only.
func unwritable(err error) error {
	if _, known := errors.AsType[*fault.Fault](translate(err)); known {
		return translate(err)
	}
	return fault.Wrap(fault.Unavailable, "fault.disk-away", err)
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Get reads a blob and checks it.
func (d *Disk) Get(ctx context.Context, h Hash) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !h.Valid() {
		return nil, missing(h)
	}
	data, err := os.ReadFile(d.path(h))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(h)
	}
	if err != nil {
		return nil, translate(err)
	}
	return checked(h, data)
}

// Has looks for the file only.
func (d *Disk) Has(ctx context.Context, h Hash) (bool, error) {
	if err := ctx.Err(); err != nil || !h.Valid() {
		return false, err
	}
	_, err := os.Stat(d.path(h))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, translate(err)
}

// translate makes a full disk a fault that people are told; the sentence is db's.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Wrap(fault.Unavailable, "fault.disk-full", err)
	}
	return fmt.Errorf("blob: %w", err)
}
