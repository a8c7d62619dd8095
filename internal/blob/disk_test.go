package blob

import (
	"os"
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
