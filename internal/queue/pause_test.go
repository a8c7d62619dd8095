package queue

import (
	"testing"
	"time"
)

func TestPauseGrowsToFiveMinutes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]time.Duration{
		0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second,
		9: 256 * time.Second, 10: 5 * time.Minute, 300: 5 * time.Minute, 1 << 30: 5 * time.Minute,
	} {
		if got := pause(n); got != want {
			t.Errorf("after %d failures %v, want %v", n, got, want)
		}
	}
}

// "About a day" in the package comment, for an outage of a server overnight.
func TestAttemptsLastADay(t *testing.T) {
	t.Parallel()
	var all time.Duration
	for n := 1; n < defaultMaxAttempts; n++ {
		all += pause(n)
	}
	if all < 24*time.Hour || all > 27*time.Hour {
		t.Errorf("a job is given up after %v", all)
	}
}
