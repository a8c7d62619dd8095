package login

import (
	"context"
	"testing"

	"github.com/bienvu/bienvu/internal/fault"
)

// Each comparison takes 64 MB, so a crowd waits its turn, and gives up when its
// time is over.
func TestCrowdWaitsItsTurn(t *testing.T) {
	t.Parallel()
	h, err := NewHasher(1)
	if err != nil {
		t.Fatal(err)
	}
	h.slots <- struct{}{} // somebody is in
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(impatient, "long enough a password"); !fault.Is(err, fault.TooMuch) {
		t.Errorf("Hash = %v, want too much", err)
	}
	if _, err := h.matches(impatient, "long enough a password", h.decoy); !fault.Is(err, fault.TooMuch) {
		t.Errorf("matches = %v, want too much", err)
	}
	<-h.slots
	if _, err := h.Hash(t.Context(), "long enough a password"); err != nil {
		t.Errorf("with a free place: %v", err)
	}
}
