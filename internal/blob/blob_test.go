package blob_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/blob/blobtest"
)

func TestDisk(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(t *testing.T) blob.Store { return disk(t, t.TempDir()) })
}

func TestMemory(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(*testing.T) blob.Store { return blob.NewMemory() })
}

func TestDiskKeepsAcrossStarts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := put(t, disk(t, dir), "kept")
	if got, err := disk(t, dir).Get(t.Context(), h); err != nil || string(got) != "kept" {
		t.Errorf("after a restart: %q, %v", got, err)
	}
}

func TestDiskNoticesAndMendsDamage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := disk(t, dir)
	h := put(t, d, "evidence")
	if err := os.WriteFile(file(dir, h), []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Get(t.Context(), h); !errors.Is(err, blob.ErrChanged) {
		t.Errorf("Get = %v, want ErrChanged", err)
	}
	put(t, d, "evidence")
	if got, err := d.Get(t.Context(), h); err != nil || string(got) != "evidence" {
		t.Errorf("after putting it again: %q, %v", got, err)
	}
}

func TestDiskIsPrivateAndLeavesNoScraps(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "blobs")
	d := disk(t, dir)
	h := put(t, d, "private")
	put(t, d, "private")
	var files []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", path, info.Mode())
		}
		if !e.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || files[0] != file(dir, h) {
		t.Errorf("the store holds %v, want the blob alone", files)
	}
}

func TestStartRemovesWhatACrashLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	disk(t, dir)
	scrap := filepath.Join(dir, "tmp", "blob123")
	if err := os.WriteFile(scrap, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	disk(t, dir)
	if _, err := os.Stat(scrap); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half-written file is still there: %v", err)
	}
}

func disk(t *testing.T, dir string) *blob.Disk {
	t.Helper()
	d, err := blob.NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t *testing.T, s blob.Store, text string) blob.Hash {
	t.Helper()
	h, err := s.Put(t.Context(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func file(dir string, h blob.Hash) string {
	return filepath.Join(dir, string(h[:2]), string(h[2:4]), string(h))
}
