package feed_test

import (
	"strings"
	"testing"

	"github.com/bienvu/bienvu/internal/feed"
)

// TestLongHostName asks for names that no name server could know. Writing one in
// ASCII would take hours.
func TestLongHostName(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 300_000 {
		b.WriteRune(rune(0x4e00 + i%20_000))
	}
	if got := feed.HostName(b.String() + ".example"); got != "" {
		t.Errorf("%.80q", got)
	}
	if got := feed.HostName("bücher.example"); got != "xn--bcher-kva.example" {
		t.Errorf("%q", got)
	}
}
