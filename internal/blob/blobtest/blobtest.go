// Package blobtest is what every blob store must do.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/bienvu/bienvu/internal/blob"
	"github.com/bienvu/bienvu/internal/fault"
)

// Run runs the suite; open gives a new, empty store.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, blob.Store){
		"gives back what it took":       givesBack,
		"keeps equal bytes once":        keepsOnce,
		"misses what it never had":      misses,
		"is not changed from outside":   isolated,
		"takes the same bytes at once":  concurrent,
		"stops when the caller is gone": stops,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func givesBack(t *testing.T, s blob.Store) {
	for _, data := range [][]byte{{}, []byte("From: x\r\n\r\nhello"), bytes.Repeat([]byte{0, 255}, 1<<19)} {
		h, err := s.Put(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		if h != blob.Sum(data) || !h.Valid() {
			t.Errorf("Put gave %q, want the hash of the bytes", h)
		}
		got, err := s.Get(t.Context(), h)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("Get gave %d bytes and %v, want the %d that were put", len(got), err, len(data))
		}
		if has, err := s.Has(t.Context(), h); !has || err != nil {
			t.Errorf("Has = %v, %v", has, err)
		}
	}
}

func keepsOnce(t *testing.T, s blob.Store) {
	one, err := s.Put(t.Context(), []byte("twice"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.Put(t.Context(), []byte("twice"))
	if err != nil || one != two {
		t.Errorf("the second Put gave %q, %v; want %q", two, err, one)
	}
}

func misses(t *testing.T, s blob.Store) {
	for _, h := range []blob.Hash{blob.Sum([]byte("never")), "", "../../etc/passwd", "ABCD"} {
		if _, err := s.Get(t.Context(), h); !fault.Is(err, fault.NotFound) {
			t.Errorf("Get(%q) = %v, want not found", h, err)
		}
		if has, err := s.Has(t.Context(), h); has || err != nil {
			t.Errorf("Has(%q) = %v, %v", h, has, err)
		}
	}
}

func isolated(t *testing.T, s blob.Store) {
	data := []byte("mine")
	h, err := s.Put(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	data[0] = 'M'
	got, err := s.Get(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	got[1] = 'I'
	if again, err := s.Get(t.Context(), h); err != nil || string(again) != "mine" {
		t.Errorf("it now holds %q, %v", again, err)
	}
}

func concurrent(t *testing.T, s blob.Store) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			h, err := s.Put(t.Context(), []byte("the same"))
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.Get(t.Context(), h); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func stops(t *testing.T, s blob.Store) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(gone, []byte("late")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want cancelled", err)
	}
	if _, err := s.Get(gone, blob.Sum([]byte("late"))); !errors.Is(err, context.Canceled) {
		t.Errorf("Get = %v, want cancelled", err)
	}
}
