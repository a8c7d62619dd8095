package forward_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/mail/forward"
)

// TestManyBeginnings looks for a forward among lines that all begin like one.
func TestManyBeginnings(t *testing.T) {
	t.Parallel()
	header := "From: Desk <desk@evil.example>\nTo: emma@corp.example\nDate: 12 March 2024\nSubject: x\n\nbody"
	for n, want := range map[int]bool{100: true, 5000: false} {
		text := strings.Repeat("From: a,\n", n) + strings.Repeat("\n", 70) + header
		if _, ok := forward.Parse("Hello", text); ok != want {
			t.Errorf("behind %d beginnings: found %v", n, ok)
		}
	}
}
