package shortcut_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/analysis/document/paper"
	"github.com/bienvu/bienvu/internal/analysis/document/shortcut"
)

// TestAddresses finds the address behind many that are none. They must not be
// folded anew for each: there may be 50,000 in one command.
func TestAddresses(t *testing.T) {
	t.Parallel()
	const at = "HTTPS://Login.evil.example/A"
	var found [][]paper.Link
	for range 20 {
		c := shortcut.ReadInternet([]byte("[Desktop Entry]\nExec=\xff "+strings.Repeat("HTTP ", 48_000)+at+" x"), paper.Default())
		found = append(found, c.Links)
	}
	for _, links := range found {
		if diff := cmp.Diff([]paper.Link{{URL: at}}, links); diff != "" {
			t.Fatal(diff)
		}
	}
}
