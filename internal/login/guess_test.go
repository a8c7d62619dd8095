package login_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/bienvu/bienvu/internal/db"
	"github.com/bienvu/bienvu/internal/db/dbtest"
	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/login"
)

// Tries at the same time were all allowed, because none had failed yet.
func TestGuessesAtOnceAreCountedToo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := desk(t, d)
		var tried atomic.Int64
		var all sync.WaitGroup
		for range 14 {
			all.Go(func() {
				_, err := login.CheckPassword(t.Context(), d, h, "nadia@brume.example", "a wrong guess", noon)
				if fault.Is(err, fault.Unauthenticated) {
					tried.Add(1)
				}
			})
		}
		all.Wait()
		if got := tried.Load(); got > 10 {
			t.Errorf("%d guesses were looked at, want 10 at most", got)
		}
	})
}

// Anybody can type an address of megabytes: it was written down each time.
func TestEndlessAddressIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	h := desk(t, d)
	_, err := login.CheckPassword(t.Context(), d, h, strings.Repeat("x", 1<<20)+"@brume.example", "a wrong guess", noon)
	if !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("%v", err)
	}
	var noted int
	must(t, d.Read(t.Context(), func(tx *db.Tx) (err error) {
		noted, err = db.One(t.Context(), tx, db.Scan[int], `SELECT count(*) FROM login_failures`)
		return err
	}))
	if noted != 0 {
		t.Errorf("%d failures were noted", noted)
	}
}
