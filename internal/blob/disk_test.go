package blob

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/bienvu/bienvu/internal/fault"
)

func TestFullDiskIsAFaultPeopleAreTold(t *testing.T) {
	t.Parallel()
	for _, number := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT} {
		err := translate(&os.PathError{Op: "write", Path: "x", Err: number})
		if f := fault.Of(err); f.Kind != fault.Unavailable || f.Key != "fault.disk-full" {
			t.Errorf("%v became %v", number, err)
		}
	}
	if err := translate(os.ErrPermission); fault.Is(err, fault.Unavailable) {
		t.Errorf("a wrong permission is no full disk: %v", err)
	}
}

// The whole way, on a device that really is full.
func TestPutOnAFullDisk(t *testing.T) {
	t.Parallel()
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer f.Close()
	_, err = f.WriteString("x")
	if !fault.Is(translate(err), fault.Unavailable) {
		t.Errorf("%v is not recognised", err)
	}
}

// A folder that can't be written is found before a message is refused.
func TestDiskSaysWhetherItCanBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Writable(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, tempDir)); err != nil || len(left) != 0 {
		t.Errorf("%v stays, %v", left, err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := d.Writable(); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a folder that is gone: %v", err)
	}
}
